import { shellQuote } from '../../shell.ts';
import type { FactsOf } from '../findings.ts';
import { cure, type Entry, remedy } from './entry.ts';
import {
  checkPort,
  lookAtNetwork,
  lookAtResolver,
  lookAtServer,
  lookUpName,
  mendResolver,
  sayDialled,
} from './phrases.ts';

const example = (errno: string | null, outcome: 'failed' | 'timeout' = 'failed') =>
  ({
    dialled: [{ address: '192.0.2.25', family: 4, startMs: 1, tookMs: errno ? 1 : 10_000, outcome, errno }],
  }) as const;

export const dnsNotFound: Entry<FactsOf['dns-not-found']> = {
  when: 'The name does not exist.',
  title: 'The name does not exist',
  message: (_, { host }) =>
    `The name ${host} does not exist for this runner's resolver: correct \`host\`, or run where that name is known.`,
  evidence: ({ errno }) => `getaddrinfo: ${errno}`,
  causes: () => [
    'The name is misspelt, or its record was removed.',
    'The name is private: it is known only inside a network, a VPN or a cluster where this runner is not.',
    'The value names a container or service of another job or network.',
  ],
  remedies: (_, subject) => [
    ...(subject.host.includes('.')
      ? [
          cure(
            'Check the spelling of `host`, and ask a public resolver too: if it knows the name, this runner’s resolver is at fault; if not, the name is misspelt or private.',
            lookUpName(subject),
            `${lookUpName(subject)} 1.1.1.1`,
          ),
        ]
      : [remedy('any', 'Check the spelling of `host` against what resolves elsewhere.', lookUpName(subject))]),
    ...lookAtResolver(subject),
  ],
  example: { errno: 'ENOTFOUND' },
};

export const dnsNoAddress: Entry<FactsOf['dns-no-address']> = {
  when: 'The name exists, with no address of the wanted family.',
  title: 'The name has no usable address',
  message: ({ family }, { host }) =>
    family === 0
      ? `The name ${host} exists and has no address: use the name of the mail server itself (a domain's MX records say which).`
      : `The name ${host} has no IPv${family} address: set \`ip-family\` to auto, or publish ${family === 6 ? 'an AAAA' : 'an A'} record.`,
  evidence: ({ family }) =>
    family === 0 ? 'the name has neither A nor AAAA records' : `the name has no IPv${family} address`,
  causes: ({ family }) =>
    family === 0
      ? [
          '`host` is a mail domain, whose MX records name the servers, and no server itself.',
          'The address record was removed.',
        ]
      : [
          `\`ip-family: ${family}\` excludes the addresses that the name has.`,
          'The record of that family was never published.',
        ],
  remedies: ({ family }, subject) => [
    family === 0
      ? cure('See which servers the domain names, and use one of them as `host`.', lookUpName(subject, 'MX'))
      : cure(
          'Set `ip-family: auto`, unless this family must be tested; then have the record published.',
          lookUpName(subject, family === 6 ? 'AAAA' : 'A'),
        ),
    ...lookAtResolver(subject),
  ],
  example: { family: 6 },
};

