import type { TargetSource } from '../model/fleet.ts';
import type { Envelope } from '../smtp/commands.ts';
import type { Credentials } from '../smtp/sasl/mechanisms.ts';
import { namesWith, type Option, type OptionName, type Options, optionOf } from './options.ts';
import type { Target } from './parsers/host-port.ts';
import type { Parsed } from './parsers/result.ts';

/** What is asked of one target. */
export interface Checks
  extends Omit<
    Options,
    'host' | 'port' | 'targets' | 'targetsFile' | 'username' | 'password' | 'accessToken' | 'mailFrom' | 'rcptTo'
  > {
  readonly credentials: Credentials | null;
  readonly envelope: Envelope | null;
  /** Whether anything was asked for that only TLS can give. */
  readonly asksForTls: boolean;
  /** Whether anything was asked for that only EHLO and what follows can tell. */
  readonly beyondGreeting: boolean;
  /** The options that were given and differ from their defaults, as text, to be shown and repeated; no secrets. */
  readonly given: ReadonlyMap<OptionName, string>;
}

/** One target, and what is asked of it. */
export interface Entry {
  readonly target: Target;
  /** Where it is written; `null` for `host` and `port`. */
  readonly source: TargetSource | null;
  /** The target is a mail domain, whose MX records name the servers to probe. */
  readonly mx: boolean;
  readonly checks: Checks;
}

/** What stands in the place of a secret. */
export const HIDDEN = '***';

/** What may be shown of an option's text; nothing of a secret, nor of a text that may hold one and cannot be read. */
export function shown(option: Option<unknown>, text: string, parsed: Parsed<unknown>): string {
  if (option.secret) return HIDDEN;
  if (!option.shown) return text;
  return 'value' in parsed ? option.shown(parsed.value) : HIDDEN;
}

/** What the options mean together. */
export function settle(options: Options, given: ReadonlyMap<OptionName, string>): Checks {
  const { host, port, targets, targetsFile, username, password, accessToken, mailFrom, rcptTo, ...rest } = options;
  const beyond = namesWith('beyondGreeting').filter((name) => given.has(name));
  const asksForTls =
    rest.tls === 'starttls' || rest.tls === 'implicit' || beyond.some((name) => optionOf(name).needsTls === true);
  const size = rest.require.find(({ keyword }) => keyword === 'SIZE')?.parameters[0] ?? null;
  return {
    ...rest,
    ipFamily: familyOf(rest),
    credentials: credentials(username ?? '', password, accessToken),
    envelope: mailFrom === null ? null : { from: mailFrom, to: rcptTo, size },
    asksForTls,
    beyondGreeting: asksForTls || beyond.length > 0,
    given,
  };
}

/** The only family of addresses that can be used: an address to connect from fixes it. */
function familyOf({ ipFamily, sourceAddress }: Pick<Options, 'ipFamily' | 'sourceAddress'>): Options['ipFamily'] {
  return sourceAddress ? (`${sourceAddress.family}` as const) : ipFamily;
}

function credentials(username: string, password: string | null, token: string | null): Credentials | null {
  if (password !== null) return { kind: 'password', username, password };
  return token === null ? null : { kind: 'token', username, token };
}
