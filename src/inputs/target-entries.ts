import type { TargetSource } from '../model/fleet.ts';
import { canonicalTarget } from '../shared/address.ts';
import { listed } from '../shared/text.ts';
import { type Checks, type Entry, settle, shown } from './checks.ts';
import { contradictions, type Problem } from './conflicts.ts';
import { didYouMean } from './nearest.ts';
import { namesWith, OPTION_NAMES, type OptionName, type Options, optionOf, valueName } from './options.ts';
import { type OwnLogin, REFERENCE_NAMES, readOwnLogin } from './own-login.ts';
import type { Target } from './parsers/host-port.ts';
import { joined, MOST_PROBLEMS } from './parsers/primitives.ts';
import { type Environment, quote } from './parsers/result.ts';
import type { BadLine, TargetLine } from './parsers/targets.ts';
import type { World } from './world.ts';

type Values = Partial<Record<keyof Options, unknown>>;
type Given = ReadonlyMap<OptionName, string>;

/** The options of the inputs, with those of one target in their place. */
interface Own {
  readonly values: Record<string, unknown>;
  readonly given: Map<OptionName, string>;
}

/** A target whose options have been read. */
interface ReadLine {
  readonly line: TargetLine;
  /** Its own options over those of the inputs; `null` when it has none of its own. */
  readonly own: { readonly values: Values; readonly given: Given } | null;
}

/** Targets whose options have been read, and what is wrong with others. */
export interface Targets {
  readonly problems: readonly Problem[];
  /** The passwords and tokens of single targets, those that have problems included. */
  readonly secrets: ReadonlySet<string>;
  /** Makes entries of them, once there are no problems. */
  settle(checks: Checks): { entries: Entry[]; missing: 'targets'[]; notes: string[] };
}

/** Reads the lines of `targets` and of the files that `targets-file` names, and the options of each target. */
export async function readTargets(values: Values, given: Given, world: World): Promise<Targets> {
  const { targets = [], targetsFile = [] } = values as Partial<Options>;
  if (targetsFile.length === 0) return readEntries(targets, values, given, world.env);
  const { readTargetFiles } = await import('./target-files.ts');
  const files = readTargetFiles(targetsFile, namesWith('mayHoldAtSign'), world);
  const read = readEntries([...targets, ...files.lines], values, given, world.env);
  return { ...read, problems: [...files.problems, ...read.problems] };
}

/**
 * Reads the options of every target over those of the inputs (some of which may not have been readable). A target that
 * is there twice is one entry, and a note says so.
 */
function readEntries(
  written: readonly (TargetLine | BadLine)[],
  values: Values,
  given: Given,
  env: Environment,
): Targets {
  const many = written.filter((line) => !('problem' in line));
  if (many.length > MOST_TARGETS) {
    const problem = `names ${many.length} targets, and one step checks at most ${MOST_TARGETS}; give each of several steps its own files`;
    const input = inputOf(many[MOST_TARGETS]?.source);
    return { problems: [{ input, problem }], secrets: new Set(), settle: (checks) => settled(checks, [], []) };
  }
  const secrets = new Set<string>();
  const { lines, bad, problems } = readLines(written, (line) => readLine(line, { values, given, env, secrets }));
  const { unique, notes } = withoutRepeats(lines, values, given);
  const { quorum } = values as Partial<Options>;
  // A line that cannot be read may be a target once it is mended; how many servers a domain has is not known yet.
  const most = unique.length + bad;
  const countable = most > 0 && bad < MOST_BAD_LINES_READ && !unique.some(({ line }) => line.mx);
  if (quorum?.kind === 'count' && countable && quorum.count > most) {
    const problem = `${quorum.count} is more than the number of targets (${most}); write at most ${most}, or all`;
    problems.push({ input: 'quorum', problem });
  }
  return {
    problems,
    secrets,
    settle: (checks) => settled(checks, unique, notes),
  };
}

/** The lines that can be read, how many cannot, and what is wrong with the first of those. */
function readLines(
  written: readonly (TargetLine | BadLine)[],
  read: (line: TargetLine) => ReadLine | string,
): { lines: ReadLine[]; bad: number; problems: Problem[] } {
  const problems: Problem[] = [];
  const lines: ReadLine[] = [];
  const more = new Map<OptionName, number>();
  let bad = 0;
  for (const line of written) {
    if (bad === MOST_BAD_LINES_READ) break;
    const result = 'problem' in line ? line.problem : read(line);
    if (typeof result !== 'string') {
      lines.push(result);
      continue;
    }
    bad += 1;
    const input = inputOf(line.source);
    if (bad <= MOST_BAD_LINES) problems.push({ input, problem: `${formatSource(line.source)}: ${result}` });
    else more.set(input, (more.get(input) ?? 0) + 1);
  }
  const least = bad === MOST_BAD_LINES_READ ? 'at least ' : '';
  for (const [input, count] of more) problems.push({ input, problem: `has ${least}${count} more such lines` });
  return { lines, bad, problems };
}

function settled(checks: Checks, unique: readonly ReadLine[], notes: readonly string[]): ReturnType<Targets['settle']> {
  const entries = unique.map(({ line: { host, port, lmtp, mx, source }, own }) => {
    const asked = own ? settle(own.values as unknown as Options, own.given) : checks;
    const target = { host, port, ...(lmtp && { lmtp }) };
    // Only LHLO tells LMTP from SMTP, which greets alike.
    return { target, source, mx, checks: lmtp ? { ...asked, beyondGreeting: true } : asked };
  });
  return {
    entries,
    missing: unique.length === 0 ? ['targets'] : [],
    notes: [...notes, ...sharedLogins(entries)],
  };
}

