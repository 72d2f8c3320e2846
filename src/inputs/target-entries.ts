import { canonicalPlace } from '../shared/address.ts';
import { listed } from '../shared/text.ts';
import { type Checks, type Entry, settle, shown } from './checks.ts';
import { contradictions, type Problem } from './conflicts.ts';
import { didYouMean } from './nearest.ts';
import { namesWith, OPTION_NAMES, type OptionName, type Options, optionOf, valueName } from './options.ts';
import type { Target } from './parsers/host-port.ts';
import { joined } from './parsers/primitives.ts';
import { type Environment, quote } from './parsers/result.ts';
import type { TargetLine } from './parsers/targets.ts';

type Values = Partial<Record<keyof Options, unknown>>;
type Given = ReadonlyMap<OptionName, string>;

/** A target whose options have been read. */
interface ReadLine {
  readonly line: TargetLine;
  /** Its own options over those of the inputs; `null` when it has none of its own. */
  readonly own: { readonly values: Values; readonly given: Given } | null;
}

/**
 * Reads the options of every target over those of the inputs (some of which may not have been readable). `settle` makes
 * entries of them, once there are no problems; a target that is there twice is one entry, and a note says so.
 */
export function readEntries(
  values: Values,
  given: Given,
  env: Environment,
): {
  problems: Problem[];
  settle: (checks: Checks) => { entries: Entry[]; missing: 'targets'[]; notes: string[] };
} {
  const problems: Problem[] = [];
  const lines: ReadLine[] = [];
  let bad = 0;
  for (const line of (values.targets as Options['targets'] | undefined) ?? []) {
    const read = 'problem' in line ? line.problem : readLine(line, values, given, env);
    if (typeof read !== 'string') lines.push(read);
    else if (++bad <= MOST_BAD_LINES) problems.push({ input: 'targets', problem: `line ${line.line}: ${read}` });
  }
  if (bad > MOST_BAD_LINES) problems.push({ input: 'targets', problem: `has ${bad - MOST_BAD_LINES} more such lines` });
  const { unique, notes } = withoutRepeats(lines, values, given);
  const { quorum } = values as Partial<Options>;
  // A line that cannot be read may be a target once it is mended; how many servers a domain has is not known yet.
  const most = unique.length + bad;
  const countable = most > 0 && !unique.some(({ line }) => line.mx);
  if (quorum?.kind === 'count' && countable && quorum.count > most) {
    const problem = `${quorum.count} is more than the number of targets (${most}); write at most ${most}, or all`;
    problems.push({ input: 'quorum', problem });
  }
  return {
    problems,
    settle: (checks) => ({
      entries: unique.map(({ line: { host, port, mx }, own }) => ({
        target: { host, port },
        mx,
        checks: own ? settle(own.values as unknown as Options, own.given) : checks,
      })),
      missing: unique.length === 0 ? ['targets'] : [],
      notes,
    }),
  };
}

/** One target with its options, or what is wrong with them. */
function readLine(line: TargetLine, values: Values, given: Given, env: Environment): ReadLine | string {
  const query = readQuery(line.options);
  const own = overridden({ ...values, host: line.host, port: line.port }, given, query.texts, env);
  const problems = [...query.problems, ...own.problems];
  if (problems.length === 0) problems.push(...newContradictions({ values, given }, own));
  const handed = line.mx ? handedOver(own.values as Partial<Options>, own.given) : null;
  if (handed !== null) problems.push(handed);
  if (problems.length > 0) return joined(problems);
  return { line, own: query.texts.size > 0 ? own : null };
}

/** The text of each option in a query, whose lists may be repeated, and what must not stand there. */
function readQuery(options: TargetLine['options']): { texts: Map<OptionName, string>; problems: string[] } {
  const problems: string[] = [];
  const texts = new Map<OptionName, string>();
  for (const [written, text] of options) {
    const problem = misplaced(written) ?? showsCredentials(written, text);
    if (problem !== null) {
      problems.push(problem);
      continue;
    }
    const name = written as OptionName;
    const before = texts.get(name);
    if (before === undefined) texts.set(name, text.trim());
    else if (optionOf(name).list) texts.set(name, `${before}\n${text.trim()}`);
    else problems.push(`has ${name} twice in its query; write it once`);
  }
  return { texts, problems };
}

