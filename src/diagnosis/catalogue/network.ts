import type { AddressAttempt, Around } from '../../model/observation.ts';
import { ipFamily, isLoopback, isPrivate } from '../../shared/address.ts';
import { shellQuote } from '../../shared/shell.ts';
import {
  checkPort,
  lookAtNetwork,
  lookAtResolver,
  lookForServer,
  lookUpName,
  mendResolver,
  SHOW_ADDRESS,
  sayDialled,
  sayTryAgain,
} from './commands.ts';
import { nameCauses, nameRemedies } from './dns-names.ts';
import { type Blame, cure, entry, IMPACT, remedy } from './entry.ts';
import {
  aboutMachine,
  allDid,
  causesSeen,
  noIpv6,
  oldEntry,
  otherPort,
  remediesSeen,
  sayAround,
  sayOther,
  signOfLife,
} from './look-around.ts';

const RESOLVER_ALONE = 'the DNS servers or the hosts file know the name, and the resolver of this runner does not';

/** Whether another source of names than the system's resolver has an address. */
const isKnown = (around: Around | null): boolean =>
  dnsKnows(around) || (around?.name != null && around.name.hosts.length > 0);

const OUTDATED_HOSTS_FILE: Blame<{ readonly around: Around | null }> = {
  fault: 'runner',
  when: 'the hosts file of this runner has another address than the DNS',
  holds: ({ around }) => oldEntry(around).length > 0,
};

const lacksIpv6 = (dialled: readonly AddressAttempt[], around: Around | null): boolean =>
  around?.ipv6Route === false && dialled.length > 0 && dialled.every(({ family }) => family === 6);

const example = (errno: string | null, outcome: 'failed' | 'timeout' = 'failed') =>
  ({
    dialled: [{ address: '192.0.2.25', family: 4, startMs: 1, tookMs: errno ? 1 : 10_000, outcome, errno }],
    around: null,
  }) as const;

export const dnsNotFound = entry('dns-not-found', {
  impact: IMPACT.unreached,
  when: 'The name does not exist.',
  title: 'The name does not exist',
  blames: [
    {
      fault: 'settings',
      when: 'the name resolves with, or without, the final dot',
      holds: ({ around }) => (around?.name?.otherForm?.addresses.length ?? 0) > 0,
    },
    { fault: 'runner', when: RESOLVER_ALONE, holds: ({ around }) => isKnown(around) },
    {
      fault: 'runner',
      when: 'it is a name of a Kubernetes cluster, and this runner is in none',
      holds: (_, { host }, places) => /\.svc(?:\.|$)/.test(host) && !places.includes('kubernetes'),
    },
    {
      fault: 'settings',
      when: 'it is a single word, as the names of containers are',
      holds: ({ asked }, { host }) => asked === undefined && /^[\w-]+$/.test(host),
    },
  ],
  message: ({ around, asked }, { host }) => {
    const other = around?.name?.otherForm;
    if (other && other.addresses.length > 0)
      return `The name ${host} does not resolve, but ${other.name} does: write \`host: ${other.name}\`.`;
    const wrong = asked === undefined ? 'correct `host`' : 'correct the domain';
    return `The name ${host} does not exist for this runner's resolver: ${wrong}, or run the job in a network where the name exists.`;
  },
  evidence: ({ errno, around, asked = 'getaddrinfo' }) => `${asked}: ${errno}${sayAround(around)}`,
  causes: ({ around }, subject) => [
    ...nameCauses(around, subject),
    ...causesSeen(around, ''),
    'The name is misspelt, or its record was removed.',
    'The name is private: it exists only inside a network, a VPN or a cluster that this runner is not part of.',
    'It is the name of a container or service of another job or network.',
  ],
  remedies: ({ around, asked }, subject) => [
    ...nameRemedies(around, subject),
    ...remediesSeen(around, subject),
    ...(subject.host.includes('.')
      ? [
          cure(
            `Check the spelling of ${asked === undefined ? '`host`' : 'the domain'}, and ask a public resolver too. If it knows the name, this runner’s resolver has a problem. If not, the name is misspelt or private.`,
            lookUpName(subject, asked === undefined ? undefined : 'MX'),
            `${lookUpName(subject, asked === undefined ? undefined : 'MX')} 1.1.1.1`,
          ),
        ]
      : [
          remedy(
            'any',
            'Check the spelling of `host`, and whether the name resolves on another machine.',
            lookUpName(subject),
          ),
        ]),
    ...lookAtResolver(subject),
  ],
  example: { errno: 'ENOTFOUND', around: null },
});