/** In a note, the most hosts by name. */
const MOST_NAMED = 5;

/** Every login that goes to several hosts: whoever runs one of them learns what opens the others. */
function sharedLogins(entries: readonly Entry[]): string[] {
  const hosts = new Map<string, Set<string>>();
  for (const { target, checks } of entries) {
    if (!checks.credentials) continue;
    const login = JSON.stringify(checks.credentials);
    hosts.set(login, (hosts.get(login) ?? new Set()).add(target.host.toLowerCase()));
  }
  return [...hosts.values()]
    .filter(({ size }) => size > 1)
    .map((names) => {
      const left = names.size - MOST_NAMED;
      const more = left > 0 ? ` and ${left} more` : '';
      return `one login goes to ${names.size} hosts: ${[...names].slice(0, MOST_NAMED).join(', ')}${more}`;
    });
}

/** What a target's options stand over, and the secrets that are found on the way. */
interface Inputs {
  readonly values: Values;
  readonly given: Given;
  readonly env: Environment;
  readonly secrets: Set<string>;
}

/** One target with its options, or what is wrong with them. */
function readLine(line: TargetLine, { values, given, env, secrets }: Inputs): ReadLine | string {
  const query = readQuery(line.options.filter(([name]) => !REFERENCE_NAMES.includes(name)));
  const { login, problems: unread } = readOwnLogin(line.options, env);
  const own = overridden({ ...values, host: line.host, port: line.port }, given, query.texts, env);
  for (const value of [login?.values.password, login?.values.accessToken]) if (value) secrets.add(value);
  if (login) logIn(own, login);
  const problems = [...query.problems, ...unread, ...own.problems];
  if (problems.length === 0) problems.push(...newContradictions({ values, given }, own));
  const handed = line.mx ? handedOver(own.values as Partial<Options>, own.given) : null;
  if (handed !== null) problems.push(handed);
  if (problems.length > 0) return joined(problems);
  return { line, own: query.texts.size > 0 || login ? own : null };
}

/** Puts a target's own login in the place of the inputs'. */
function logIn(own: Own, { values, shown }: OwnLogin): void {
  Object.assign(own.values, values);
  for (const [option, text] of shown) {
    if (text === null) own.given.delete(option);
    else own.given.set(option, text);
  }
}

/** The text of each option in a query, whose lists may be repeated, and what must not stand there. */
function readQuery(options: TargetLine['options']): { texts: Map<OptionName, string>; problems: string[] } {
  const problems: string[] = [];
  const texts = new Map<OptionName, string>();
  for (const [written, text] of options) {
    if (problems.length > MOST_PROBLEMS) break;
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
): Own & { problems: string[] } {
  const own: Own = { values: { ...values }, given: new Map(given) };
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
/** What comes behind so many is not read: to find what a misspelt option may mean takes its time. */
const MOST_BAD_LINES_READ = 20_000;
/** How many targets one step checks at most: of each, a report keeps some KB. */
const MOST_TARGETS = 100_000;

function inputOf(source: TargetSource | undefined): 'targets' | 'targets-file' {
  return source?.file == null ? 'targets' : 'targets-file';
}

/** Where a line is: `line 3`, or `relays.txt:3` as compilers and editors write it. */
function formatSource({ file, line }: TargetSource): string {
  return file === null ? `line ${line}` : `${file}:${line}`;
}

function repeatNote(repeated: TargetSource, first: TargetSource): string {
  return `${inputOf(repeated)}: ${formatSource(repeated)} repeats ${formatSource(first)}, and is checked once`;
}

const say = ({ input, problem }: Problem): string => `${input} ${problem}`;

/** The options that one target may have for itself. */
const PER_TARGET_NAMES = namesWith('perTarget');

/** Why an option cannot stand in a target; `null` when it can. */
function misplaced(name: string): string | null {
  const known = OPTION_NAMES.find((option) => option === name);
  if (known === undefined) {
    const known = [...PER_TARGET_NAMES, ...REFERENCE_NAMES];
    const near = known.filter((option) => option.split('-')[0] === name.split('-')[0]);
    const choices = near.length > 0 ? near : known;
    return `has the unknown query option ${quote(name)}${didYouMean(name, known)}; write one of ${choices.join(', ')}`;
  }
  const { perTarget, secret, elsewhere, namesTarget } = optionOf(known);
  if (perTarget) return null;
  const references = elsewhere?.map((kind) => `${name}-${kind}`) ?? [];
  const own = references.length > 0 ? `, or write ${references.join(' or ')}, which says where it is` : '';
  if (secret) return `has ${name} in its query, where credentials would be visible; give it as the input ${name}${own}`;
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
  const options = [...PER_TARGET_NAMES, ...namesWith('elsewhere')].map((name) => textOf(name, given.get(name)));
  // Of a proxy, the text to be shown has no credentials.
  return JSON.stringify([canonicalTarget(target), options, proxy?.proxy]);
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
      notes.push(repeatNote(line.source, before.line.source));
    } else first.set(key, read);
  }
  return { unique: [...first.values()], notes };
}
