import type { ProxySeen } from '../../../src/model/observation.ts';
import { ended, observation, proxySeen, unconnected, unproxied } from '../observation.ts';
import { type CasesOf, closed, seen, silence } from './case.ts';

const unreachable = (stage: 'resolve' | 'connect' | 'tls' | 'answer', errno: string) =>
  unproxied({ what: 'unreachable', stage, errno, dialled: [] });
const refused = (answer: number, said: string, scheme: 'http' | 'socks5' | 'socks5h' = 'http') =>
  unproxied({ what: 'refused', answer, said }, { scheme });
const PASSWORD_REJECTED = unproxied(
  { what: 'auth', said: 'SOCKS: user and password rejected (status 1)', offers: [] },
  { scheme: 'socks5h', withCredentials: true, from: 'ALL_PROXY' },
);

const auth = (...offers: string[]) =>
  unproxied({ what: 'auth', said: `HTTP/1.1 407 no (it takes ${offers.join(', ')})`, offers });
const malformed = (text: string) => ({ kind: 'malformed', reply: { malformed: 'not-a-reply', text } }) as const;
/** What was heard in the place of a greeting, through a proxy that had opened the connection. */
const page = (text: string, over: Partial<ProxySeen> = {}) =>
  ended('greeting', malformed(text), { proxy: proxySeen(over) });

export const proxy: CasesOf = {
  'proxy-unreachable': {
    found: [
      seen('a proxy that refuses connections', unreachable('connect', 'ECONNREFUSED')),
      seen('a proxy that does not answer', unreachable('connect', 'timeout')),
      seen('a proxy without a name', unreachable('resolve', 'ENOTFOUND')),
      seen('a proxy that closes in the handshake', unreachable('tls', 'closed')),
      seen('a proxy that says nothing', unreachable('answer', 'timeout')),
    ],
    notFound: [
      seen('a server that refuses connections', unconnected('ECONNREFUSED')),
      seen('a server that closes, through a proxy', ended('greeting', closed(), { proxy: proxySeen() })),
      seen('a proxy that refuses', refused(403, 'HTTP/1.1 403 Forbidden')),
    ],
  },
  'proxy-auth-required': {
    found: [
      seen('407 without credentials', auth('Basic')),
      seen('407 with several schemes, Basic among them', auth('Negotiate', 'NTLM', 'basic')),
      seen('407 that says nothing of schemes', auth()),
      seen(
        '407 with credentials that are not enough',
        unproxied(
          { what: 'auth', said: 'HTTP/1.1 407 no (it takes NTLM)', offers: ['NTLM'] },
          { withCredentials: true },
        ),
      ),
      seen('407 with Negotiate alone', auth('Negotiate')),
      seen('407 with Digest alone', auth('Digest')),
      seen('407 with a scheme that nobody has', auth('Bearer', 'x-magic')),
      seen('SOCKS, and a password that is rejected', PASSWORD_REJECTED),
      seen(
        'SOCKS, and a login of another kind',
        unproxied(
          { what: 'auth', said: 'SOCKS: GSSAPI (method 1, which was not offered)', offers: ['GSSAPI'] },
          { scheme: 'socks5' },
        ),
      ),
    ],
    notFound: [seen('403', refused(403, 'HTTP/1.1 403 Forbidden'))],
  },
  'proxy-refused': {
    found: [
      seen('403', refused(403, 'HTTP/1.1 403 Forbidden')),
      seen('502', refused(502, 'HTTP/1.1 502 Bad Gateway')),
      seen('SOCKS, connection refused', refused(5, 'SOCKS reply 5: connection refused', 'socks5')),
      seen('SOCKS, not allowed', refused(2, 'SOCKS reply 2: connection not allowed by ruleset', 'socks5h')),
      seen('garbage', unproxied({ what: 'garbage', said: 'no HTTP: SSH-2.0-x' })),
      seen(
        'a certificate',
        unproxied({ what: 'untrusted', said: 'certificate CN=x: CERT_HAS_EXPIRED' }, { scheme: 'https' }),
      ),
      seen('200 and a page of HTML', page('<html><body>Blocked</body></html>')),
      seen('200 and a page, with TLS to the proxy', page('<!DOCTYPE html>', { scheme: 'https' })),
      seen('200 and a second answer', page('HTTP/1.1 403 Forbidden')),
      seen('200 and a page without an end', ended('greeting', silence('<html>'), { proxy: proxySeen() })),
      seen('200, half a page and a close', ended('greeting', closed('\n <script>'), { proxy: proxySeen() })),
      seen('200 and a page in chunks', page('4d2')),
      seen('SOCKS, and an answer of HTTP', page('HTTP/1.1 403 Forbidden', { scheme: 'socks5h' })),
      seen('SOCKS, and a page of HTML', page('<html><body>Blocked</body></html>', { scheme: 'socks5' })),
      seen('200 and a page in the place of TLS', {
        ...ended('tls', { kind: 'handshake', errno: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version number' }),
        proxy: proxySeen(),
        plainLook: { answer: 'greeting', text: '<html>', offersStartTls: null },
      }),
    ],
    notFound: [
      seen('a proxy that is not there', unreachable('connect', 'ECONNREFUSED')),
      seen('407', auth()),
      seen('a web server, without a proxy', ended('greeting', malformed('<html><body>hello'))),
      seen('an alert of TLS, through a proxy', page('\x15\x03\x01\0\x02\x02F', { scheme: 'socks5h' })),
      seen('words of no known protocol, through a proxy', page('hello there')),
      seen('a mail server that speaks of HTML', page('220 <html> ESMTP')),
      seen('half of a greeting', ended('greeting', closed('22'), { proxy: proxySeen() })),
      seen('a pass through a proxy', observation({ proxy: proxySeen() })),
    ],
  },
};
