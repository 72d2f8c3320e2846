import { host } from './host.ts';
import { nameCharacter, type Parsed, quote } from './parsed.ts';
import { hostAndPort, type Target } from './target.ts';

/** One line of `targets`, with the options of its query as they were written. */
export interface TargetLine extends Target {
  /** From 1, as editors count. */
  readonly line: number;
  /** The host is a mail domain, whose MX records name the servers. */
  readonly mx: boolean;
  readonly options: readonly (readonly [name: string, text: string])[];
}

/** The port of SMTP between servers (RFC 5321 §4.5.4.2), and that of implicit TLS (RFC 8314 §7.3). */
const SMTP = 25;
const SUBMISSIONS = 465;
const FORMS = 'host:port, [v6]:port, smtp://host:port, smtps://host or mx:domain';

/** A line that is no target, and why. */
export interface BadLine {
  readonly line: number;
  readonly problem: string;
}

/** Every line of a text that is more than a comment (`#`): whatever is wrong with them is said of all at once. */
export function targetLines(text: string): Parsed<(TargetLine | BadLine)[]> {
  const value: (TargetLine | BadLine)[] = [];
  for (const [i, whole] of text.split(/\r\n|\r|\n/).entries()) {
    const line = i + 1;
    const bare = whole.replace(/#.*$/, '').trim();
    if (bare === '') continue;
    const parsed = targetLine(bare);
    value.push('value' in parsed ? { ...parsed.value, line } : { line, problem: parsed.problem });
  }
  return { value };
}

/** One target without its comment. Nothing of a value that may be a credential is in a problem. */
export function targetLine(text: string): Parsed<Omit<TargetLine, 'line'>> {
  const odd = /[\s\x00-\x1f\x7f-\x9f]/.exec(text)?.[0];
  if (odd !== undefined) return { problem: `contains ${nameCharacter(odd)}; write one target a line (a space is %20)` };
  const [where = '', ...query] = text.split('?');
  if (where.includes('@')) {
    return { problem: 'contains credentials (before the @); give them as the inputs username and password' };
  }
  const address = addressOf(where);
  if ('problem' in address) return address;
  const options = readQuery(query.join('?'));
  if ('problem' in options) return options;
  const { tls, ...target } = address.value;
  const given = options.value;
  if (tls === undefined) return { value: { ...target, options: given } };
  const other = given.find(([name, text]) => name === 'tls' && text !== tls);
  if (other)
    return { problem: `smtps:// is implicit TLS, and the query says tls=${quote(other[1])}; write smtp:// instead` };
  return { value: { ...target, options: [['tls', tls], ...given.filter(([name]) => name !== 'tls')] } };
}

type Where = Target & { readonly mx: boolean; readonly tls?: 'implicit' };

function addressOf(text: string): Parsed<Where> {
  const domain = /^mx:(?!\/\/|\d+$)(.*)$/i.exec(text)?.[1];
  if (domain !== undefined) return mailDomain(domain);
  const [, scheme, rest = ''] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/i.exec(text) ?? [];
  if (scheme === undefined) return server(text);
  const authority = rest.replace(/\/$/, '');
  if (authority.includes('/'))
    return { problem: `${quote(text)} has a path, which no mail server has; write ${FORMS}` };
  switch (scheme.toLowerCase()) {
    case 'smtp':
      if (hasPort(authority)) return server(authority);
      return { problem: `${quote(text)} has no port; write it, such as smtp://${authority || 'mail.example.com'}:587` };
    case 'smtps': {
      const parsed = server(hasPort(authority) ? authority : `${authority}:${SUBMISSIONS}`);
      return 'value' in parsed ? { value: { ...parsed.value, tls: 'implicit' } } : parsed;
    }
    default:
      return { problem: `has the scheme ${scheme}://; write ${FORMS}` };
  }
}

function hasPort(authority: string): boolean {
  return /:[^\]:]*$/.test(authority);
}

function server(text: string): Parsed<Where> {
  const parsed = hostAndPort(text);
  return 'value' in parsed ? { value: { ...parsed.value, mx: false } } : parsed;
}

function mailDomain(text: string): Parsed<Where> {
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
      return { problem: `has a stray % in the query option ${quote(pair.slice(0, at))}; write %25 for a percent sign` };
    }
  }
  return { value: options };
}
