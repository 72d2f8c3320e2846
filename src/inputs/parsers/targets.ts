import type { TargetSource } from '../../model/fleet.ts';
import { nearest } from '../nearest.ts';
import { host } from './host.ts';
import { hostAndPort, type Target } from './host-port.ts';
import { hasAt, nameCharacter, type Parsed, quote } from './result.ts';

/** One line of targets, with the options of its query as they were written. */
export interface TargetLine extends Target {
  readonly source: TargetSource;
  /** The host is a mail domain, whose MX records name the servers. */
  readonly mx: boolean;
  readonly options: readonly (readonly [name: string, text: string])[];
}

/** The port of SMTP between servers (RFC 5321 §4.5.4.2), and that of implicit TLS (RFC 8314 §7.3). */
const SMTP = 25;
const SUBMISSIONS = 465;
const FORMS = 'host:port, [v6]:port, smtp://host:port, smtps://host, lmtp://host:port or mx:domain';
/** Where many servers have LMTP; no port is its own (RFC 2033 §5). */
const USUAL_LMTP = 24;

/** In characters: a line may hold PEM text, percent-encoded. */
const LONGEST = 262_144;

/** A line that is no target, and why. */
export interface BadLine {
  readonly source: TargetSource;
  readonly problem: string;
}

/**
 * Every line of a text that is more than a comment (`#`): whatever is wrong with them is said of all at once. `withAt`
 * are the options whose values may have an at sign; `file` is where the text was read.
 */
export function targetLines(
  text: string,
  withAt: readonly string[],
  file: string | null = null,
): { readonly value: (TargetLine | BadLine)[] } {
  const value: (TargetLine | BadLine)[] = [];
  for (const [i, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const source = { file, line: i + 1 };
    const hash = whole.indexOf('#');
    const bare = (hash === -1 ? whole : whole.slice(0, hash)).trim();
    if (bare === '') continue;
    const parsed = mayGoOn(whole, hash) ? WITH_CREDENTIALS : targetLine(bare, withAt);
    value.push('value' in parsed ? { ...parsed.value, source } : { source, problem: parsed.problem });
  }
  return { value };
}

const WITH_CREDENTIALS = {
  problem:
    'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
} as const;

/** Whether a `#` may be of a password rather than the beginning of a comment. */
function mayGoOn(line: string, hash: number): boolean {
  if (hash < 1) return false;
  const comment = line.slice(hash);
  return /\s/.test(line.charAt(hash - 1)) ? /^#\S.*@[^\s@]*:\d/.test(comment) : hasAt(line.slice(hash - 1));
}

/** Whether an at sign stands where no option's value has one: then what is before it may be a password. */
function hasUserinfo(where: string, query: string, withAt: readonly string[]): boolean {
  if (hasAt(where)) return true;
  return query.split('&').some((pair) => {
    if (!hasAt(pair)) return false;
    const equals = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, equals));
    return hasAt(name) || !nearest(name, withAt);
  });
}

/** One target without its comment. Nothing of a value that may be a credential is in a problem. */
export function targetLine(text: string, withAt: readonly string[]): Parsed<Omit<TargetLine, 'source'>> {
  if (text.length > LONGEST) return { problem: `is ${text.length} characters long; write ${FORMS}` };
  const odd = /[\s\x00-\x1f\x7f-\x9f]/.exec(text)?.[0];
  if (odd !== undefined)
    return { problem: `contains ${nameCharacter(odd)}; write one target per line (a space is %20)` };
  const [where = '', ...query] = text.split('?');
  if (hasUserinfo(where, query.join('?'), withAt)) return WITH_CREDENTIALS;
  if (where.includes(',')) return { problem: `${quote(where)} contains a comma (,); write one target per line` };
  const address = addressOf(where);
  if ('problem' in address) return address;
  const options = readQuery(query.join('?'));
  if ('problem' in options) return options;
  const { tls, ...target } = address.value;
  const given = options.value;
  if (tls === undefined) return { value: { ...target, options: given } };
  const other = given.find(([name, text]) => name === 'tls' && text !== tls);
  if (other)
    return {
      problem: `smtps:// is implicit TLS, and the query says tls=${quote(other[1])}; write smtp:// instead, with a port`,
    };
  return { value: { ...target, options: [['tls', tls], ...given.filter(([name]) => name !== 'tls')] } };
}

