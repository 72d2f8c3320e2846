import type { Around, Observation } from '../../../src/model/observation.ts';
import {
  around,
  dialled,
  ended,
  greetingPort,
  nameLook,
  observation,
  portLook,
  unconnected,
  unresolved,
} from '../observation.ts';
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

/** No answer on the port that is given, and what a look around then saw. */
const silent = (port: number, over: Partial<Around> = {}) => ({
  ...unconnected(null),
  around: around({
    port,
    ports: SMTP_PORTS.filter((other) => other !== port).map((other) => portLook(other)),
    ...over,
  }),
});
const SMTP_PORTS = [587, 465, 2525, 25];
const hosted = { hosted: true };
const submissions = portLook(465, { answer: 'tls', tookMs: 40 });

export const network: CasesOf = {
  'dns-not-found': {
    found: [
      seen('a name that does not exist', unresolved('ENOTFOUND', false)),
      seen('a name of which nobody says whether it exists', unresolved('ENOTFOUND', null)),
      UNRESOLVED_MX['dns-not-found'],
      seen('a name that resolves without its final dot', {
        ...unresolved('ENOTFOUND', false),
        around: around({ name: nameLook({ otherForm: { name: 'mail.example.com', addresses: ['192.0.2.25'] } }) }),
      }),
      seen('a name that the DNS and the hosts file know', {
        ...unresolved('ENOTFOUND', false),
        around: around({ name: nameLook({ hosts: ['10.0.0.5'] }) }),
      }),
      seen('a name that no source knows, with a proxy in the environment', {
        ...unresolved('ENOTFOUND', false),
        around: around({
          name: nameLook({
            otherForm: { name: 'mail.example.com.', addresses: [] },
            dns: { answer: 'no-such-name', addresses: [] },
            search: ['corp.example'],
          }),
          proxyVariable: 'https_proxy',
        }),
      }),
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
      seen('a name without an address for a source address', unresolved('ENOTFOUND', true), {
        ipFamily: '6',
        sourceAddress: { address: '2001:db8::7' },
      }),
      seen(
        'a name whose other family answers',
        { ...unresolved('ENOTFOUND', true), around: around({ name: nameLook(), otherFamily: greetingPort(587) }) },
        { ipFamily: '6' },
      ),
      seen('a resolver that says so', unresolved('EAI_NODATA')),
      seen('a resolver that speaks of the family', unresolved('EAI_ADDRFAMILY')),
    ],
    notFound: [seen('a name that does not exist', unresolved('ENOTFOUND', false), { ipFamily: '6' })],
  },
  'dns-unavailable': {
    found: [
      seen('a resolver that fails for now', unresolved('EAI_AGAIN')),
      seen('a resolver that fails, and a DNS that answers', {
        ...unresolved('EAI_AGAIN'),
        around: around({ name: nameLook() }),
      }),
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
      seen('a refusal, and another port that greets', {
        ...unconnected('ECONNREFUSED'),
        around: around({ port: 2526, ports: [greetingPort(587), portLook(465, { answer: 'refused' }), portLook(25)] }),
      }),
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
      seen(
        'no answer on 465, and 587 greets',
        silent(465, { ports: [greetingPort(587), portLook(2525), portLook(25)] }),
      ),
      seen('no answer on 587 of a hosted runner', silent(587, hosted)),
      seen('no answer on any port', silent(25)),
      seen('no answer on 25, and 587 refuses', silent(25, { ports: [portLook(587, { answer: 'refused' })] })),
    ],
    notFound: [
      seen('a refusal among time-outs', unconnected(null, 'ECONNREFUSED')),
      seen('no answer on 25, and 587 greets', silent(25, { ports: [greetingPort(587)] })),
      seen('no route', unconnected('ENETUNREACH')),
      seen('no route in either family', bothFamilies('ENETUNREACH', 'EHOSTUNREACH')),
      seen('a deadline that ran out', ended('connect', deadline())),
    ],
  },
  'connect-blocked': {
    found: [
      seen('no answer on 25, and 587 greets', silent(25, { ports: [greetingPort(587), submissions, portLook(2525)] })),
      seen('no answer on 25, and 465 answers in TLS', silent(25, { ports: [portLook(587), submissions] })),
      seen('no answer on 25 of a hosted runner', silent(25, hosted)),
      seen('no answer on 25 of a hosted runner, and 587 greets', silent(25, { ...hosted, ports: [greetingPort(587)] })),
      seen('the system’s own time-out on 25', { ...unconnected('ETIMEDOUT'), around: around({ port: 25, ...hosted }) }),
    ],
    notFound: [
      seen('no answer on 25, and nobody looked around', unconnected(null)),
      seen('no answer on 25, nor on any other port', silent(25)),
      seen('no answer on 465, and 587 greets', silent(465, { ports: [greetingPort(587)] })),
      seen('no answer on 465 of a hosted runner', silent(465, hosted)),
      seen(
        'no answer on 25, and FTP on 587',
        silent(25, { ports: [greetingPort(587, { text: '220 (vsFTPd 3.0.5)' })] }),
      ),
      seen('no answer on 25, and a refusal on 587', silent(25, { ports: [greetingPort(587, { text: '554 no' })] })),
      seen(
        'no answer on 25, and SSH on 2525',
        silent(25, { ports: [portLook(2525, { answer: 'other', text: 'SSH-2.0-x' })] }),
      ),
      seen('no answer on 25, which answers over the other family', {
        ...silent(25, { ...hosted, otherFamily: greetingPort(25) }),
      }),
      seen('no answer on 25, which accepts a connection over the other family', {
        ...silent(25, { ...hosted, otherFamily: portLook(25, { answer: 'silent' }) }),
      }),
      seen(
        'no answer on 25 of a hosted runner that has no way to the host',
        silent(25, {
          ...hosted,
          ports: [portLook(587, { answer: 'unreachable' }), portLook(465, { answer: 'unreachable' })],
        }),
      ),
      seen(
        'no answer on 25 of a service beside a hosted runner',
        silent(25, { ...hosted, ports: [portLook(587, { address: '172.18.0.2' })] }),
      ),
      seen('a refusal on 25 of a hosted runner', {
        ...unconnected('ECONNREFUSED'),
        around: around({ port: 25, ...hosted }),
      }),
    ],
  },
  'connect-unreachable': {
    found: [
      seen('no route to the network', unconnected('ENETUNREACH')),
      seen('no route to the host', unconnected('EHOSTUNREACH')),
      seen('no route to IPv6, and IPv4 answers', {
        ...unconnected(),
        dialled: [dialled({ address: '2001:db8::25', family: 6, errno: 'ENETUNREACH' })],
        around: around({ ipv6Route: false, otherFamily: greetingPort(587) }),
      }),
      seen('no route, though there is one for IPv6', {
        ...unconnected(),
        dialled: [dialled({ address: '2001:db8::25', family: 6, errno: 'EHOSTUNREACH' })],
        around: around({ ipv6Route: true }),
      }),
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
      seen('a reset, and another port that greets', {
        ...unconnected('ECONNRESET'),
        around: around({ port: 25, ports: [greetingPort(587, { startTls: null })] }),
      }),
      seen('a broken pipe before a greeting', ended('greeting', reset('', 'EPIPE'))),
    ],
    notFound: [
      seen('a reset in the greeting', ended('greeting', reset('220-wait'))),
      seen('a close before a greeting', ended('greeting', closed())),
    ],
  },
};