/** The options of the inputs, with those of one target in their place. */
function overridden(
  values: Values,
  given: Given,
  texts: ReadonlyMap<OptionName, string>,
  env: Environment,
): { values: Values; given: Given; problems: string[] } {
  const own: { values: Record<string, unknown>; given: Map<OptionName, string> } = {
    values: { ...values },
    given: new Map(given),
  };
  const problems: string[] = [];
  for (const [name, written] of texts) {
    const option = optionOf(name);
    const text = written || option.default;
    const parsed = option.parse(text, env);
    if ('problem' in parsed) {
      problems.push(`${name} ${parsed.problem}`);
      continue;
    }
    own.values[valueName(name)] = parsed.value;
    if (text === option.default) own.given.delete(name);
    else own.given.set(name, shown(option, text, parsed));
  }
  return { ...own, problems };
}

/** What a target's own options contradict; what the inputs contradict without them is said there. */
function newContradictions(inputs: { values: Values; given: Given }, own: { values: Values; given: Given }): string[] {
  const said = ({ values, given }: typeof inputs) => contradictions(values as Partial<Options>, given).map(say);
  const before = new Set(said(inputs));
  return said(own).filter((text) => !before.has(text));
}

/**
 * Why a login must not go to the servers of a mail domain: whoever answers for its MX records would get it, unless the
 * name that they have to prove is given. Only TLS that is verified before the login proves it.
 */
function handedOver(
  { tls, tlsVerify, tlsServername, authOverPlaintext }: Partial<Options>,
  given: ReadonlyMap<OptionName, string>,
): string | null {
  if (!given.has('username') && !given.has('password') && !given.has('access-token')) return null;
  const risk = 'is a mail domain with a login, and whoever controls its MX records would receive the credentials';
  if (tlsServername == null) {
    return `${risk}; write tls-servername, the name that the certificates of its servers must have, or name the server as host:port`;
  }
  const unproven = [
    ...(tls === 'none' ? ['tls is none'] : []),
    ...(tlsVerify === false ? ['tls-verify is false'] : []),
    ...(authOverPlaintext ? ['auth-over-plaintext is true'] : []),
  ];
  if (unproven.length === 0) return null;
  return `${risk}: tls-servername does not prevent that if ${unproven.join(' and ')}; leave that out, or name the server as host:port`;
}

/** Of very many lines that cannot be read, the first are told. */
const MOST_BAD_LINES = 50;

const say = ({ input, problem }: Problem): string => `${input} ${problem}`;

/** The options that one target may have for itself. */
const PER_TARGET_NAMES = namesWith('perTarget');

/** Why an option cannot stand in a target; `null` when it can. */
function misplaced(name: string): string | null {
  const known = OPTION_NAMES.find((option) => option === name);
  if (known === undefined) {
    const near = PER_TARGET_NAMES.filter((option) => option.split('-')[0] === name.split('-')[0]);
    const choices = near.length > 0 ? near : PER_TARGET_NAMES;
    return `has the unknown query option ${quote(name)}${didYouMean(name, PER_TARGET_NAMES)}; write one of ${choices.join(', ')}`;
  }
  const { perTarget, secret, namesTarget } = optionOf(known);
  if (perTarget) return null;
  if (secret) return `has ${name} in its query, where credentials would be visible; give it as the input ${name}`;
  if (namesTarget)
    return `has ${name} in its query, which is not an option of one target; write host:port before the ?`;
  return `has ${name} in its query, which is not an option of one target; give it as the input ${name}`;
}

/** Why the value of an option cannot stand in a target; `null` when it can. */
function showsCredentials(name: string, text: string): string | null {
  if (name !== 'proxy' || !text.includes('@')) return null;
  return 'has a proxy with credentials in its query, where they would be visible; give it as the input proxy';
}

/** A target with its options, the same for two that would be probed alike. */
export function whatIsAsked(target: Target, given: Given, { proxy }: Pick<Partial<Options>, 'proxy'>): string {
  // What no target has for itself, the text of all targets above all, is the same for each.
  const options = PER_TARGET_NAMES.map((name) => textOf(name, given.get(name)));
  // Of a proxy, the text to be shown has no credentials.
  return JSON.stringify([canonicalPlace(target), options, proxy?.proxy]);
}

function textOf(name: OptionName, text: string | undefined): string | string[] | undefined {
  return text !== undefined && optionOf(name).list ? listed(text) : text;
}

function withoutRepeats(
  lines: readonly ReadLine[],
  values: Values,
  given: Given,
): { unique: ReadLine[]; notes: string[] } {
  const first = new Map<string, ReadLine>();
  const notes: string[] = [];
  for (const read of lines) {
    const { line, own } = read;
    const key = JSON.stringify([
      line.mx,
      whatIsAsked(line, own?.given ?? given, (own?.values ?? values) as Partial<Options>),
    ]);
    const before = first.get(key);
    if (before) {
      notes.push(`targets: line ${line.line} repeats line ${before.line.line}, and is checked once`);
    } else first.set(key, read);
  }
  return { unique: [...first.values()], notes };
}
