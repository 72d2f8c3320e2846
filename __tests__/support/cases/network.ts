import type { Observation } from '../../../src/observation.ts';
import { dialled, ended, observation, unconnected, unresolved } from '../observation.ts';
import { type CasesOf, closed, deadline, reset, seen, silence } from './case.ts';
import { UNRESOLVED_MX } from './mx.ts';

/** An attempt in which an IPv6 and an IPv4 address failed, each with its errno (`null`: no answer). */
function bothFamilies(six: string | null, four: string | null): Observation {
  const attempt = (errno: string | null) => ({ errno, outcome: errno === null ? 'timeout' : 'failed' }) as const;
  return ended(
    'connect',
    { kind: 'no-connection' },
    {
      dialled: [
        dialled({ address: '2001:db8::25', family: 6, ...attempt(six) }),
        dialled({ address: '192.0.2.25', family: 4, ...attempt(four) }),
      ],
    },
  );
}

export const network: CasesOf = {
  'dns-not-found': {
    found: [
      seen('a name that does not exist', unresolved('ENOTFOUND', false)),
      seen('a name of which nobody says whether it exists', unresolved('ENOTFOUND', null)),
      UNRESOLVED_MX['dns-not-found'],
    ],
    notFound: [
      seen('a name without an address', unresolved('ENOTFOUND', true)),
      seen('no resolver', unresolved('EAI_AGAIN')),
    ],
  },
  'dns-no-address': {
    found: [
      seen('a name without an address', unresolved('ENOTFOUND', true)),
      seen('a name without an address of the family', unresolved('ENOTFOUND', true), { ipFamily: '6' }),
      seen('a name without an IPv4 address', unresolved('ENOTFOUND', true), { ipFamily: '4' }),
      seen('a resolver that says so', unresolved('EAI_NODATA')),
      seen('a resolver that speaks of the family', unresolved('EAI_ADDRFAMILY')),
    ],
    notFound: [seen('a name that does not exist', unresolved('ENOTFOUND', false), { ipFamily: '6' })],
  },
  'dns-unavailable': {
    found: [
      seen('a resolver that fails for now', unresolved('EAI_AGAIN')),
      seen('a resolver that fails for good', unresolved('EAI_FAIL')),
      seen('a resolver that does not answer', ended('resolve', silence())),
      UNRESOLVED_MX['dns-unavailable'],
      seen(
        'a resolver that makes its answer up',
        ended('resolve', { kind: 'resolver', errno: 'EBADRESP', answer: '"x", which is no IP address' }),
      ),
    ],
    notFound: [
      seen('a name that does not exist', unresolved('ENOTFOUND', false)),
      seen('a deadline that ran out', ended('resolve', deadline())),
    ],
  },
  'connect-refused': {
    found: [
      seen('a refusal', unconnected('ECONNREFUSED')),
      seen('a refusal after a time-out', unconnected(null, 'ECONNREFUSED')),
      seen('a refusal after no route', unconnected('ENETUNREACH', 'ECONNREFUSED', 'ECONNRESET')),
      seen('a refusal over IPv4, and no IPv6', bothFamilies('ENETUNREACH', 'ECONNREFUSED')),
      seen('a refusal over IPv4, and no IPv6 address of ours', bothFamilies('EADDRNOTAVAIL', 'ECONNREFUSED')),
    ],
    notFound: [
      seen('a time-out', unconnected(null)),
      seen(
        'a refusal, and another address that answered',
        observation({ dialled: [dialled({ errno: 'ECONNREFUSED' }), dialled({ outcome: 'connected' })] }),
      ),
    ],
  },
  'connect-timeout': {
    found: [
      seen('no answer', unconnected(null)),
      seen('the system’s own time-out', unconnected('ETIMEDOUT')),
      seen('no answer, and no route for the other family', unconnected('ENETUNREACH', null)),
      seen('no answer over IPv4, and no IPv6', bothFamilies('ENETUNREACH', null)),
      seen('no answer over IPv4, and no IPv6 address of ours', bothFamilies('EADDRNOTAVAIL', null)),
      seen('no answer over IPv4, and no way over IPv6', bothFamilies('EHOSTUNREACH', 'ETIMEDOUT')),
      seen('no IPv4, and no answer over IPv6', bothFamilies(null, 'ENETUNREACH')),
    ],
    notFound: [
      seen('a refusal among time-outs', unconnected(null, 'ECONNREFUSED')),
      seen('no route', unconnected('ENETUNREACH')),
      seen('no route in either family', bothFamilies('ENETUNREACH', 'EHOSTUNREACH')),
      seen('a deadline that ran out', ended('connect', deadline())),
    ],
  },
  'connect-unreachable': {
    found: [
      seen('no route to the network', unconnected('ENETUNREACH')),
      seen('no route to the host', unconnected('EHOSTUNREACH')),
      seen('no address of ours to come from', unconnected('EADDRNOTAVAIL')),
      seen('packets that are prohibited', unconnected('EACCES')),
      seen('no IPv6 in the kernel', unconnected('EAFNOSUPPORT')),
      seen('no route in either family', bothFamilies('ENETUNREACH', 'EHOSTUNREACH')),
    ],
    notFound: [
      seen('a time-out after no route', unconnected('ENETUNREACH', null)),
      seen('a refusal over IPv4, and no IPv6', bothFamilies('ENETUNREACH', 'ECONNREFUSED')),
      seen('a refusal', unconnected('ECONNREFUSED')),
    ],
  },
  'connect-reset': {
    found: [
      seen('a reset while connecting', unconnected('ECONNRESET')),
      seen('a reset before a greeting', ended('greeting', reset())),
      seen('a broken pipe before a greeting', ended('greeting', reset('', 'EPIPE'))),
    ],
    notFound: [
      seen('a reset in the greeting', ended('greeting', reset('220-wait'))),
      seen('a close before a greeting', ended('greeting', closed())),
    ],
  },
};