export const dnsNoAddress = entry('dns-no-address', {
  impact: IMPACT.unreached,
  when: 'The name exists, but has no address of the wanted family (IPv4 or IPv6).',
  title: 'The name has no usable address',
  blames: [
    {
      fault: 'settings',
      when: '`ip-family` excludes the addresses that the name has',
      holds: ({ family }) => family !== 0,
    },
  ],
  message: ({ family, localAddress: source }, { host }) =>
    family === 0
      ? `The name ${host} exists but has no address: use the name of the mail server itself (a domain's MX records say which).`
      : source
        ? `The name ${host} has no IPv${family} address, which is what \`source-address: ${source}\` can reach: connect from an IPv${otherThan(family)} address of this machine, or publish ${family === 6 ? 'an AAAA' : 'an A'} record.`
        : `The name ${host} has no IPv${family} address: set \`ip-family\` to auto, or publish ${family === 6 ? 'an AAAA' : 'an A'} record.`,
  evidence: ({ family, around }) =>
    `${family === 0 ? 'the name has neither A nor AAAA records' : `the name has no IPv${family} address`}${sayAround(around)}`,
  causes: ({ family, around, localAddress: source }, subject) => [
    ...nameCauses(around, subject, family),
    ...causesSeen(around, ''),
    ...(family === 0
      ? [
          '`host` is a mail domain and not a server. Its MX records name the servers.',
          'The address record was removed.',
        ]
      : [
          `\`${source ? `source-address: ${source}` : `ip-family: ${family}`}\` excludes the addresses that the name has.`,
          'The record of that family was never published.',
        ]),
  ],
  remedies: ({ family, around, localAddress: source }, subject) => [
    ...nameRemedies(around, subject, family),
    ...remediesSeen(around, subject),
    family === 0
      ? cure('See which servers the domain names, and use one of them as `host`.', lookUpName(subject, 'MX'))
      : cure(
          source
            ? `Leave \`source-address\` out, or set it to an IPv${otherThan(family)} address of this machine. If you must test this family, publish the record.`
            : 'Set `ip-family: auto`. If you must test this family, publish the record.',
          lookUpName(subject, family === 6 ? 'AAAA' : 'A'),
        ),
    ...lookAtResolver(subject),
  ],
  example: { family: 6, around: null },
});

export const dnsUnavailable = entry('dns-unavailable', {
  impact: IMPACT.unreached,
  when: 'The resolver did not answer, or its answer cannot be used.',
  title: 'The resolver gave no usable answer',
  blames: [{ fault: 'runner', when: RESOLVER_ALONE, holds: ({ around }) => isKnown(around) }],
  message: ({ errno, answer, around }, { host }) => {
    if (answer !== undefined)
      return `This runner's resolver answered for ${host} with ${answer}: correct its DNS, or give the server's address as \`host\`.`;
    const fault = dnsKnows(around)
      ? 'the resolver has a problem, because the DNS itself answers'
      : 'its DNS has a problem, not the mail server';
    return `This runner's resolver gave no address for ${host} (${errno}): ${fault}.`;
  },
  evidence: ({ errno, asked = 'getaddrinfo', answer, around }) =>
    `${answer === undefined ? `${asked}: ${errno}` : `${asked} answered with ${answer}`}${sayAround(around)}`,
  causes: ({ answer, around }, subject) => [
    ...nameCauses(around, subject),
    ...causesSeen(around, ''),
    ...(answer !== undefined
      ? [
          'The DNS server, or something between it and this runner (a captive portal, a filter), sends wrong answers.',
          'The records of the name are wrong.',
        ]
      : dnsKnows(around)
        ? ['The failure was temporary: the DNS answered a moment later.']
        : [
            "The runner's DNS server is down, unreachable or overloaded.",
            "A container's resolver does not forward queries for external names.",
            'A firewall drops DNS on port 53.',
          ]),
  ],
  remedies: ({ around }, subject) => [
    ...nameRemedies(around, subject),
    ...remediesSeen(around, subject),
    ...mendResolver(subject),
    remedy('any', `If this is temporary, ${sayTryAgain('60s')}.`),
  ],
  example: { errno: 'EAI_AGAIN', around: null },
});

