import type { Envelope } from '../smtp/commands.ts';
import type { Credentials } from '../smtp/mechanisms.ts';
import type { Problem } from './contradictions.ts';
import { OPTION_NAMES, OPTIONS, type Option, type OptionName, type Options } from './options.ts';
import type { Environment, Parsed } from './parsed.ts';
import type { Target } from './target.ts';

export type { Problem } from './contradictions.ts';

/** What the user asked for, read and found consistent. */
export interface Settings
  extends Omit<Options, 'host' | 'port' | 'username' | 'password' | 'accessToken' | 'mailFrom' | 'rcptTo'> {
  /** Empty when the host or the port was left empty. */
  readonly targets: readonly Target[];
  /** Which of host and port are empty. */
  readonly missing: readonly ('host' | 'port')[];
  readonly credentials: Credentials | null;
  readonly envelope: Envelope | null;
  /** Whether anything was asked for that only TLS can give. */
  readonly asksForTls: boolean;
  /** Whether anything was asked for that only EHLO and what follows can tell. */
  readonly beyondGreeting: boolean;
  /** The options that were given and differ from their defaults, as text, to be shown and repeated; no secrets. */
  readonly given: ReadonlyMap<OptionName, string>;
}

/** Where option texts come from: an action's inputs, or a command line. Empty or `undefined` means the default. */
export type Source = (name: OptionName) => string | undefined;

/** Options that contradict no other. */
const PLAIN: ReadonlySet<OptionName> = new Set<OptionName>([
  'host',
  'port',
  'timeout',
  'deadline',
  'wait',
  'proxy',
  'report-json',
]);

/**
 * Reads every option and reports all problems at once; nothing else of the program reads an input. `env` is where
 * `proxy: env` finds its proxy.
 */
export async function readSettings(
  source: Source,
  env: Environment = process.env,
): Promise<{ settings: Settings } | { problems: Problem[] }> {
  const values: Record<string, unknown> = {};
  const given = new Map<OptionName, string>();
  const problems: Problem[] = [];
  for (const name of OPTION_NAMES) {
    const option: Option<unknown> = OPTIONS[name];
    const text = source(name)?.trim() || option.default;
    const reading = option.parse(text, env);
    const parsed = 'then' in reading ? await reading : reading;
    if (text !== option.default) given.set(name, shown(option, text, parsed));
    if ('value' in parsed) values[camelCase(name)] = parsed.value;
    else problems.push({ input: name, problem: parsed.problem });
  }
  if ([...given.keys()].some((name) => !PLAIN.has(name))) {
    const { contradictions } = await import('./contradictions.ts');
    problems.push(...contradictions(values as Partial<Options>, given));
  }
  if (problems.length > 0) return { problems };
  return { settings: settle(values as unknown as Options, given) };
}

/** What may be shown of an option's text; nothing of a secret, nor of a text that may hold one and cannot be read. */
function shown(option: Option<unknown>, text: string, parsed: Parsed<unknown>): string {
  if (option.secret) return '***';
  if (!option.shown) return text;
  return 'value' in parsed ? option.shown(parsed.value) : '***';
}

/** Options that say what TLS must be like: without TLS, they could not be verified. */
const ABOUT_TLS: readonly OptionName[] = [
  'tls-min-version',
  'tls-servername',
  'tls-client-cert',
  'certificate-warn-days',
  'certificate-fail-days',
];
/** Options that only EHLO and what follows can tell. */
const BEYOND: readonly OptionName[] = ['tls-ca', 'ehlo-name', 'require', 'username', 'access-token', 'mail-from'];

function settle(options: Options, given: ReadonlyMap<OptionName, string>): Settings {
  const { host, port, username, password, accessToken, mailFrom, rcptTo, ...rest } = options;
  const asksForTls = rest.tls === 'starttls' || rest.tls === 'implicit' || ABOUT_TLS.some((name) => given.has(name));
  const size = rest.require.find(({ keyword }) => keyword === 'SIZE')?.parameters[0] ?? null;
  return {
    ...rest,
    targets: host !== null && port !== null ? [{ host, port }] : [],
    missing: [...(host === null ? ['host' as const] : []), ...(port === null ? ['port' as const] : [])],
    credentials: credentials(username ?? '', password, accessToken),
    envelope: mailFrom === null ? null : { from: mailFrom, to: rcptTo, size },
    asksForTls,
    beyondGreeting: asksForTls || BEYOND.some((name) => given.has(name)),
    given,
  };
}

function credentials(username: string, password: string | null, token: string | null): Credentials | null {
  if (password !== null) return { kind: 'password', username, password };
  return token === null ? null : { kind: 'token', username, token };
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
