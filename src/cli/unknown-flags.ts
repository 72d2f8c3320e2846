import { isDeliveryName } from '../inputs/delivery-names.ts';
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

/** The options that the check reads from the environment. */
export const ENVIRONMENT: Flags = Object.fromEntries(ENVIRONMENT_OPTIONS.map((name) => [name, optionOf(name)]));

/** A flag that there is not: what it is meant to be, if that can be told. Nothing is quoted that may be a credential. */
export function unknownFlag(typed: string, rows: Flags, secrets = ENVIRONMENT): UsageProblem {
  const name = /^-{0,2}([^=]*)/s.exec(typed)?.[1] ?? '';
  const secret = secretOf(name, secrets);
  if (isOfDelivery(name, secrets) && !hasAt(name)) return ofDelivery(name, secret);
  if (secret !== null) return inEnvironment(name, secret, secrets);
  const isCluster = /^-[^-]/.test(typed) && name.length > 1;
  if (isCluster) return cluster(name, rows, secrets);
  if (hasAt(name)) return { input: 'an option', problem: 'contains an at sign (@), which no option does' };
  const input = `${typed.startsWith('--') ? '--' : '-'}${withoutCredentials(name).slice(0, LONGEST)}`;
  return {
    input,
    problem: (Object.hasOwn(NOT_HERE, name) ? NOT_HERE[name] : undefined) ?? `is not an option${hint(name, rows)}`,
  };
}

/** Whether a flag that there is not would be a part of a login. */
export function isSecretFlag(name: string, secrets = ENVIRONMENT): boolean {
  return secretOf(name, secrets) !== null;
}

/** The option that such a flag would set; of a mailbox's login, where the command has none, the one that is called alike. */
function secretOf(name: string, secrets: Flags): string | null {
  const word = isOfDelivery(name, secrets) ? name.toLowerCase().replace(/^mailbox-/, '') : name.toLowerCase();
  const names = Object.keys(secrets);
  const called = (one: string) => [one, ...(rowOf(secrets, one)?.alsoCalled ?? [])];
  const exact = names.find((one) => called(one).includes(word));
  if (exact !== undefined) return exact;
  const near = nearest(word, names.flatMap(called).filter(isLong));
  const found = names.find((one) => near !== null && called(one).includes(near));
  if (found !== undefined) return found;
  if (/pass|pwd|secret/.test(word)) return ofPrefix(word, 'password', names);
  return /token|bearer/.test(word) ? ofPrefix(word, 'access-token', names) : null;
}

/** `mailbox-pwd`: of the passwords, that which begins alike. */
function ofPrefix(word: string, kind: string, names: readonly string[]): string {
  const alike = names.filter((one) => one !== kind && one.endsWith(`-${kind}`));
  return alike.find((one) => word.startsWith(one.slice(0, -kind.length))) ?? kind;
}

/** Whether a flag is one of the delivery check, and the command another: that one has the login of a mailbox. */
function isOfDelivery(name: string, secrets: Flags): boolean {
  return isDeliveryName(name) && !Object.keys(secrets).some(isDeliveryName);
}

function ofDelivery(name: string, secret: string | null): UsageProblem {
  const topic = 'deliver';
  if (secret === null) {
    const input = `--${withoutCredentials(name).slice(0, LONGEST)}`;
    return { input, problem: 'is an option of the delivery check; write smtp-gate deliver …', topic };
  }
  const own = `mailbox-${secret}`;
  const problem = `belongs to the delivery check; write smtp-gate deliver …, and set the variable ${environmentName(own)}`;
  return { input: `--${own}`, problem, topic };
}

const isLong = (word: string): boolean => word.length >= SHORTEST_NEAR;

function inEnvironment(name: string, secret: string, secrets: Flags): UsageProblem {
  const row = rowOf(secrets, secret);
  // A password that directly follows its flag is in the name: then the right name stands for it.
  const isKnown = [secret, ...(row?.alsoCalled ?? [])].includes(name);
  return {
    input: isKnown ? `${name.length > 1 ? '--' : '-'}${name}` : `--${secret}`,
    problem: `is not an option, because other users of this machine can read command lines; set the variable ${environmentName(secret)}, or set ${fileVariable(secret)} to the path of a file that holds it`,
    ...(row ? { topic: topicOf(row) } : {}),
  };
}

/** Several letters behind one hyphen, which may be a value that is written without a space: `-psecret`. */
function cluster(name: string, rows: Flags, secrets: Flags): UsageProblem {
  if (rowOf(rows, name) || isWord(name)) return { input: `-${name}`, problem: `has one hyphen; write --${name}` };
  const letter = `-${name.charAt(0)}`;
  return { ...unknownFlag(letter, rows, secrets), input: `${letter}…` };
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
