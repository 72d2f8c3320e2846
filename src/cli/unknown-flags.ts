import { fileVariable } from '../inputs/environment-secrets.ts';
import { nearest } from '../inputs/nearest.ts';
import { choicesOf, ENVIRONMENT_OPTIONS, environmentName, optionOf } from '../inputs/options.ts';
import { hasAt, withoutCredentials } from '../inputs/parsers/result.ts';
import { topicOf } from './topics.ts';
import { type Flags, isWord, rowOf, type UsageProblem, WORDS } from './usage.ts';

/** What is told of a flag that other programs have. */
const NOT_HERE: Readonly<Record<string, string>> = {
  v: 'is not an option: -V prints the version, and --json prints every line of the conversation',
  verbose: 'is not an option; --json prints every line of the conversation',
  debug: 'is not an option; --json prints every line of the conversation',
  q: 'is not an option; the exit status is the verdict, so send the output to /dev/null',
  quiet: 'is not an option; the exit status is the verdict, so send the output to /dev/null',
  ssl: 'is not an option; write --tls=implicit for TLS from the first byte (port 465), or --tls=starttls',
  silent: 'is not an option; the exit status is the verdict, so send the output to /dev/null',
};
/** In characters; of a longer one only the beginning is quoted. */
const LONGEST = 60;
/** A shorter word is near too many others. */
const SHORTEST_NEAR = 4;
/** The most options that are named because they begin alike. */
const MOST_ALIKE = 8;

/** A flag that there is not: what it is meant to be, if that can be told. Nothing is quoted that may be a credential. */
export function unknownFlag(typed: string, rows: Flags): UsageProblem {
  const name = /^-{0,2}([^=]*)/s.exec(typed)?.[1] ?? '';
  const secret = secretOf(name);
  if (secret !== null) return inEnvironment(name, secret);
  const isCluster = /^-[^-]/.test(typed) && name.length > 1;
  if (isCluster) return cluster(name, rows);
  if (hasAt(name)) return { input: 'an option', problem: 'contains an at sign (@), which no option does' };
  const input = `${typed.startsWith('--') ? '--' : '-'}${withoutCredentials(name).slice(0, LONGEST)}`;
  return {
    input,
    problem: (Object.hasOwn(NOT_HERE, name) ? NOT_HERE[name] : undefined) ?? `is not an option${hint(name, rows)}`,
  };
}

/** Whether a flag that there is not would be a part of a login. */
export function isSecretFlag(name: string): boolean {
  return secretOf(name) !== null;
}

/** The option that such a flag would set. */
function secretOf(name: string): (typeof ENVIRONMENT_OPTIONS)[number] | null {
  const word = name.toLowerCase();
  const called = (one: (typeof ENVIRONMENT_OPTIONS)[number]) => [one, ...(optionOf(one).alsoCalled ?? [])];
  const exact = ENVIRONMENT_OPTIONS.find((one) => called(one).includes(word));
  if (exact !== undefined) return exact;
  const near = nearest(word, ENVIRONMENT_OPTIONS.flatMap(called).filter(isLong));
  const found = ENVIRONMENT_OPTIONS.find((one) => near !== null && called(one).includes(near));
  if (found !== undefined) return found;
  if (/pass|pwd|secret/.test(word)) return 'password';
  return /token|bearer/.test(word) ? 'access-token' : null;
}

const isLong = (word: string): boolean => word.length >= SHORTEST_NEAR;

function inEnvironment(name: string, secret: (typeof ENVIRONMENT_OPTIONS)[number]): UsageProblem {
  // A password that directly follows its flag is in the name: then the right name stands for it.
  const isKnown = [secret, ...(optionOf(secret).alsoCalled ?? [])].includes(name);
  return {
    input: isKnown ? `${name.length > 1 ? '--' : '-'}${name}` : `--${secret}`,
    problem: `is not an option, because other users of this machine can read command lines; set the variable ${environmentName(secret)}, or set ${fileVariable(secret)} to the path of a file that holds it`,
    topic: topicOf(optionOf(secret)),
  };
}

/** Several letters behind one hyphen, which may be a value that is written without a space: `-psecret`. */
function cluster(name: string, rows: Flags): UsageProblem {
  if (rowOf(rows, name) || isWord(name)) return { input: `-${name}`, problem: `has one hyphen; write --${name}` };
  const letter = `-${name.charAt(0)}`;
  return { ...unknownFlag(letter, rows), input: `${letter}…` };
}

function hint(name: string, rows: Flags): string {
  const word = name.toLowerCase().replaceAll('_', '-');
  const called = Object.entries(rows).find(([, row]) => row.alsoCalled?.some((one) => one === name || one === word));
  if (called) return `; did you mean ${written(...called)}?`;
  const choosing = Object.entries(rows).find(([, row]) => row.value !== 'boolean' && choicesOf(row).includes(word));
  if (choosing) return `; did you mean --${choosing[0]}=${word}?`;
  const names = [...Object.keys(rows), ...Object.keys(WORDS)];
  const near = nearest(word, [...names, ...Object.values(rows).flatMap((row) => row.alsoCalled?.filter(isLong) ?? [])]);
  if (near !== null && names.includes(near)) return `; did you mean --${near}?`;
  if (near !== null) return hint(near, rows);
  const alike = names.filter((one) => isLong(word) && one.startsWith(`${word.split('-')[0]}-`)).slice(0, MOST_ALIKE);
  return alike.length > 0 ? `; there are ${alike.map((one) => `--${one}`).join(', ')}` : '';
}

/** A flag as it is most likely meant: what is switched on already, people name to switch it off. */
function written(name: string, { value, default: text }: Flags[string] & object): string {
  return value === 'boolean' && text === 'true' ? `--${name}=false` : `--${name}`;
}
