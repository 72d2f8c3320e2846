import { didYouMean } from '../nearest.ts';
import { hasAt, nameCharacter, type Parse, type Parsed, quote } from './result.ts';

const SERVICES = new Map([
  ['smtp', 25],
  ['smtps', 465],
  ['submissions', 465],
  ['submission', 587],
]);
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
/** Timers hold at most 2³¹ ms; nobody waits a day for a gate. */
const LONGEST_MS = 24 * UNITS.h;

/** A TCP port, 1–65535. */
export function port(text: string): Parsed<number> {
  const service = SERVICES.get(text.toLowerCase());
  if (service) return { problem: `${quote(text)} is a service name; write the number ${service}` };
  // Digits before an at sign may be those of a password.
  if (hasAt(text)) return { problem: 'contains an at sign (@); write only digits, such as 587' };
  const at = text.search(/[^0-9]/);
  if (at !== -1) {
    const digits = /^\D*(\d{1,5})\D*$/.exec(text)?.[1];
    const odd = nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
    const advice = isPort(Number(digits)) ? digits : 'only digits, such as 587';
    return { problem: `contains ${odd} in ${quote(text)}; write ${advice}` };
  }
  const value = Number(text);
  if (!isPort(value)) return { problem: `${quote(text)} is out of range; write a number from 1 to 65535` };
  return { value };
}

function isPort(value: number): boolean {
  return value >= 1 && value <= 65_535;
}

/** A duration in milliseconds: `500ms`, `10s`, `2m`, `1h`; a bare number is seconds. */
export function duration({ zero }: { zero: 'allowed' | 'refused' }): Parse<number> {
  return (text) => {
    const match = /^(\d+(?:\.\d+)?) ?(ms|s|m|h)?$/.exec(text);
    if (!match)
      return { problem: `${quote(text)} is not a duration; write 500ms, 10s or 2m (a bare number is seconds)` };
    const value = Math.round(Number(match[1]) * UNITS[(match[2] ?? 's') as keyof typeof UNITS]);
    if (value > LONGEST_MS) return { problem: `${quote(text)} is too long; write at most 24h` };
    if (value === 0 && zero === 'refused') return { problem: `${quote(text)} is zero; write at least 1ms` };
    return { value };
  };
}

/** A whole number from 0, or from `atLeast`. */
export function wholeNumber({
  atLeast = 0,
  atMost,
  of,
  example,
}: {
  atLeast?: number;
  atMost: number;
  of: string;
  example: number;
}): Parse<number> {
  return (text) => {
    if (!/^\d{1,9}$/.test(text))
      return { problem: `${quote(text)} is not a number of ${of}; write digits, such as ${example}` };
    const value = Number(text);
    if (value < atLeast) return { problem: `${quote(text)} is too few ${of}; write at least ${atLeast}` };
    return value <= atMost ? { value } : { problem: `${quote(text)} is too many ${of}; write at most ${atMost}` };
  };
}

/** How many of the targets must not fail. */
export type Quorum =
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'percent'; readonly percent: number };

/** `all`, `any`, a number from 1, or a percentage. */
export function quorum(text: string): Parsed<Quorum> {
  if (text === 'all') return { value: { kind: 'all' } };
  if (text === 'any') return { value: { kind: 'count', count: 1 } };
  const match = /^(\d{1,9})( ?%)?$/.exec(text);
  if (!match)
    return {
      problem: `${quote(text)} is not a quorum; write all, any, a number such as 2, or a percentage such as 60%`,
    };
  const value = Number(match[1]);
  if (value === 0)
    return { problem: `${quote(text)} would pass even if all targets fail; write any, or set fail-on: never` };
  if (match[2] === undefined) return { value: { kind: 'count', count: value } };
  if (value > 100) return { problem: `${quote(text)} is more than all; write at most 100%` };
  return { value: { kind: 'percent', percent: value } };
}

/** The reading of one option, and the words that it takes, where it takes only a few. */
export type Choosing<T> = Parse<T> & { readonly choices?: readonly string[] };

/** One of a few words. */
export function oneOf<const T extends string>(...choices: T[]): Choosing<T> {
  const parse = (text: string): Parsed<T> => {
    const value = choices.find((choice) => choice === text);
    if (value !== undefined) return { value };
    // A word and a longer form of it: warn and warning.
    const longer = choices.find((choice) => choice.length > 2 && /^[a-z]+$/.test(text) && text.startsWith(choice));
    const meant = longer === undefined ? didYouMean(text, choices) : ` (did you mean \`${longer}\`?)`;
    return { problem: `${quote(text)} is not one of the choices${meant}; write one of ${choices.join(', ')}` };
  };
  return Object.assign(parse, { choices });
}

