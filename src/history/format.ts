import type { Code, Status } from '../model/codes.ts';

/** What a history keeps of one target in one run: no text of a server, and no secrets. */
export interface Line {
  /** What all lines of one gate run share, and those of no other. */
  readonly key: string;
  /** When the gate began (ISO 8601, UTC). */
  readonly when: string;
  /** The workflow run; `null` outside of one. */
  readonly run: { readonly id: string; readonly attempt: number; readonly url: string } | null;
  /** The verdict of the whole gate. */
  readonly gate: Status;
  readonly target: { readonly label: string; readonly host: string; readonly port: number };
  readonly status: Status;
  readonly code: Code | '';
  /** Connect to greeting, in milliseconds. */
  readonly latencyMs: number | null;
  /** The first certificate of the chain to expire; `null` where TLS was not used. */
  readonly certificate: { readonly validTo: string; readonly daysLeft: number } | null;
  readonly durationMs: number;
}

/** What of a line trends are drawn from. */
export interface Entry {
  readonly key: string;
  readonly when: string;
  readonly label: string;
  readonly failed: boolean;
  readonly code: string;
  readonly latencyMs: number | null;
  readonly daysLeft: number | null;
}

/** With what every line begins, so that a file of ours is told from any other. */
const SCHEMA = 'smtp-gate/history@1';
const BEGINNING = `{"schema":"${SCHEMA}"`;
/** So much of a beginning is no chance: a file that holds nothing else may be ours. */
const PLAINLY_OURS = '{"schema":"smtp-gate/'.length;

/** A line of the file, its end included: ASCII, so that bytes are characters wherever the file is cut. */
export function writeLine({ key, when, run, gate, target, ...seen }: Line): string {
  const { label, host, port } = target;
  const { status, code, latencyMs, certificate, durationMs } = seen;
  const text = JSON.stringify({
    schema: SCHEMA,
    key,
    when,
    run: run && { id: run.id, attempt: run.attempt, url: run.url },
    gate,
    target: { label, host, port },
    status,
    code,
    latencyMs,
    certificate: certificate && { validTo: certificate.validTo, daysLeft: certificate.daysLeft },
    durationMs,
  });
  return `${text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

const TEXT = '[^"\\\\\\x00-\\x1f]*';
const TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';

/** A line as we write it, at a place in a text: three times as fast as JSON.parse, which makes objects of all of it. */
export const OUR_LINE = new RegExp(
  `\\{"schema":"${SCHEMA}","key":"(${TEXT})","when":"${TIME}",` +
    `"run":(?:null|\\{"id":"${TEXT}","attempt":\\d+,"url":"${TEXT}"\\}),"gate":"[a-z]+",` +
    `"target":\\{"label":"(${TEXT})","host":"${TEXT}","port":\\d+\\},"status":"(?:(fail)|[a-z]+)","code":"([a-z-]*)",` +
    `"latencyMs":(null|\\d{1,9}),"certificate":(?:null|\\{"validTo":"${TEXT}","daysLeft":(-?\\d{1,9})\\}),"durationMs":\\d+\\}\\n`,
  'y',
);

export function entryOf(match: RegExpExecArray): Entry {
  const [, key = '', label = '', fail, code = '', latency, days] = match;
  // What is captured is made a string, whether it is needed or not.
  const time = match.index + BEGINNING.length + ',"key":"","when":"'.length + key.length;
  return {
    key,
    when: match.input.slice(time, time + 'yyyy-mm-ddThh:mm:ss.sssZ'.length),
    label,
    failed: fail !== undefined,
    code,
    latencyMs: latency === 'null' ? null : Number(latency),
    daysLeft: days === undefined ? null : Number(days),
  };
}

/** What a line is that is not as we write it; `torn` is a line of ours whose end was never written. */
export type Unusual = { readonly entry: Entry } | { readonly unread: 'nothing' | 'torn' | 'plainly-torn' | 'foreign' };

/** Reads a line of any form, without its end; a program of another kind may have written its keys in another order. */
export function readUnusual(line: Buffer | string): Unusual {
  const text = (typeof line === 'string' ? line : line.toString('utf8')).trim();
  if (text === '') return { unread: 'nothing' };
  // To parse what cannot be whole takes a hundred times as long as to see that it is not.
  const isWhole = text.startsWith('{') && endsWhole(text);
  if (isWhole && text.includes(SCHEMA)) {
    const entry = entryFrom(parsed(text));
    if (entry) return { entry };
  }
  // Where the machine went down, the file system may have filled up with zeros what was never written.
  if (/^\0+$/.test(text)) return { unread: 'torn' };
  const isTorn = text.length < BEGINNING.length ? BEGINNING.startsWith(text) : text.startsWith(BEGINNING);
  if (!isTorn || isWhole) return { unread: 'foreign' };
  return { unread: text.length >= PLAINLY_OURS ? 'plainly-torn' : 'torn' };
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = ['"', '\\', '{', '}'].map((character) => character.charCodeAt(0));

/** Whether a text that begins an object of JSON ends with the end of it, as no beginning of such a text does. */
function endsWhole(text: string): boolean {
  if (!text.endsWith('}')) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted && code === BACKSLASH) i += 1;
    else if (!quoted && code === OPEN) depth += 1;
    else if (!quoted && code === CLOSE) depth -= 1;
  }
  return depth === 0 && !quoted;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Unknown<T> = { readonly [K in keyof T]?: unknown };

function entryFrom(value: unknown): Entry | null {
  const { schema, key, when, target, status, code, latencyMs, certificate } = (value ?? {}) as Unknown<Line> & {
    schema?: unknown;
  };
  const label = (target as Unknown<Line['target']> | null | undefined)?.label;
  const daysLeft = (certificate as Unknown<NonNullable<Line['certificate']>> | null | undefined)?.daysLeft ?? null;
  if (schema !== SCHEMA || typeof key !== 'string' || typeof label !== 'string' || typeof status !== 'string')
    return null;
  if (typeof when !== 'string' || !new RegExp(`^${TIME}$`).test(when)) return null;
  if (typeof code !== 'string' || !/^[a-z-]*$/.test(code)) return null;
  if (!isInteger(latencyMs, 0) || !isInteger(daysLeft, -LARGEST)) return null;
  return { key, when, label, failed: status === 'fail', code, latencyMs, daysLeft };
}

const LARGEST = 999_999_999;

function isInteger(value: unknown, least: number): value is number | null {
  return value === null || (Number.isInteger(value) && Number(value) >= least && Number(value) <= LARGEST);
}
