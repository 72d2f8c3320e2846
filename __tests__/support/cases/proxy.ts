import { ended, observation, proxySeen, unconnected, unproxied } from '../observation.ts';
import { type CasesOf, closed, seen } from './case.ts';

const unreachable = (stage: 'resolve' | 'connect' | 'tls' | 'answer', errno: string) =>
  unproxied({ what: 'unreachable', stage, errno, dialled: [] });
const refused = (answer: number, said: string, scheme: 'http' | 'socks5' | 'socks5h' = 'http') =>
  unproxied({ what: 'refused', answer, said }, { scheme });
const PASSWORD_REJECTED = unproxied(
  { what: 'auth', said: 'SOCKS: user and password rejected (status 1)' },
  { scheme: 'socks5h', withCredentials: true, from: 'ALL_PROXY' },
);

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
      seen('407 without credentials', unproxied({ what: 'auth', said: 'HTTP/1.1 407 no (it takes Basic)' })),
      seen(
        '407 with credentials that are not enough',
        unproxied({ what: 'auth', said: 'HTTP/1.1 407 no (it takes NTLM)' }, { withCredentials: true }),
      ),
      seen('SOCKS, and a password that is rejected', PASSWORD_REJECTED),
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
    ],
    notFound: [
      seen('a proxy that is not there', unreachable('connect', 'ECONNREFUSED')),
      seen('407', unproxied({ what: 'auth', said: 'HTTP/1.1 407 no' })),
      seen('a pass through a proxy', observation({ proxy: proxySeen() })),
    ],
  },
};
