import { createHash } from 'node:crypto';
import type { Failing } from './outage.ts';

/** Something that happened to the incident. */
export interface Change {
  /** ISO 8601. */
  readonly at: string;
  /** The run that saw it. */
  readonly run: string;
  /** GitHub Flavored Markdown, made safe. */
  readonly text: string;
}

/** A failing target as the issue remembers it. */
export interface Known {
  readonly label: string;
  readonly codes: readonly string[];
  readonly since: string;
}

/** What the body remembers between runs. */
export interface State {
  /** When this outage began, and the first run that saw it. */
  readonly since: string;
  readonly firstRun: string;
  /** As many of the failing targets as there is room for. */
  readonly failing: readonly Known[];
  /** How many more of them there are. */
  readonly others: number;
  /** All of them with their codes, to tell whether anything changed. */
  readonly digest: string;
  /** The latest changes, the latest last. */
  readonly changes: readonly Change[];
}

/** So much of an issue's body is there for each list that it remembers, in bytes of JSON. */
const ROOM = 12_000;
const MOST_CHANGES = 20;

/** The state of an incident behind another run; `before` is `null` where a new outage begins. */
export function nextState(
  before: State | null,
  failing: readonly Failing[],
  { at, run, since, change }: { at: string; run: string; since: string; change: string },
): State {
  const known = new Map(before?.failing.map((one) => [one.label, one.since]));
  const all = failing.map(({ label, codes }) => ({ label, codes, since: known.get(label) ?? (before ? at : since) }));
  const remembered = fitting(all);
  return {
    since: before?.since ?? since,
    firstRun: before?.firstRun ?? run,
    failing: remembered,
    others: all.length - remembered.length,
    digest: digestOf(failing),
    changes: withChange(before?.changes ?? [], { at, run, text: change }),
  };
}

/** The changes with one more, the earliest left out where there are too many. */
export function withChange(changes: readonly Change[], ...more: readonly Change[]): Change[] {
  const latest = [...changes, ...more].slice(-MOST_CHANGES).reverse();
  return fitting(latest).reverse();
}

/** As many from the beginning as there is room for. */
function fitting<T>(all: readonly T[]): T[] {
  const kept: T[] = [];
  let length = 0;
  for (const one of all) {
    length += Buffer.byteLength(JSON.stringify(one));
    if (length > ROOM) break;
    kept.push(one);
  }
  return kept;
}

/** What the failing targets, their codes and where they fail from are, in any order, in a short word. */
export function digestOf(failing: readonly Pick<Failing, 'label' | 'codes' | 'from'>[]): string {
  const lines = failing
    .map(({ label, codes, from }) => JSON.stringify([label, ...codes, ...(from.length > 0 ? [from] : [])]))
    .sort();
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32);
}

const COMMENT = /<!-- smtp-gate incident ([\da-f]{32})(?: ([\w-]+))? -->/g;

/** The word by which an incident is searched for; it stands where it can be seen. */
export function wordOf(identity: string): string {
  return identity.slice(0, 12);
}

/** The hidden comment that makes an issue this gate's incident, and remembers its state. */
export function hidden(identity: string, state: State): string {
  return `<!-- smtp-gate incident ${identity} ${Buffer.from(JSON.stringify(state)).toString('base64url')} -->`;
}

/** Whether a body is that of this gate's incident; the last comment counts, which is the one that we write. */
export function carries(body: string, identity: string): boolean {
  return lastComment(body)?.[1] === identity;
}

/** What a body remembers; `null` when somebody has changed it so that it cannot be read. */
export function stateIn(body: string): State | null {
  try {
    const state: unknown = JSON.parse(Buffer.from(lastComment(body)?.[2] ?? '', 'base64url').toString());
    return isState(state) ? bounded(state) : null;
  } catch {
    return null;
  }
}

/** Whoever may edit the issue may have written more than we do, and it has to fit into a body again. */
function bounded(state: State): State {
  const failing = fitting(state.failing);
  const others = state.others + state.failing.length - failing.length;
  return { ...state, failing, others, changes: withChange(state.changes) };
}

function lastComment(body: string): RegExpMatchArray | undefined {
  return [...body.matchAll(COMMENT)].at(-1);
}

function isState(value: unknown): value is State {
  if (!isRecord(value)) return false;
  const { since, firstRun, failing, others, digest, changes } = value;
  return (
    isTime(since) &&
    isShort(firstRun) &&
    Number.isSafeInteger(others) &&
    Number(others) >= 0 &&
    isShort(digest) &&
    isList(failing, (one) => isText(one.label) && isTime(one.since) && isTexts(one.codes)) &&
    isList(changes, (one) => isTime(one.at) && isText(one.run) && isText(one.text))
  );
}

/** Longer than any URL of a run. */
const LONGEST_TEXT = 2_000;
const isText = (value: unknown): value is string => typeof value === 'string';
const isShort = (value: unknown) => isText(value) && value.length <= LONGEST_TEXT;
const isTime = (value: unknown) => isShort(value) && !Number.isNaN(Date.parse(String(value)));
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isList = (value: unknown, is: (one: Record<string, unknown>) => boolean) =>
  Array.isArray(value) && value.every((one) => isRecord(one) && is(one));