type Where = Target & { readonly mx: boolean; readonly tls?: 'implicit' };

function addressOf(text: string): Parsed<Where> {
  const domain = /^mx:(?!\/\/|\d+$)(.*)/i.exec(text)?.[1];
  if (domain !== undefined) return mailDomain(domain);
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)/i.exec(text) ?? [];
  if (scheme === undefined) return server(text);
  const authority = rest.replace(/\/$/, '');
  if (authority.includes('/'))
    return { problem: `${quote(text)} has a path, which is not allowed for a mail server; write ${FORMS}` };
  switch (scheme.toLowerCase()) {
    case 'smtp':
      if (hasPort(authority)) return server(authority);
      return {
        problem: `${quote(text)} has no port; write it, such as smtp://${authority === '' || authority.length > 253 ? 'mail.example.com' : authority}:587`,
      };
    case 'smtps': {
      const parsed = server(hasPort(authority) ? authority : `${authority}:${SUBMISSIONS}`);
      return 'value' in parsed ? { value: { ...parsed.value, tls: 'implicit' } } : parsed;
    }
    case 'lmtp':
      return lmtpServer(text, authority);
    default:
      return { problem: `has the scheme ${scheme.slice(0, 30)}://; write ${FORMS}` };
  }
}

/** LMTP has no port of its own, and must not be used on SMTP's (RFC 2033 §5). */
function lmtpServer(text: string, authority: string): Parsed<Where> {
  if (!hasPort(authority)) {
    const host = authority === '' || authority.length > 253 ? 'mail.example.com' : authority;
    return {
      problem: `${quote(text)} has no port, and LMTP has none of its own; write it, such as lmtp://${host}:${USUAL_LMTP}`,
    };
  }
  const parsed = server(authority);
  if ('problem' in parsed) return parsed;
  if (parsed.value.port !== SMTP) return { value: { ...parsed.value, lmtp: true } };
  const at = authority.replace(/:\d+$/, '');
  const problem = `${quote(text)} has port ${SMTP}, where LMTP must not be used (RFC 2033 §5); write smtp://${at}:${SMTP}, or the port of LMTP, such as lmtp://${at}:${USUAL_LMTP}`;
  return { problem };
}

function hasPort(authority: string): boolean {
  return /:[^\]:]*$/.test(authority);
}

function server(text: string): Parsed<Where> {
  const parsed = hostAndPort(text);
  return 'value' in parsed ? { value: { ...parsed.value, mx: false } } : parsed;
}

function mailDomain(text: string): Parsed<Where> {
  const [, domain, port] = /^([^:[\]]+):(\d+)$/.exec(text) ?? [];
  if (port !== undefined) {
    return {
      problem: `has a port (:${port.slice(0, 9)}), but mail for a domain always goes to port ${SMTP}; write mx:${domain}`,
    };
  }
  const parsed = host(text);
  if ('problem' in parsed) return { problem: `domain ${parsed.problem}` };
  if (/^[\d.]+$|:/.test(parsed.value)) {
    return { problem: `${quote(text)} is an address, which has no MX records; write a domain, such as mx:example.com` };
  }
  return { value: { host: parsed.value.replace(/\.$/, ''), port: SMTP, mx: true } };
}

/** The options of a query, percent-decoded (RFC 3986 §2.1); `+` is a plus, as addresses have it. */
function readQuery(query: string): Parsed<[string, string][]> {
  const options: [string, string][] = [];
  for (const pair of query.split('&').filter((pair) => pair !== '')) {
    const at = pair.indexOf('=');
    if (at < 1) return { problem: `has the query option ${quote(pair)} without a value; write name=value` };
    try {
      options.push([pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]);
    } catch {
      return {
        problem: `has an extra % in the query option ${quote(pair.slice(0, at))}; write %25 for a percent sign`,
      };
    }
  }
  return { value: options };
}
