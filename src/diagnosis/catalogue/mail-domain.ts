import type { TlsaRecord } from '../../model/mail-domain.ts';
import { shellQuote } from '../../shared/shell.ts';
import { firstLine, sayMs } from '../../shared/text.ts';
import type { FactsOf, Finding, PolicyFailure } from '../findings.ts';
import * as certificate from './certificate.ts';
import { fromContainer, fromPod, lookAtServer, startTls } from './commands.ts';
import { type Advice, cure, type Entry, entry, remedy, type Subject } from './entry.ts';
import { inEachElsewhere, quoted } from './other-places.ts';
import * as tls from './tls.ts';

/** How many records, names or problems a text names, and how much of a record. */
const MOST_NAMED = 5;
const RECORD_LENGTH = 200;
/** A week, in seconds: long enough for senders to keep the policy, and short enough to change it. */
const MAX_AGE = 604_800;

const UNPROTECTED =
  'Senders deliver as if there were no policy, so an attacker in the network can read or redirect mail to the domain.';
const TURNED_AWAY = 'Senders that apply the policy, such as Gmail and Microsoft 365, do not deliver to this server.';
const LOCAL =
  'The records exist only in the public DNS or only in a private one, and this runner does not use the resolver that senders use.';

const policyHost = (domain: string) => `mta-sts.${domain}`;
const policyUrl = (domain: string) => `https://${policyHost(domain)}/.well-known/mta-sts.txt`;

function quoteAll(records: readonly string[]): string {
  const shown = records.slice(0, MOST_NAMED).map((text) => JSON.stringify(text.slice(0, RECORD_LENGTH)));
  return shown.join(', ') + (records.length > MOST_NAMED ? `, and ${records.length - MOST_NAMED} more` : '');
}

