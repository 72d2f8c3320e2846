import { shellQuote } from '../../shared/shell.ts';
import { fromContainer, fromPod, lookUpName } from './commands.ts';
import { entry, type Remedy, remedy, type Subject } from './entry.ts';

export const mxNotFound = entry('mx-not-found', {
  impact: 'No server is named that takes this domain’s mail, so none can be delivered.',
  when: 'The domain has no mail exchanger: neither a usable MX record nor an address of its own.',
  title: 'The domain has no mail exchanger',
  message: ({ odd }, { host }) =>
    odd.length > 0
      ? `The MX records of ${host} name no host: correct them, or name the mail server itself as the target.`
      : `The domain ${host} exists, and has neither an MX record nor an address: publish an MX record, correct the domain, or name the mail server itself as the target.`,
  evidence: ({ odd }) =>
    odd.length > 0
      ? `MX records that name no host: ${odd.map((name) => JSON.stringify(name)).join(', ')}`
      : 'the name has no MX, A or AAAA records',
  causes: ({ odd }) =>
    odd.length > 0
      ? [
          'An MX record has to name a host (RFC 5321 §5.1), and here holds an address, an empty name, or characters that no host name has.',
        ]
      : [
          'The domain is misspelt, or is the parent or a child of the one that receives mail.',
          'Its MX records were removed, or never published.',
          'The records are published inside a private network alone, whose resolver this runner does not ask.',
        ],
  remedies: (_, subject) => [
    ...askForMx(subject),
    remedy(
      'any',
      'Ask who is responsible for the domain: an answer without records means that they have to be published there.',
      `dig +noall +answer +authority ${shellQuote(subject.host)} MX`,
    ),
    remedy('any', 'If the server is known, leave out the look-up: give its name and port as the target.'),
  ],
  example: { odd: [] },
});

export const mxNull = entry('mx-null', {
  impact: 'The domain says that it takes no mail, so every message to it is returned.',
  when: 'The domain declares that it takes no mail (null MX, RFC 7505).',
  title: 'The domain takes no mail',
  message: (_, { host }) =>
    `The domain ${host} declares that it takes no mail (null MX, RFC 7505): use the domain that receives the mail, or name the mail server itself as the target.`,
  evidence: ({ preference }) => `MX ${preference} .`,
  causes: () => [
    'The domain is meant to send mail or to serve a web site alone, and the one that receives mail is another.',
    'The record was published by a template of the DNS provider for a domain without mail.',
  ],
  remedies: (_, subject) => [
    ...askForMx(subject),
    remedy('any', 'If the domain has to receive mail, replace the record `MX 0 .` by the name of its mail server.'),
    remedy(
      'any',
      'If only the way out is to be checked, give the name and port of the server that takes the mail as the target.',
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
      'See whether a container and its host are told the same mail exchangers.',
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
      'See which mail exchangers the cluster’s DNS knows; it may hold a zone of its own for the domain.',
      fromPod(ask),
      'kubectl --namespace kube-system get configmap coredns --output yaml',
    ),
  ];
}
