// MTA-STS as its text says it (RFC 8461): the record, the policy, and whether a name matches. Nothing here does I/O.

/** What every record begins with that counts (RFC 8461 §3.1). */
const STS_VERSION = 'v=STSv1;';
/** In seconds: 31,557,600 is the largest that the RFC allows (§3.2), and Google refuses less than a day. */
const MOST_SECONDS = 31_557_600;
const LEAST_SECONDS = 86_400;
/** How much of a text is quoted that is not as it has to be. */
const QUOTED = 60;
/** How many lines of a policy are read, how many patterns are kept, and how many problems are named. */
const MOST_LINES = 2_000;
const MOST_PATTERNS = 100;
const MOST_PROBLEMS = 8;

/** What the TXT records of a name say of a mechanism, as a strict sender reads them. */
export type RecordReading =
  /** None of them is about it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly record: string; readonly fields: ReadonlyMap<string, string> }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

/** A policy as far as it can be used (RFC 8461 §3.2). */
export interface Policy {
  readonly mode: 'enforce' | 'testing' | 'none';
  /** In seconds. */
  readonly maxAge: number;
  /** In lower case, in the order of the policy, each once. */
  readonly mx: readonly string[];
}

export interface PolicyReading {
  /** `null` where no sender can use it. */
  readonly policy: Policy | null;
  /** What is wrong with it, in words; a policy with problems may be usable for those who read it less strictly. */
  readonly problems: readonly string[];
}

/** Reads the TXT records of `_mta-sts.<domain>`: exactly one has to be left of those that begin with `v=STSv1;`. */
export function readStsRecords(records: readonly string[]): RecordReading {
  const count = records.filter((record) => record.startsWith(STS_VERSION));
  if (count.length > 1)
    return { kind: 'invalid', problems: [`${count.length} records begin with ${STS_VERSION}, and one must`] };
  const [record] = count;
  if (record === undefined) {
    const near = records.find(looksLikeSts);
    if (near === undefined) return { kind: 'none' };
    return {
      kind: 'invalid',
      problems: [`${quoted(near)} does not begin with ${STS_VERSION}, and so it does not count`],
    };
  }
  const { fields, problems } = readFields(record.slice(STS_VERSION.length));
  const all = [...problems, ...idProblems(fields)];
  return all.length > 0 ? { kind: 'invalid', problems: all } : { kind: 'valid', record, fields };
}