const otherThan = (family: 4 | 6) => (family === 6 ? 4 : 6);

/** Whether the DNS servers, asked by themselves, gave an address. */
function dnsKnows(around: Around | null): boolean {
  return around?.name?.dns.answer === 'addresses';
}

export const connectRefused = entry('connect-refused', {
  impact: IMPACT.unreached,
  when: 'The machine answers, but nothing listens on the port.',
  title: 'Nothing listens on the port',
  blames: [
    OUTDATED_HOSTS_FILE,
    {
      fault: 'settings',
      when: 'another SMTP port of the same address greets',
      holds: ({ around }) => otherPort(around) !== undefined,
    },
  ],
  message: ({ around }, { at, port }) => {
    const other = otherPort(around);
    return other
      ? `${at} refused the connection, but ${sayOther(other)}: use that port, or start the service that should listen on ${port}.`
      : `${at} refused the connection: the machine answers, but nothing listens on this port, so start the mail server or correct the port.`;
  },
  evidence: ({ dialled, around }) => `${sayDialled(dialled)}${sayAround(around)}`,
  causes: ({ around }, { port }) => [
    ...causesSeen(around, `The server does not offer port ${port}`),
    allDid(around) === 'refused'
      ? 'The mail server is not running, or still starting: its other SMTP ports refused as well.'
      : 'The mail server is not running, or still starting.',
    'It listens on another port, or only on another interface (inside a container, 127.0.0.1 is the container and not the host).',
    'A firewall rejects the connection.',
  ],
  remedies: ({ around }, subject) => [
    ...remediesSeen(around, subject),
    ...lookForServer(subject),
    remedy('any', `If the server is still starting, ${sayTryAgain('60s')}.`),
    ...(around
      ? []
      : [
          remedy(
            'any',
            'See whether one of the other SMTP ports answers.',
            ...[587, 465, 25].map((port) => checkPort({ ...subject, port })),
          ),
        ]),
  ],
  example: example('ECONNREFUSED'),
});

export const connectTimeout = entry('connect-timeout', {
  impact: IMPACT.unreached,
  when: 'The connection got no answer in time.',
  title: 'No answer to the connection',
  blames: [
    OUTDATED_HOSTS_FILE,
    {
      fault: 'runner',
      when: 'the same host greets on another port, or the runner has no IPv6',
      holds: ({ dialled, around }) => otherPort(around) !== undefined || lacksIpv6(dialled, around),
    },
    {
      fault: 'runner',
      when: 'the address is private, and the runner is hosted by GitHub',
      holds: ({ dialled, around }) => around?.hosted === true && dialled.every(({ address }) => isPrivate(address)),
    },
  ],
  message: ({ around }, { at, port }) => {
    const other = otherPort(around);
    if (other) {
      return `${at} did not answer in time, but ${sayOther(other)}: use that port, or ask for port ${port} to be opened.`;
    }
    const life = signOfLife(around);
    if (life !== null) {
      return `${at} did not answer in time, but ${life}: the machine is up, and most likely a firewall drops the packets to port ${port}.`;
    }
    if (allDid(around) === 'timeout') {
      return `${at} did not answer in time, nor did its other SMTP ports: the machine is down, or a firewall on the way drops the packets.`;
    }
    return port === 25
      ? `${at} did not answer in time: many networks block outbound port 25, so try port 587, and look for a firewall that drops the packets.`
      : `${at} did not answer in time: a firewall on the way drops the packets, or the machine is down.`;
  },
  evidence: ({ dialled, around }) => `${sayDialled(dialled)}${sayAround(around)}`,
  causes: ({ around }, { port }) => [
    ...causesSeen(around, `Port ${port} is not offered, or is filtered`),
    ...(around ? aboutMachine(around) : []),
    ...(port === 25 ? ["This runner's network blocks outbound port 25, as most cloud networks do."] : []),
    "A firewall of this network or of the server drops the packets. Many servers allow only known addresses, and a runner's address is not one of them.",
    ...(around ? [] : aboutMachine(around)),
    ...(port === 465 || port === 2525
      ? ['The provider does not offer this port: 587 is the usual one for submission (RFC 6409).']
      : []),
  ],
  remedies: ({ around }, subject) => [
    ...remediesSeen(around, subject),
    ...lookAtNetwork(subject),
    ...(subject.port === 587 || around
      ? []
      : [remedy('any', 'Try the submission port.', checkPort({ ...subject, port: 587 }))]),
    remedy(
      'any',
      'Try the port from another machine too: if it answers there, the network of this one is the reason.',
      checkPort(subject),
    ),
  ],
  example: example(null, 'timeout'),
});

