import { namesWith, type OptionName, type Options, optionOf, valueName } from './options.ts';
import type { Environment, Parsed } from './parsers/result.ts';
import { readSecretFile } from './secret-file.ts';

/** Where a target's query says that a part of its login is: `password-env=MX1_PASSWORD`. */
interface Reference {
  readonly option: OptionName;
  readonly kind: 'env' | 'file';
}

/** The names in a query that refer to a part of a login, by the rows of the table. */
const REFERENCES: ReadonlyMap<string, Reference> = new Map(
  namesWith('elsewhere').flatMap((option) =>
    (optionOf(option).elsewhere ?? []).map((kind) => [`${option}-${kind}`, { option, kind }] as const),
  ),
);

export const REFERENCE_NAMES = [...REFERENCES.keys()];

/** The login of one target: values over those of the inputs, and what may be shown in their place. */
export interface OwnLogin {
  readonly values: Partial<Record<keyof Options, string | null>>;
  /** The references as they are written, and `null` for a part of the inputs' login that this target does not use. */
  readonly shown: ReadonlyMap<OptionName, string | null>;
}

/** The references to a login in a query; `null` for a query without any. No problem quotes more than a name. */
export function readOwnLogin(
  query: readonly (readonly [name: string, text: string])[],
  env: Environment,
): { readonly login: OwnLogin | null; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const values: Partial<Record<keyof Options, string | null>> = {};
  const shown = new Map<OptionName, string | null>();
  for (const [name, text] of query) {
    const reference = REFERENCES.get(name);
    if (!reference) continue;
    const { option } = reference;
    if (shown.has(option)) {
      problems.push(`says twice where its ${option} is; write one of ${namesOf(option).join(', ')}`);
      continue;
    }
    const read = readReference(reference, text, env);
    if ('problem' in read) problems.push(`${name} ${read.problem}`);
    else values[valueName(option)] = read.value;
    const isNone = 'value' in read && read.value === null;
    shown.set(option, isNone ? null : `${name}=${encodeURI(text).replace(/[&#?+]/g, encodeURIComponent)}`);
  }
  if (shown.size === 0) return { login: null, problems };
  if (shown.get('username') === null && shown.size > 1) {
    problems.push('has an empty username-env, which is no login at all, and a part of one; leave one of them out');
  }
  for (const option of replaced(shown)) {
    values[valueName(option)] = null;
    shown.set(option, null);
  }
  return { login: { values, shown }, problems };
}

/** The value that a reference leads to; `null` for an empty user name, which is no login. */
function readReference({ option, kind }: Reference, text: string, env: Environment): Parsed<string | null> {
  if (option === 'username' && text === '') return { value: null };
  const read = kind === 'env' ? variable(text, env) : contents(text);
  return 'problem' in read ? read : (optionOf(option).parse(read.value, env) as Parsed<string>);
}

function namesOf(option: OptionName): string[] {
  return [...REFERENCES].flatMap(([name, reference]) => (reference.option === option ? [name] : []));
}

/** What is not used of the inputs' login: all of it, or the way to log in that another excludes. */
function replaced(shown: ReadonlyMap<OptionName, string | null>): readonly OptionName[] {
  if (shown.get('username') === null) return namesWith('elsewhere');
  if (shown.has('password') === shown.has('access-token')) return [];
  return shown.has('password') ? ['access-token'] : ['password'];
}

function variable(name: string, env: Environment): Parsed<string> {
  if (name === '') return { problem: 'is empty; write the name of an environment variable, such as MX1_PASSWORD' };
  if (!/^[A-Za-z_]\w{0,127}$/.test(name)) {
    return {
      problem: 'is no name of an environment variable (letters, digits and _); write one, such as MX1_PASSWORD',
    };
  }
  const value = env[name]?.trim();
  if (value === undefined) {
    return {
      problem: `names ${name}, which is not set here; set this variable, in a workflow under env: of this step or in the secret logins of fleet.yml`,
    };
  }
  if (value !== '') return { value };
  return { problem: `names ${name}, which is set to nothing; is the secret there that it is set from?` };
}

function contents(path: string): Parsed<string> {
  return path === ''
    ? { problem: 'is empty; write the path of a file, such as /run/secrets/mx1' }
    : readSecretFile(path);
}