/** A record that was most likely meant to be one: `v=STSV1`, `v = "STSv1"`, an id alone, or the policy itself. */
function looksLikeSts(record: string): boolean {
  const head = record.slice(0, 200).replace(/[\s"'\\]/g, '');
  return /^(?:v(?:ersion)?[=:]?(?:mta-?)?sts|id=|mode:|(?:mta-?)?stsv)/i.test(head);
}

/**
 * The fields behind the version: `name=value`, each behind a semicolon (RFC 8461 §3.1, RFC 8460 §3). One that is there
 * twice with two values is a problem, because readers differ in which they take.
 */
export function readFields(text: string): { fields: Map<string, string>; problems: string[] } {
  const fields = new Map<string, string>();
  const problems: string[] = [];
  for (const part of text.split(';', MOST_LINES).map((field) => field.trim())) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const [name, value] = [part.slice(0, Math.max(0, equals)), part.slice(equals + 1)];
    if (!/^[a-z\d][a-z\d_.-]{0,31}$/i.test(name)) problems.push(`${quoted(part)} is not of the form name=value`);
    else if ((fields.get(name) ?? value) !== value) problems.push(`${name} is there twice`);
    else fields.set(name, value);
  }
  return { fields, problems: problems.slice(0, MOST_PROBLEMS) };
}

function idProblems(fields: ReadonlyMap<string, string>): string[] {
  const id = fields.get('id');
  if (id === undefined) return ['it has no id'];
  if (/^[a-z\d]{1,32}$/i.test(id)) return [];
  if (id === '') return ['its id is empty'];
  if (/[^a-z\d]/i.test(id)) return [`its id ${quoted(id)} has other characters than letters and digits`];
  return [`its id has ${id.length} characters, and at most 32 are allowed`];
}

/** What is read of a policy's lines: of keys that are there twice the first counts, `mx` excepted. */
interface Lines {
  readonly values: Map<string, string>;
  readonly mx: string[];
  readonly unknown: string[];
  readonly problems: string[];
}

/** Reads the text of a policy (RFC 8461 §3.2): `key: value`, one a line, with LF or CRLF. Unknown keys are passed over. */
export function parsePolicy(text: string): PolicyReading {
  const lines = readLines(text);
  const version = versionProblems(lines, text);
  const mode = readMode(lines);
  const maxAge = readMaxAge(lines);
  const mx = readPatterns(lines.mx);
  const fatal = [
    ...version,
    ...(typeof mode === 'string' ? [] : mode.problems),
    ...(typeof maxAge === 'number' ? [] : maxAge.problems),
    ...(mode !== 'none' && mx.patterns.length === 0 ? [missingKey('mx', lines)] : []),
  ];
  const problems = [
    ...fatal,
    ...mx.problems,
    ...lines.problems,
    ...(typeof maxAge === 'number' ? tooShort(maxAge) : []),
  ];
  const isUsable = fatal.length === 0 && typeof mode === 'string' && typeof maxAge === 'number';
  return {
    policy: isUsable ? { mode, maxAge, mx: mx.patterns } : null,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

const KEYS = ['version', 'mode', 'mx', 'max_age'] as const;

function readLines(text: string): Lines {
  const lines: Lines = { values: new Map(), mx: [], unknown: [], problems: [] };
  const all = text.split('\n', MOST_LINES + 1);
  if (all.length > MOST_LINES) lines.problems.push(`it has more than ${MOST_LINES} lines`);
  for (const line of all.slice(0, MOST_LINES)) readLine(line.endsWith('\r') ? line.slice(0, -1) : line, lines);
  return lines;
}

function readLine(line: string, { values, mx, unknown, problems }: Lines): void {
  if (/^[ \t]*$/.test(line)) return;
  const colon = line.indexOf(':');
  const key = line.slice(0, Math.max(0, colon));
  if (!/^[a-z\d][a-z\d_.-]{0,31}$/i.test(key)) {
    problems.push(`the line ${quoted(line)} is not of the form key: value`);
    return;
  }
  const value = line.slice(colon + 1).trim();
  if (key === 'mx') mx.push(value);
  else if (!KEYS.some((known) => known === key)) unknown.push(key);
  else if (!values.has(key)) values.set(key, value);
}

function versionProblems(lines: Lines, text: string): string[] {
  const version = lines.values.get('version');
  if (version === 'STSv1') return [];
  if (!text.includes('\n') && text.includes('\r')) return ['its lines end with CR alone, and LF or CRLF must end them'];
  if (version !== undefined) return [`its version is ${quoted(version)}, and STSv1 is the only one`];
  if (text.startsWith('\ufeff'))
    return ['it begins with a byte order mark (BOM), so that its first line is not "version"'];
  if (text.trim() === '') return ['it is empty'];
  if (/^\s*</.test(text)) return ['it is a page of HTML or XML, not a policy'];
  return [missingKey('version', lines)];
}

function readMode({ values, unknown }: Lines): Policy['mode'] | { problems: string[] } {
  const mode = values.get('mode');
  if (mode === 'enforce' || mode === 'testing' || mode === 'none') return mode;
  if (mode === undefined) return { problems: [missingKey('mode', { unknown })] };
  return { problems: [`its mode is ${quoted(mode)}, and only enforce, testing and none are modes`] };
}

function readMaxAge({ values, unknown }: Lines): number | { problems: string[] } {
  const text = values.get('max_age');
  if (text === undefined) return { problems: [missingKey('max_age', { unknown })] };
  if (!/^\d{1,10}$/.test(text))
    return { problems: [`its max_age ${quoted(text)} is not a number of at most 10 digits`] };
  if (Number(text) > MOST_SECONDS) return { problems: [`its max_age of ${text} s is above ${MOST_SECONDS} (a year)`] };
  return Number(text);
}

function tooShort(seconds: number): string[] {
  if (seconds >= LEAST_SECONDS) return [];
  return [
    `its max_age of ${seconds} s is below a day (${LEAST_SECONDS}), so it protects for a short time, and Google ignores it`,
  ];
}

/** A key that is missing, and the one that was most likely meant to be it. */
function missingKey(key: (typeof KEYS)[number], { unknown }: Pick<Lines, 'unknown'>): string {
  const near = unknown.find((other) => isNear(other, key));
  return near === undefined ? `it has no usable ${key}` : `it has no ${key}, but ${quoted(near)}, which means nothing`;
}

/** Whether two words differ by one letter more, less or other, whatever their case, hyphens and underscores. */
function isNear(word: string, key: string): boolean {
  const [a, b] = [word, key].map((text) => text.toLowerCase().replace(/[^a-z]/g, '')) as [string, string];
  if (Math.abs(a.length - b.length) > 1) return false;
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  return [
    [a.slice(head), b.slice(head)],
    [a.slice(head + 1), b.slice(head)],
    [a.slice(head), b.slice(head + 1)],
    [a.slice(head + 1), b.slice(head + 1)],
  ].some(([one, other]) => one === other);
}

function readPatterns(values: readonly string[]): { patterns: string[]; problems: string[] } {
  const patterns = new Set<string>();
  const problems: string[] = [];
  for (const value of values) {
    const problem = patternProblem(value);
    if (problem === null) patterns.add(value.toLowerCase());
    else problems.push(problem);
  }
  const kept = [...patterns].slice(0, MOST_PATTERNS);
  if (kept.length < patterns.size)
    problems.push(`it has more than ${MOST_PATTERNS} mx lines, and the others are passed over`);
  return { patterns: kept, problems };
}

/** A label of a host name (RFC 5890 §2.3.1), underscores tolerated. */
const LABEL = /^[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?$/i;

function patternProblem(value: string): string | null {
  const it = `mx: ${quoted(value)}`;
  if (value === '') return 'mx: is empty';
  if (/^[\d.]+$|:/.test(value)) return `${it} is an address, and only names match`;
  if (value.endsWith('.')) return `${it} ends with a dot, and no name matches that`;
  const name = value.startsWith('*.') ? value.slice(2) : value;
  if (name.includes('*')) return `${it} has a wildcard that is not the whole first label (*.example.com)`;
  if (/[^\x20-\x7e]/.test(name)) return `${it} has to be written in its form for the DNS (xn--…)`;
  if (name.length > 253 || !name.split('.').every((label) => LABEL.test(label))) return `${it} is no host name`;
  return null;
}

/** Whether the name of an MX host matches a pattern (RFC 8461 §4.1): `*.` stands for exactly one label. */
export function matchesPattern(host: string, pattern: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (!pattern.startsWith('*.')) return name === pattern;
  const dot = name.indexOf('.');
  return dot > 0 && name.slice(dot) === pattern.slice(1);
}

function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
}
