import type { OptionWords } from '../model/option-words.ts';
import { shellQuote } from '../shared/shell.ts';
import { HIDDEN } from './checks.ts';
import { environmentName, OPTIONS, type Option, type OptionName } from './options.ts';

/** Where the options of a check came from. */
export interface Origin {
  /** Whether options are typed on a command line, rather than written as inputs of a workflow. */
  readonly typed: boolean;
  /** Every option that a text may name. */
  readonly rows?: Readonly<Record<string, Option<unknown>>> | undefined;
  /** What the check was given; a login of a target's own says where it is. */
  readonly given?: ReadonlyMap<OptionName, string> | undefined;
  /** The environment of the command, which may name the file of a secret. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Whose commands a person types there. */
  readonly shell?: 'posix' | 'powershell' | 'gitlab' | undefined;
}

/** Where a part of a login is stored. */
interface Store {
  readonly kind: 'env' | 'file';
  /** The name of the variable, or the path as a shell takes it. */
  readonly name: string;
}

/** `wait: 60s` or `wait`, in backticks. */
const NAMED = /`([a-z][a-z\d-]*)(?:: ([^`]*))?`/g;
/** The same where it is ours: what somebody has written instead stays as it is. */
const NAMED_OURS = new RegExp(`${NAMED.source}(?!: did you mean)`, 'g');
/** The secrets that the catalogue stores, by the last part of their names: the options that they are. */
const STORED = /^gh secret set (?:SMTP_)?(USERNAME|PASSWORD|MAILBOX_PASSWORD)$/;

/** The words in which somebody is told of options who gave them in this way. */
export function optionWords(origin: Origin): OptionWords {
  const { typed, rows = OPTIONS } = origin;
  return {
    text: (text) => {
      const own =
        rows === OPTIONS ? text : text.replace(NAMED_OURS, (whole, name: string) => asCalledHere(whole, name, rows));
      if (!typed) return own;
      return own
        .replace(NAMED, (whole, name: string, value?: string) => asTyped(whole, name, value, rows))
        .replaceAll(' in the step’s `with:`', '');
    },
    command: (command) => asStored(command, origin),
  };
}

/** An option of the gate under the name that it has in another check: the one recipient of a message is its `deliver-to`. */
function asCalledHere(whole: string, name: string, rows: NonNullable<Origin['rows']>): string {
  if (Object.hasOwn(rows, name) || !Object.hasOwn(OPTIONS, name)) return whole;
  const here = Object.entries(rows).find(([, { alsoCalled }]) => alsoCalled?.includes(name))?.[0];
  return here === undefined ? whole : whole.replace(name, here);
}

/** An option as it is typed; what is no option of the command line stays as it is. */
function asTyped(whole: string, name: string, value: string | undefined, rows: NonNullable<Origin['rows']>): string {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (row === undefined || row.actionOnly) return whole;
  const word = row.secret ? environmentName(name) : `--${name}`;
  return value === undefined ? `\`${word}\`` : `\`${word}=${shellQuote(value)}\``;
}

function asStored(command: string, origin: Origin): string {
  const option = STORED.exec(command)?.[1]?.toLowerCase().replace('_', '-') as OptionName | undefined;
  if (option === undefined) return withOwnUser(command, origin);
  const store = storeOf(option, origin);
  if (store === null) return command;
  if (store.kind === 'env' && !origin.typed) return `gh secret set ${store.name}`;
  return ask(store, origin.shell ?? 'posix');
}

/** What looks at the user name, of the variable that holds it. */
function withOwnUser(command: string, origin: Origin): string {
  const store = storeOf('username', { ...origin, typed: true });
  return store?.kind === 'env' ? command.replaceAll(environmentName('username'), store.name) : command;
}

/** Where a part of a login comes from; `null` for an input of a workflow. */
function storeOf(option: OptionName, { typed, given, env }: Origin): Store | null {
  const shown = given?.get(option);
  const own = shown === HIDDEN ? null : /^[a-z-]+-(env|file)=(.*)$/.exec(shown ?? '');
  if (own) {
    const [, kind, name = ''] = own;
    return kind === 'file' ? { kind: 'file', name: shellQuote(decodeURIComponent(name)) } : { kind: 'env', name };
  }
  if (!typed) return null;
  const file = `${environmentName(option)}_FILE`;
  return env?.[file]?.trim() ? { kind: 'file', name: `"$${file}"` } : { kind: 'env', name: environmentName(option) };
}

/** Asks for a value, so that neither the history of the shell nor a line end gets hold of it, and stores it. */
function ask({ kind, name }: Store, shell: NonNullable<Origin['shell']>): string {
  if (shell === 'powershell') {
    const value = `Read-Host -MaskInput ${name.startsWith('"') ? 'value' : name}`;
    if (kind === 'env') return `$env:${name} = ${value}`;
    return `${value} | Set-Content -NoNewline ${name.replace(/^"\$/, '"$env:')}`;
  }
  if (kind === 'file') return `(read -rs value && printf %s "$value" > ${name})`;
  if (shell === 'gitlab') return `(read -rs value && printf %s "$value" | glab variable set ${name})`;
  return `read -rs ${name} && export ${name}`;
}