function listNames(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The policy to publish, each line an argument of `printf`: the mode stays, and every MX host is named. */
function writePolicy(mode: 'enforce' | 'testing' | 'none' | null, hosts: readonly string[]): string {
  const names = hosts.length > 0 ? hosts : ['mx1.example.com'];
  const lines = [
    'version: STSv1',
    `mode: ${mode ?? 'testing'}`,
    ...names.map((host) => `mx: ${host}`),
    `max_age: ${MAX_AGE}`,
  ];
  return `printf '%s\\n' ${lines.map(shellQuote).join(' ')} > mta-sts.txt`;
}

/** The record that tells senders of a policy: a changed one needs an id of its own (RFC 8461 §3.1). */
const recordOf = (domain: string, id: string) => `\`_mta-sts.${domain}. TXT "v=STSv1; id=${id}"\``;

const askForRecord = (name: string) => `dig +short ${shellQuote(name)} TXT`;
const fetchPolicy = (domain: string) => `curl -sS -i --max-time 60 ${shellQuote(policyUrl(domain))}`;

/** How to ask the DNS for records, in each place, and the servers that are responsible for them. */
function lookAtRecords(name: string, type: 'TXT' | 'A' | 'TLSA', domain: string): Advice[] {
  const ask = `nslookup -type=${type} ${shellQuote(name)}`;
  return [
    remedy(
      'any',
      'See which DNS servers are responsible for the domain, and ask one of them.',
      `dig +short ${shellQuote(domain)} NS`,
    ),
    remedy('github-hosted', 'See what the runner’s resolver knows.', ask),
    remedy('docker-compose', 'See whether a container and its host get the same records.', fromContainer(ask), ask),
    remedy('systemd', 'Ask the system’s resolver.', `resolvectl query --type=${type} ${shellQuote(name)}`),
    remedy('kubernetes', 'See what the cluster’s DNS knows. It may have its own zone for the domain.', fromPod(ask)),
    ...inEachElsewhere('See what the resolver of this machine knows.', {
      windows: [`Resolve-DnsName ${quoted(name)} -Type ${type}`, 'Get-DnsClientServerAddress'],
      macos: [ask, 'scutil --dns'],
      gitlab: [ask],
      container: [ask, 'cat /etc/resolv.conf'],
    }),
  ];
}

export const mtaStsRecordInvalid = entry('mta-sts-record-invalid', {
  impact: UNPROTECTED,
  when: 'The TXT record at `_mta-sts.<domain>` cannot be used (RFC 8461 §3.1), so senders ignore the policy of the domain.',
  title: 'The MTA-STS record is not valid',
  message: ({ domain, problems }) =>
    `The MTA-STS record of ${domain} is not valid (${problems[0] ?? ''}), so senders go on as if there were no policy: publish exactly one record, with an id.`,
  evidence: ({ domain, records, problems }) => `_mta-sts.${domain} TXT ${quoteAll(records)}: ${problems.join('; ')}`,
  causes: ({ records }) => [
    ...(records.length > 1
      ? ['An old record was not removed when a new one was published.']
      : ['The record was mistyped, or the form of the DNS provider added quotes or spaces.']),
    'The id is a date with hyphens or a URL; only letters and digits are allowed, at most 32.',
    'A wildcard TXT record answers for this name as well.',
  ],
  remedies: ({ domain, id }) => [
    cure(
      `Publish exactly one record: ${recordOf(domain, id)}. Change the id whenever the policy changes.`,
      askForRecord(`_mta-sts.${domain}`),
    ),
    ...lookAtRecords(`_mta-sts.${domain}`, 'TXT', domain),
  ],
  example: {
    domain: 'example.com',
    records: ['v=STSv1; id=2026-11-29'],
    problems: ['its id "2026-11-29" has other characters than letters and digits'],
    id: '20261129101500',
  },
});

/** Why a policy could not be read, in a clause. */
function sayFailure(failure: PolicyFailure, domain: string): string {
  const host = policyHost(domain);
  switch (failure.kind) {
    case 'no-record':
      return `the DNS did not answer for _mta-sts.${domain} (${failure.errno})`;
    case 'no-address':
      return `the name ${host} has no address (${failure.errno})`;
    case 'private-address':
      return `${host} has the address ${failure.address}, which is not on the internet and was not connected to`;
    case 'no-connection':
      return `${host} cannot be connected to at port 443 (${failure.what})`;
    case 'no-tls':
      return `TLS with ${host} failed (${[failure.errno, failure.reason].filter(Boolean).join(': ')})`;
    case 'certificate':
      return `the certificate of ${host} is not valid: ${sayFault(failure.session)}`;
    case 'status':
      return failure.location === null
        ? `${host} answered with the status ${failure.status}, and only 200 counts`
        : `${host} answered with the status ${failure.status}, a redirect to ${JSON.stringify(failure.location.slice(0, RECORD_LENGTH))}, and senders do not follow redirects`;
    case 'too-large':
      return `the policy is larger than ${failure.limit / 1_024} KB`;
    case 'timeout':
      return `${host} did not send the policy within ${sayMs(failure.ms)}`;
    case 'no-http':
      return `${host} did not answer as an HTTP server (${failure.what})`;
  }
}

type Session = Extract<PolicyFailure, { kind: 'certificate' }>['session'];

function sayFault({ chain, chainError, named, at }: Session): string {
  const [leaf] = chain;
  if (!leaf) return 'there is none';
  if (leaf.validTo < at) return `it expired on ${leaf.validTo.toISOString().slice(0, 10)}`;
  const names = named ? [] : [`it names ${leaf.names.length > 0 ? listNames(leaf.names) : 'nobody'}`];
  const trust = chainError === null || /HOSTNAME_MISMATCH|ALTNAME/.test(chainError) ? [] : [sayChainError(chainError)];
  return [...names, ...trust].join(', and ');
}

function sayChainError(errno: string): string {
  return errno === 'DEPTH_ZERO_SELF_SIGNED_CERT' ? 'it is self-signed' : `it is not trusted (${errno})`;
}

const CAUSE_OF: { readonly [K in PolicyFailure['kind']]: readonly string[] } = {
  'no-record': ['The DNS server of the domain has a fault, or does not know names that begin with an underscore.'],
  'no-address': ['The TXT record was published, and the host that serves the policy was not, or was removed.', LOCAL],
  'private-address': [
    'The DNS that this runner uses has an internal address for the policy host.',
    'The record is wrong.',
  ],
  'no-connection': [
    'The web server does not run, or listens at port 80 only.',
    'A firewall between this runner and the policy host blocks port 443.',
  ],
  'no-tls': [
    'The web server has no certificate for this name, and refuses the connection.',
    'The web server knows TLS 1.0 or 1.1 only.',
  ],
  certificate: [
    'The name of the policy host is an alias (CNAME) of a provider that has no certificate for it yet.',
    'The certificate was not renewed, or does not include the name of the policy host.',
  ],
  status: [
    'The provider behind the alias (CNAME) has no policy for this domain.',
    'The web server redirects all requests, for example to `www` or to another path.',
    'The file is not at `/.well-known/mta-sts.txt`.',
  ],
  'too-large': ['The web server sends a page in place of the policy.'],
  timeout: ['The web server is overloaded, or limits requests from this network.'],
  'no-http': ['The port does not belong to a web server, or the web server stopped in the middle of its answer.'],
};

export const mtaStsPolicyUnavailable = entry('mta-sts-policy-unavailable', {
  impact: UNPROTECTED,
  when: 'The record says that there is a policy, but the policy cannot be read as RFC 8461 §3.3 requires: HTTPS with a valid certificate, status 200, no redirect, at most 64 KB.',
  title: 'The MTA-STS policy cannot be read',
  message: ({ domain, failure }) =>
    `The MTA-STS policy of ${domain} cannot be read (${sayFailure(failure, domain)}), so senders go on as if there were no policy: serve it at ${policyUrl(domain)}.`,
  evidence: ({ domain, failure }) => `${policyUrl(domain)}: ${sayFailure(failure, domain)}`,
  causes: ({ failure }) => [...CAUSE_OF[failure.kind]],
  remedies: ({ domain, failure, hosts }) => [
    cure(
      `Serve the policy at ${policyUrl(domain)} itself: status 200, \`text/plain\`, with a certificate for \`${policyHost(domain)}\`, and without a redirect. The commands show what senders get, and write a policy with every MX host that the DNS has now, for a policy that is lost.`,
      fetchPolicy(domain),
      writePolicy(null, hosts),
    ),
    ...(failure.kind === 'no-record'
      ? lookAtRecords(`_mta-sts.${domain}`, 'TXT', domain)
      : lookAtRecords(policyHost(domain), 'A', domain)),
    ...(failure.kind === 'certificate' || failure.kind === 'no-tls'
      ? [
          remedy(
            'any',
            'See which certificate the policy host sends.',
            `curl -sSv --max-time 60 ${shellQuote(policyUrl(domain))} 2>&1 | grep -i -A 8 'server certificate'`,
          ),
        ]
      : []),
    remedy(
      'any',
      `If the domain has no policy any more, first serve one with \`mode: none\` for as long as the old \`max_age\`, then remove the record \`_mta-sts.${domain}.\`.`,
    ),
  ],
  example: {
    domain: 'example.com',
    failure: { kind: 'status', status: 404, location: null },
    hosts: ['mx.example.com'],
  },
});

export const mtaStsPolicyInvalid = entry('mta-sts-policy-invalid', {
  impact: UNPROTECTED,
  when: 'The policy does not have the form of RFC 8461 §3.2, or is not sent as `text/plain`: senders ignore it, or some of them do.',
  title: 'The MTA-STS policy is not valid',
  message: ({ domain, problems, mode }) =>
    `The MTA-STS policy of ${domain} is not valid (${problems[0] ?? ''}), so ${mode === null ? 'senders go on as if there were no policy' : 'some senders ignore it, and others apply what they can read'}: correct it, and change the id of its record.`,
  evidence: ({ domain, problems, text }) =>
    `${policyUrl(domain)}: ${problems.join('; ')}; it begins with ${JSON.stringify(text.slice(0, RECORD_LENGTH))}`,
  causes: ({ problems }) => [
    ...(problems.some((problem) => /BOM|CR alone/.test(problem))
      ? ['The file was saved by an editor that adds a byte order mark, or with the line ends of another system.']
      : []),
    ...(problems.some((problem) => /Content-Type|text\/plain/.test(problem))
      ? ['The web server has no media type for `.txt`, or a page of its framework answers in place of the file.']
      : []),
    'A key or a value is misspelt. Only `version`, `mode`, `mx` and `max_age` mean something, in lower case.',
    'The `mx` lines were written as addresses, or with wildcards that the RFC does not have.',
  ],
  remedies: ({ domain, mode, hosts, id }) => [
    cure(
      `Publish this file at ${policyUrl(domain)}: it names the MX hosts that the DNS has now. Then change the id, so that senders read it: ${recordOf(domain, id)}.${mode === null ? ' When reports show no failures, change `testing` to `enforce`.' : ''}`,
      writePolicy(mode, hosts),
    ),
    remedy('any', 'See what senders get, with its headers.', fetchPolicy(domain)),
    ...lookAtRecords(`_mta-sts.${domain}`, 'TXT', domain),
  ],
  example: {
    domain: 'example.com',
    problems: ['it has no mx, but "nmx", which means nothing'],
    mode: null,
    text: 'version: STSv1\nmode: enforce\nnmx: mx.example.com\nmax_age: 604800\n',
    hosts: ['mx.example.com'],
    id: '20261129101500',
  },
});

/** What senders do, by the mode of the policy. */
const sayMode = (mode: string) =>
  mode === 'testing' ? 'deliver all the same and report it (mode testing)' : 'do not deliver to it (mode enforce)';

export const mtaStsMxMismatch = entry('mta-sts-mx-mismatch', {
  impact: TURNED_AWAY,
  when: 'No `mx` line of the policy matches the name of an MX host (RFC 8461 §4.1): `fail` with mode enforce, `warn` with mode testing.',
  title: 'The MX host is not in the MTA-STS policy',
  message: ({ domain, mode }, { host }) =>
    `${host} is an MX host of ${domain} and is not in its MTA-STS policy, so senders ${sayMode(mode)}: add the line \`mx: ${host}\` to the policy, or correct the MX record.`,
  evidence: ({ domain, host, mode, patterns }) =>
    `MX of ${domain}: ${host}; ${policyUrl(domain)}: mode ${mode}, mx ${listNames(patterns)}`,
  causes: ({ patterns, host }) => [
    ...(patterns.some((pattern) => pattern.startsWith('*.') && host.endsWith(pattern.slice(1)))
      ? ['The name has more labels than the wildcard stands for: `*.` is exactly one label.']
      : []),
    ...(patterns.some((pattern) => host === pattern.replace(/^\*\./, ''))
      ? ['A wildcard does not match the name without a first label.']
      : []),
    'The MX records were changed, for example to another provider, and the policy was not.',
    'The policy is a provider’s example, and this domain has MX hosts of other names.',
  ],
  remedies: ({ domain, mode, host, hosts, id }) => [
    cure(
      `Add \`mx: ${host}\` to the policy at ${policyUrl(domain)}, with every MX host that the DNS has now, as the command writes it. Then change the id, so that senders read it: ${recordOf(domain, id)}.`,
      writePolicy(mode, hosts),
    ),
    remedy(
      'any',
      'Compare the MX records with the policy.',
      `dig +short ${shellQuote(domain)} MX`,
      fetchPolicy(domain),
    ),
    remedy(
      'any',
      `Until it is corrected, \`mode: testing\` lets mail through. Senders keep the old policy for as long as its \`max_age\`, unless the id changes.`,
    ),
    ...lookAtRecords(`_mta-sts.${domain}`, 'TXT', domain),
  ],
  example: {
    domain: 'example.com',
    mode: 'enforce',
    host: 'mx2.example.com',
    patterns: ['mx1.example.com'],
    hosts: ['mx1.example.com', 'mx2.example.com'],
    id: '20261129101500',
  },
});

/** The entry of what a strict sender meets; `undefined` for what is about something else than TLS. */
function innerEntry({ code }: Finding): Entry<unknown> | undefined {
  const entries: readonly unknown[] = [...Object.values(certificate), ...Object.values(tls)];
  return entries.find((one) => (one as { code: string }).code === code) as Entry<unknown> | undefined;
}

function inShort({ code, facts }: Finding): string {
  switch (code) {
    case 'certificate-name-mismatch':
      return `its certificate does not name ${facts.name}`;
    case 'certificate-expired':
      return 'its certificate has expired';
    case 'certificate-not-yet-valid':
      return 'its certificate is not valid yet';
    case 'certificate-self-signed':
      return 'its certificate is self-signed';
    case 'certificate-untrusted':
      return `no authority that is trusted has issued its certificate (${facts.errno})`;
    case 'certificate-weak':
      return `its certificate is too weak (${facts.weakness})`;
    case 'starttls-not-offered':
      return 'it does not offer STARTTLS';
    case 'starttls-refused':
      return `it refused STARTTLS with "${firstLine(facts.reply)}"`;
    case 'starttls-injection':
      return 'plaintext came in the place of TLS';
    default:
      return 'TLS did not come about';
  }
}

const isLearned = ({ because }: FactsOf['mta-sts-certificate']) => innerEntry(because) !== undefined;

const alsoOf = (others: readonly string[]) => (others.length > 0 ? ` (also of ${listNames(others)})` : '');

/** What to do where senders need a certificate of a public authority, whom this runner trusts or not. */
function certify(host: string, subject: Subject): Advice[] {
  return [
    cure(
      `Give the server a certificate for \`${host}\` from a public authority, with its intermediate certificates. If one server has several MX names, the certificate needs all of them.`,
      `sudo certbot certonly -d ${shellQuote(host)}`,
      startTls(subject),
    ),
  ];
}

const OWN_CERTIFICATE = /^certificate-(?:name-mismatch|self-signed|untrusted)$/;

export const mtaStsCertificate = entry('mta-sts-certificate', {
  impact: TURNED_AWAY,
  when: 'The policy demands TLS, and an MX host does not offer STARTTLS, or its certificate is not valid for its name (RFC 8461 §4.2): `fail` with mode enforce, `warn` with mode testing, or if it could not be checked.',
  title: 'The MX host does not meet the MTA-STS policy',
  message: (facts, { at }) => {
    const { domain, mode, because, others } = facts;
    if (!isLearned(facts)) {
      return `${at} could not be checked by the MTA-STS policy of ${domain}, because a second connection, for STARTTLS, ended with ${because.code}: check it again, or set \`mta-sts: false\`.`;
    }
    return `${at} does not meet the MTA-STS policy of ${domain}${alsoOf(others)}, because ${inShort(because)}, so senders ${sayMode(mode)}: correct it on the server.`;
  },
  evidence: ({ domain, mode, because }) =>
    `${policyUrl(domain)}: mode ${mode}; ${because.code}: ${innerEntry(because)?.evidence(because.facts) ?? 'no TLS was seen'}`,
  causes: (facts, subject) => [
    ...(OWN_CERTIFICATE.test(facts.because.code)
      ? [
          'The MX name is not the name in the certificate: senders verify the name of the MX record, not that of the domain or of the server.',
        ]
      : []),
    ...(innerEntry(facts.because)?.causes(facts.because.facts, subject) ?? [
      'The server limits how many connections one client makes, or its answer took too long.',
    ]),
  ],
  remedies: ({ domain, because, id }, subject) => [
    ...(OWN_CERTIFICATE.test(because.code)
      ? certify(subject.host, subject)
      : (innerEntry(because)?.remedies(because.facts, subject) ?? [])),
    remedy('any', 'See what a sender gets, and which policy it applies.', startTls(subject), fetchPolicy(domain)),
    remedy(
      'any',
      `Until it is corrected, \`mode: testing\` in the policy lets mail through. Change the id as well: ${recordOf(domain, id)}.`,
    ),
    ...lookAtServer(subject),
  ],
  example: {
    domain: 'example.com',
    mode: 'enforce',
    others: [],
    id: '20261129101500',
    because: {
      code: 'certificate-name-mismatch',
      status: 'fail',
      facts: certificate.certificateNameMismatch.example,
      address: null,
    },
  },
});

export const tlsRptInvalid = entry('tls-rpt-invalid', {
  impact:
    'Senders do not report when TLS to the domain fails, so nobody hears of mail that is not delivered for that reason.',
  when: 'The TXT record at `_smtp._tls.<domain>` cannot be used (RFC 8460 §3). It is not needed for delivery.',
  title: 'The TLS-RPT record is not valid',
  message: ({ domain, problems }) =>
    `The TLS-RPT record of ${domain} is not valid (${problems[0] ?? ''}), so senders send no reports about TLS: publish exactly one record, with an address for reports.`,
  evidence: ({ domain, records, problems }) => `_smtp._tls.${domain} TXT ${quoteAll(records)}: ${problems.join('; ')}`,
  causes: ({ records }) => [
    ...(records.length > 1 ? ['An old record was not removed when a new one was published.'] : []),
    'The record was mistyped, or the address for reports has no `mailto:`.',
  ],
  remedies: ({ domain }) => [
    cure(
      `Publish exactly one record: \`_smtp._tls.${domain}. TXT "v=TLSRPTv1; rua=mailto:tls-reports@${domain}"\`, with an address that is read.`,
      askForRecord(`_smtp._tls.${domain}`),
    ),
    ...lookAtRecords(`_smtp._tls.${domain}`, 'TXT', domain),
  ],
  example: {
    domain: 'example.com',
    records: ['v=TLSRPTv1; rua=tls-reports@example.com'],
    problems: ['its rua "tls-reports@example.com" has no mailto: before the address'],
  },
});

const sayTlsa = ({ usage, selector, matchingType, data }: TlsaRecord) =>
  `${usage} ${selector} ${matchingType} ${data.slice(0, 16)}…`;

const SAY_MATCH: { readonly [K in FactsOf['dane-unverified']['match']]: string } = {
  matches: 'the certificate that the server shows matches',
  differs: 'the certificate that the server shows matches none of them',
  'not-usable': 'none of them has a usage that mail uses (2 or 3, RFC 7672 §3.1)',
  'not-seen': 'no certificate was seen to compare them with',
};

export const daneUnverified = entry('dane-unverified', {
  impact:
    'Senders with DANE deliver only if DNSSEC proves the records and the certificate matches one of them, and that cannot be verified from here.',
  when: 'An MX host has TLSA records (DANE, RFC 7672). Whether its certificate matches is said, and DNSSEC is not checked, so nothing passes or fails by it. Needs Node.js 22.15 or newer.',
  title: 'DANE is published, and not verified',
  message: ({ match }, { host }) =>
    `${host} has TLSA records (DANE), and ${SAY_MATCH[match]}; DNSSEC is not checked from here, so this decides nothing: check it with a resolver that validates.`,
  evidence: ({ host, records, more, match }) =>
    `_25._tcp.${host} TLSA ${records.slice(0, MOST_NAMED).map(sayTlsa).join(', ')}${more + records.length > MOST_NAMED ? ', and more' : ''}: ${SAY_MATCH[match]}; DNSSEC was not checked`,
  causes: ({ match }) => [
    ...(match === 'differs'
      ? ['The certificate was renewed with a new key, and the TLSA record was not changed.']
      : []),
    'The domain uses DANE. Whether the answer is signed cannot be seen through the resolver of this machine.',
  ],
  remedies: ({ domain, host, match }, subject) => [
    ...(match === 'differs'
      ? [
          cure(
            `Publish the record of the key that the server uses now, beside the old one until its time to live is over: \`_25._tcp.${host}. TLSA 3 1 1 …\`. The command computes its data.`,
            `printf 'QUIT\\r\\n' | ${startTls(subject)} | openssl x509 -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum`,
          ),
        ]
      : []),
    remedy(
      'any',
      'Ask with DNSSEC. The flag `ad` says that your resolver has validated the answer.',
      `dig +dnssec ${shellQuote(`_25._tcp.${host}`)} TLSA`,
    ),
    remedy(
      'any',
      'To leave this information out, set `ignore: dane-unverified`, or `mta-sts: false` for no questions about the domain at all.',
    ),
    ...lookAtRecords(`_25._tcp.${host}`, 'TLSA', domain),
  ],
  example: {
    domain: 'example.com',
    host: 'mx.example.com',
    records: [
      {
        usage: 3,
        selector: 1,
        matchingType: 1,
        data: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    ],
    more: 0,
    match: 'matches',
  },
});