/** A literal, in brackets or not, with a zone or not. */
const isIpv6 = (host: string): boolean => ipFamily(host.replace(/^\[|\]$|%.*$/g, '')) === 6;

export const connectUnreachable = entry('connect-unreachable', {
  impact: IMPACT.unreached,
  when: 'The network has no route to the server.',
  title: 'No route to the server',
  blames: [
    {
      fault: 'network',
      when: 'another port of the same address answers',
      holds: ({ around }) => signOfLife(around) !== null,
    },
  ],
  message: ({ dialled }, { at, host, localAddress }) =>
    dialled.length > 0 && dialled.every((a) => a.family === 6)
      ? `This runner has no route to ${at} over IPv6${localAddress ? ` from ${localAddress}` : ''}: ${localAddress ? 'leave `source-address` out, or set it to an IPv4 address' : isIpv6(host) ? 'give the server’s name or its IPv4 address as `host`' : 'set `ip-family: 4`'}, or run the job where IPv6 works.`
      : `This runner cannot reach ${at}${localAddress ? ` from ${localAddress}` : ''}: its network has no route there, or a firewall rejects the packets.`,
  evidence: ({ dialled, around }) => `${sayDialled(dialled)}${sayAround(around)}`,
  causes: ({ dialled, around }, { port, localAddress }) => [
    ...noIpv6(dialled, around),
    ...causesSeen(around, `A firewall rejects port ${port} only`),
    ...(localAddress
      ? [
          `The network of \`source-address: ${localAddress}\` has no way there: an address of loopback reaches loopback only.`,
        ]
      : []),
    'The address is in a private network that this runner is not part of.',
    'A firewall or router rejects the packets (ICMP “administratively prohibited”).',
  ],
  remedies: ({ dialled, around }, subject) => [
    ...remediesSeen(around, subject),
    ...(subject.localAddress
      ? [
          cure(
            'Leave `source-address` out, or set it to the address that the route to the server begins with (`src` in what the command shows).',
            `ip route get ${shellQuote(dialled[0]?.address ?? subject.host)}`,
          ),
        ]
      : []),
    ...(dialled.some((a) => a.family === 6) && !subject.localAddress
      ? [
          cure(
            isIpv6(subject.host)
              ? '`host` is an IPv6 address: give the server’s name or its IPv4 address instead, or run the job where IPv6 works.'
              : 'Use IPv4: `ip-family: 4`.',
            'ip -6 route show default',
          ),
        ]
      : []),
    ...lookAtNetwork(subject),
    remedy(
      'any',
      'See which route the packets would take.',
      `ip route get ${shellQuote(dialled[0]?.address ?? subject.host)}${subject.localAddress ? ` from ${shellQuote(subject.localAddress)}` : ''}`,
    ),
  ],
  example: example('ENETUNREACH'),
});

export const connectReset = entry('connect-reset', {
  impact: IMPACT.unreached,
  byProxy: true,
  when: 'The connection was reset before a greeting.',
  title: 'The connection was reset before a greeting',
  blames: [
    {
      fault: 'server',
      when: 'the server is on this machine: there is no network on the way',
      holds: (_, { host }) => isLoopback(host),
    },
  ],
  message: ({ errno }, { at }) =>
    `${at} reset the connection before its greeting (${errno}): the server or a firewall refuses this runner.`,
  evidence: ({ errno, around }) => `${errno} before a greeting${sayAround(around)}`,
  causes: ({ around }, { port }) => [
    ...causesSeen(around, `Port ${port} is not in use, or not for this runner`),
    'A firewall or load balancer resets connections that it does not allow.',
    'The server’s process crashes on every connection, or there is a proxy without a working server behind it.',
    'This runner’s address is blocked (fail2ban, a block list).',
  ],
  remedies: ({ around }, subject) => [
    ...remediesSeen(around, subject),
    cure(
      `If the server is restarting, ${sayTryAgain('60s')}; if it refuses every connection from here, allow this runner’s address (the command shows it) on the server: in its firewall, in fail2ban.`,
      SHOW_ADDRESS,
    ),
    ...lookForServer(subject),
  ],
  example: { errno: 'ECONNRESET', around: null },
});
