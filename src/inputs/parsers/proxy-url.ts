import { hostPort } from '../../shared/address.ts';
import { credential } from './credentials.ts';
import { host } from './host.ts';
import { environmentProxy } from './proxy-environment.ts';
import type { ProxyRule, ProxyUrl } from './proxy-rule.ts';
import { type Environment, nameCharacter, type Parsed } from './result.ts';

const DEFAULT_PORTS = { http: 80, https: 443, socks5: 1080, socks5h: 1080 } as const;
const SCHEMES = 'http://, https://, socks5:// or socks5h://';
const EXAMPLE = 'http://proxy.example.com:3128';
/** In characters, credentials and all. */
const LONGEST = 8_192;
/** RFC 1929 §2: a length is one byte. */
const SOCKS_LENGTH = 255;

/** A proxy's URL, or `env`: the proxy variables of the environment decide. */
export function proxy(text: string, env: Environment): Parsed<ProxyRule> {
  if (text === 'env') return environmentProxy(env, (value, from) => proxyUrl(value, from));
  if (!text.includes(':')) return { problem: `is neither env nor a URL; write env, or a URL such as ${EXAMPLE}` };
  const parsed = proxyUrl(text, 'proxy');
  if ('problem' in parsed) return parsed;
  const { value } = parsed;
  return { value: { shown: `${value.scheme}://${hostPort(value)}`, proxy: value, choose: () => value } };
}

/**
 * The URL of a proxy; `from` is the option or the variable that holds it. A problem names what is wrong and quotes
 * nothing but a single character: whatever stands there may be a part of the password.
 */
export function proxyUrl(text: string, from: string): Parsed<ProxyUrl> {
  if (text.length > LONGEST) return { problem: `is ${text.length} characters long; write a URL such as ${EXAMPLE}` };
  if (text.includes('${'))
    return { problem: `contains an expression that was not evaluated; write a URL such as ${EXAMPLE}` };
  const odd = /[\s\x00-\x1f\x7f-\xa0\u2028\u2029\\]/.exec(text)?.[0];
  if (odd !== undefined)
    return { problem: `contains ${nameCharacter(odd)}; write it as ${percent(odd)}, or leave it out` };
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)/i.exec(text);
  if (!match) return { problem: `has no scheme; write ${SCHEMES} before the host` };
  const scheme = (match[1] ?? '').toLowerCase();
  if (!isScheme(scheme))
    return { problem: `has a scheme that is not one of a proxy; write ${SCHEMES} before the host` };
  const [, userinfo, place = ''] = /(?:(.*)@)?(.*)/.exec(match[2] ?? '') ?? [];
  const at = placeOf(place, DEFAULT_PORTS[scheme]);
  if ('problem' in at) return at;
  const login = credentialsOf(userinfo, scheme);
  return 'problem' in login ? login : { value: { scheme, ...at.value, ...login.value, from } };
}

function isScheme(scheme: string): scheme is keyof typeof DEFAULT_PORTS {
  return Object.hasOwn(DEFAULT_PORTS, scheme);
}

/** Host and port: what stands between the credentials and the end. */
function placeOf(text: string, standardPort: number): Parsed<{ host: string; port: number }> {
  const [, bracketed, bare = '', portText, rest = ''] =
    /(?:\[([^\]]*)\]|([^:/?#[\]]*))(?::([^/?#]*))?(.*)/.exec(text) ?? [];
  if (rest !== '' && rest !== '/') {
    const part = { '/': 'a path', '?': 'a query', '#': 'a fragment' }[rest.charAt(0)] ?? 'something';
    return { problem: `has ${part} after the host and port; write nothing there, as in ${EXAMPLE}` };
  }
  if (bracketed === undefined && portText?.includes(':'))
    return { problem: 'has more than one colon in its host and port; write an IPv6 address in brackets' };
  // RFC 6874 §2: the percent sign before a zone is encoded.
  const name = bracketed === undefined ? bare : `[${bracketed.replace('%25', '%')}]`;
  if (name === '') return { problem: `has no host; write one, as in ${EXAMPLE}` };
  const parsed = host(name);
  if ('problem' in parsed)
    return { problem: `has a host that is neither a name nor an address; write one, as in ${EXAMPLE}` };
  if (portText === undefined) return { value: { host: parsed.value, port: standardPort } };
  const port = /^\d{1,5}$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65_535) {
    return { problem: `has a port that is not a number from 1 to 65535; write one, as in ${EXAMPLE}` };
  }
  return { value: { host: parsed.value, port } };
}

/** User and password (RFC 3986 §3.2.1), and every form of them that no output may show. */
function credentialsOf(
  userinfo: string | undefined,
  scheme: ProxyUrl['scheme'],
): Parsed<Pick<ProxyUrl, 'credentials' | 'secrets'>> {
  if (userinfo === undefined || userinfo === '' || userinfo === ':')
    return { value: { credentials: null, secrets: [] } };
  const raw = /[/?#@[\]]/.exec(userinfo)?.[0];
  if (raw !== undefined) {
    return { problem: `has ${nameCharacter(raw)} in its user or password; write it as ${percent(raw)}` };
  }
  const colon = userinfo.indexOf(':');
  const written = colon === -1 ? [userinfo, ''] : [userinfo.slice(0, colon), userinfo.slice(colon + 1)];
  const [username, password] = written.map(decode);
  if (username == null || password == null) {
    return {
      problem: 'has a percent sign in its user or password that is not part of an encoded character; write it as %25',
    };
  }
  for (const part of [username, password]) {
    const parsed = credential(part);
    if ('problem' in parsed) return { problem: `has a user or password that ${parsed.problem}` };
  }
  const problem = limits(scheme, username, password);
  if (problem !== null) return { problem };
  // A token may stand in the place of the user: then it is the secret.
  const [secret, asWritten = ''] = password === '' ? [username, written[0]] : [password, written[1]];
  const both = password === '' ? [] : [`${username}:${password}`];
  const secrets = [secret, asWritten, encodeURIComponent(secret), ...both, userinfo];
  return { value: { credentials: { username, password }, secrets: [...new Set(secrets)] } };
}

/** Whatever may be a credential in texts that hold a proxy's URL, whether or not it can be read: for a crash's report. */
export function credentialsIn(texts: readonly (string | undefined)[]): string[] {
  return texts.flatMap((text = '') => {
    const userinfo = /^(?:[^/]*:\/\/)?(.+)@/s.exec(text)?.[1];
    if (userinfo === undefined) return [];
    const password = userinfo.slice(userinfo.indexOf(':') + 1);
    return [userinfo, password].flatMap((part) => [part, decode(part) ?? part]);
  });
}

/** What the two ways of logging in cannot carry. */
function limits(scheme: ProxyUrl['scheme'], username: string, password: string): string | null {
  if (scheme === 'http' || scheme === 'https') {
    return username.includes(':') ? 'has a user with a colon, which is not possible with Basic (RFC 7617 §2)' : null;
  }
  const lengths = [username, password].map((part) => Buffer.byteLength(part));
  if (lengths.every((length) => length >= 1 && length <= SOCKS_LENGTH)) return null;
  return `needs a user and a password of 1 to ${SOCKS_LENGTH} bytes each (RFC 1929 §2); give both, or neither`;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}