export const dnsUnavailable: Entry<FactsOf['dns-unavailable']> = {
  when: 'The resolver did not answer.',
  title: 'The resolver did not answer',
  message: ({ errno }, { host }) =>
    `This runner's resolver did not say what ${host} is (${errno}): its DNS is at fault, not the mail server.`,
  evidence: ({ errno }) => `getaddrinfo: ${errno}`,
  causes: () => [
    "The runner's DNS server is down, unreachable or overloaded.",
    "A container's resolver does not forward names of the outside.",
    'A firewall drops DNS on port 53.',
  ],
  remedies: (_, subject) => [
    ...mendResolver(subject),
    remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 60s`.'),
  ],
  example: { errno: 'EAI_AGAIN' },
};

export const connectRefused: Entry<FactsOf['connect-refused']> = {
  when: 'Nothing listens there.',
  title: 'The connection was refused',
  message: (_, { at }) =>
    `${at} refused the connection: the machine is there and nothing listens on that port, so start the mail server or correct the port.`,
  evidence: ({ dialled }) => sayDialled(dialled),
  causes: () => [
    'The mail server is not running, or still starting.',
    'It listens on another port, or only on another interface (127.0.0.1 inside a container is not the host’s).',
    'A firewall answers with a rejection.',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('any', 'If the server is still starting, let the gate wait for it: `wait: 60s`.'),
    remedy(
      'any',
      'See whether one of the other SMTP ports is the one that is meant.',
      ...[587, 465, 25].map((port) => checkPort({ ...subject, port })),
    ),
  ],
  example: example('ECONNREFUSED'),
};

export const connectTimeout: Entry<FactsOf['connect-timeout']> = {
  when: 'No answer in time.',
  title: 'No answer to the connection',
  message: (_, { at, port }) =>
    port === 25
      ? `${at} did not answer in time: many networks block outbound port 25, so try port 587, and look for a firewall that drops the packets.`
      : `${at} did not answer in time: a firewall on the way drops the packets, or the machine is down.`,
  evidence: ({ dialled }) => sayDialled(dialled),
  causes: (_, { port }) => [
    ...(port === 25 ? ["This runner's network blocks outbound port 25, as most cloud networks do."] : []),
    "A firewall, here or there, drops the packets; servers often admit known addresses only, and a runner's is not among them.",
    'The machine is down, or the address is an old one.',
    ...(port === 465 || port === 2525
      ? ['The provider does not offer this port: 587 is the usual one for submission (RFC 6409).']
      : []),
  ],
  remedies: (_, subject) => [
    ...lookAtNetwork(subject),
    ...(subject.port === 587 ? [] : [remedy('any', 'Try the submission port.', checkPort({ ...subject, port: 587 }))]),
  ],
  example: example(null, 'timeout'),
};

export const connectUnreachable: Entry<FactsOf['connect-unreachable']> = {
  when: 'There is no route.',
  title: 'No route to the server',
  message: ({ dialled }, { at }) =>
    dialled.length > 0 && dialled.every((a) => a.family === 6)
      ? `There is no way from this runner to ${at} over IPv6: set \`ip-family: 4\`, or run where IPv6 works.`
      : `There is no way from this runner to ${at}: its network has no route there, or a firewall rejects the packets.`,
  evidence: ({ dialled }) => sayDialled(dialled),
  causes: ({ dialled }) => [
    ...(dialled.some((a) => a.family === 6) ? ['This runner has no IPv6 (GitHub-hosted runners have none).'] : []),
    'The address is in a private network that this runner is not part of.',
    'A firewall or router rejects the packets as administratively prohibited.',
  ],
  remedies: ({ dialled }, subject) => [
    ...(dialled.some((a) => a.family === 6)
      ? [remedy('any', 'Use IPv4: `ip-family: 4`.', 'ip -6 route show default')]
      : []),
    ...lookAtNetwork(subject),
    remedy(
      'any',
      'See which way the packets would go.',
      `ip route get ${shellQuote(dialled[0]?.address ?? subject.host)}`,
    ),
  ],
  example: example('ENETUNREACH'),
};

export const connectReset: Entry<FactsOf['connect-reset']> = {
  when: 'The connection was reset before a greeting.',
  title: 'The connection was reset before a greeting',
  message: ({ errno }, { at }) =>
    `${at} reset the connection before it said a word (${errno}): the server or a firewall turned this runner away.`,
  evidence: ({ errno }) => `${errno} before a greeting`,
  causes: () => [
    'A firewall or load balancer resets connections that it does not admit.',
    'The server’s process crashes on every connection, or a proxy before it has no server behind it.',
    'This runner’s address is blocked (fail2ban, a block list).',
  ],
  remedies: (_, subject) => [
    ...lookAtServer(subject),
    remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
  ],
  example: { errno: 'ECONNRESET' },
};