/** A boolean of YAML 1.2's core schema (§10.3.2). */
export function boolean(text: string): Parsed<boolean> {
  if (['true', 'True', 'TRUE'].includes(text)) return { value: true };
  if (['false', 'False', 'FALSE'].includes(text)) return { value: false };
  return { problem: `${quote(text)} is not a boolean${didYouMean(text, boolean.choices)}; write true or false` };
}
boolean.choices = ['true', 'false'] as const;

/** In characters. */
const LONGEST_EXPRESSION = 4_096;

/** The source of a JavaScript regular expression that compiles. */
export function regularExpression(text: string): Parsed<string> {
  if (text.length > LONGEST_EXPRESSION)
    return { problem: `is ${text.length} characters long; write at most ${LONGEST_EXPRESSION}` };
  const odd = CONTROL.exec(text)?.[0];
  if (odd !== undefined) return { problem: `contains ${nameCharacter(odd)}; write it as an escape, such as \\n` };
  const [literal, inner = '', flags = ''] = /^\/(.+)\/([dgimsuvy]*)$/.exec(text) ?? [];
  if (literal !== undefined) return { problem: literalProblem(literal, inner, flags) };
  try {
    new RegExp(text, 'm');
    return { value: text };
  } catch (error) {
    const reason = (error as Error).message.replace(/^.*\/m: /s, '');
    const flags = /^\(\?[a-z]+[):]/.test(text)
      ? ' (JavaScript has no inline flags: write [Ee]smtp for either case)'
      : '';
    return {
      problem: `${quote(text)} is not a regular expression: ${reason}${flags}; put a backslash before a literal character`,
    };
  }
}

/** JavaScript's own way to write an expression: its slashes would be looked for in the text. */
function literalProblem(literal: string, inner: string, flags: string): string {
  const either = flags.includes('i');
  const isPlain = /^[\w .^$*+?-]+$/.test(inner);
  const right = either && isPlain ? inner.replace(/[a-z]/gi, bothCases) : inner;
  const hint = either && !isPlain ? ', with both cases of a letter where either may stand, such as [Ee]smtp' : '';
  return `${quote(literal)} is an expression between slashes, which the greeting would have to have as well; write ${quote(right)}${hint}`;
}

const bothCases = (letter: string): string => `[${letter.toUpperCase()}${letter.toLowerCase()}]`;

/** What no value holds, but for the line ends of a list. */
const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** A file's path. */
export function path(text: string): Parsed<string> {
  const odd = CONTROL.exec(text)?.[0];
  return odd === undefined ? { value: text } : { problem: `contains ${nameCharacter(odd)}; write one path` };
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub, which evaluates it.
export const JOB_TOKEN = '${{ github.token }}';

/** A token of GitHub's API; none where nobody evaluated action.yml's default. A problem never quotes it. */
export function apiToken(text: string): Parsed<string | null> {
  if (text === JOB_TOKEN) return { value: null };
  if (/^[\x21-\x7e]+$/.test(text) && !text.includes('${{')) return { value: text };
  return {
    problem:
      'contains a character that is not allowed in a token, such as a space or a line end; store it again, or leave it out',
  };
}

/** More would not be read, and a message has an end. */
export const MOST_PROBLEMS = 20;

/** Problems as one; of very many, the first. */
export function joined(problems: readonly string[]): string {
  const more = problems.length - MOST_PROBLEMS;
  return [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** Something that is not there when the text is empty. */
export function optional<T>(parse: Choosing<T>): Choosing<T | null> {
  const read = (text: string): Parsed<T | null> => (text === '' ? { value: null } : parse(text));
  return parse.choices ? Object.assign(read, { choices: parse.choices }) : read;
}

/** One value a line; empty lines do not count. */
export function lines<T>(parse: Parse<T>): Parse<T[]> {
  return (text) => {
    const values: T[] = [];
    const problems: string[] = [];
    for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
      if (line.trim() === '') continue;
      const parsed = parse(line.trim());
      if ('value' in parsed) values.push(parsed.value);
      else if (problems.length === MOST_PROBLEMS) return { problem: `${problems.join('; ')}; and so on` };
      else problems.push(`line ${i + 1}: ${parsed.problem}`);
    }
    return problems.length === 0 ? { value: values } : { problem: problems.join('; ') };
  };
}
