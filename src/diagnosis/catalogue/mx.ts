import { shellQuote } from '../../shared/shell.ts';
import { fromContainer, fromPod, lookUpName } from './commands.ts';
import { entry, type Remedy, remedy, type Subject } from './entry.ts';
import { exchangersElsewhere } from './other-places.ts';

export const mxNotFound = entry('mx-not-found', {
  impact: 'The DNS names no server for this domain’s mail, so no message can be delivered.',
  when: 'The domain has no mail exchanger: neither a usable MX record nor an address.',
  title: 'The domain has no mail exchanger',
  message: ({ odd }, { host }) =>
    odd.length > 0
      ? `The MX records of ${host} name no host: correct them, or name the mail server itself as the target.`
      : `The domain ${host} exists, but has neither an MX record nor an address: publish an MX record, correct the domain, or name the mail server itself as the target.`,
  evidence: ({ odd }) =>
    odd.length > 0
      ? `MX records that name no host: ${odd.map((name) => JSON.stringify(name)).join(', ')}`
      : 'the name has no MX, A or AAAA records',
  causes: ({ odd }) =>
    odd.length > 0
      ? [
          'An MX record must contain a host name (RFC 5321 §5.1). Here it contains an address, an empty name, or characters that are not allowed in a host name.',
        ]
      : [
          'The domain is misspelt, or is the parent domain or a subdomain of the one that receives mail.',
          'Its MX records were removed, or never published.',
          'The records exist only inside a private network, and this runner does not use the resolver of that network.',
        ],
  remedies: (_, subject) => [
    ...askForMx(subject),
    remedy(
      'any',
      'See which DNS servers are responsible for the domain. If their answer has no MX record, it must be added there.',
      `dig +noall +answer +authority ${shellQuote(subject.host)} MX`,
    ),
    remedy('any', 'If you know the server, give its name and port as the target.'),
  ],
  example: { odd: [] },
});

export const mxNull = entry('mx-null', {
  impact: 'The domain declares that it accepts no mail, so every message to it is returned.',
  when: 'The domain declares that it accepts no mail (null MX, RFC 7505).',
  title: 'The domain accepts no mail',
  message: (_, { host }) =>
    `The domain ${host} declares that it accepts no mail (null MX, RFC 7505): use the domain that receives the mail, or name the mail server itself as the target.`,
  evidence: ({ preference }) => `MX ${preference} .`,
  causes: () => [
    'The domain is only for sending mail or for a web site, and another domain receives the mail.',
    'The record comes from a template of the DNS provider for domains without mail.',
  ],
  remedies: (_, subject) => [
    ...askForMx(subject),
    remedy('any', 'If the domain has to receive mail, replace the record `MX 0 .` by the name of its mail server.'),
    remedy(
      'any',
      'If you want to check only outgoing mail, give the name and port of the server that accepts it as the target.',
    ),
  ],
  example: { preference: 0 },
});

/** How to see, in each place, which mail exchangers the DNS names. */
function askForMx(subject: Subject): Remedy[] {
  const host = shellQuote(subject.host);
  const ask = lookUpName(subject, 'MX');
  return [
    remedy('github-hosted', 'See which mail exchangers the runner’s resolver knows.', ask, `dig +short ${host} MX`),
    remedy(
      'docker-compose',
      'See whether a container and its host get the same mail exchangers.',
      fromContainer(ask),
      ask,
    ),
    remedy(
      'systemd',
      'Ask the system’s resolver, then the DNS server itself.',
      `resolvectl query --type=MX ${host}`,
      `dig +short ${host} MX`,
      ask,
    ),
    remedy(
      'kubernetes',
      'See which mail exchangers the cluster’s DNS knows. It may have its own zone for the domain.',
      fromPod(ask),
      'kubectl --namespace kube-system get configmap coredns --output yaml',
    ),
    ...exchangersElsewhere(subject, ask),
  ];
}
