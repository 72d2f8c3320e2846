import { DAY_MS } from '../../model/observation.ts';
import { ipFamily, isLoopback } from '../../shared/address.ts';
import type { FactsOf } from '../findings.ts';
import { isImplicit, toServer } from './commands.ts';
import { cure, entry, IMPACT, type Remedy, remedy, type Subject } from './entry.ts';
import { certificateElsewhere, trustElsewhere } from './other-places.ts';

/** No clock that is right is before the first version of this program. */
const OLDEST_NOW = Date.UTC(2025, 0, 1);
const isName = (name: string): boolean => ipFamily(name) === 0;

type Certified = Pick<FactsOf['certificate-self-signed'], 'certificate' | 'name'>;

/** Subject, issuer, names and dates: all that is needed to find the certificate again. */
function sayCertificate({ certificate, name }: Certified): string {
  const { subject, issuer, names, validFrom, validTo } = certificate;
  const shown = names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '');
  return `subject ${subject || '(empty)'}; issuer ${issuer || '(empty)'}; names ${shown || '(none)'}; valid from ${day(validFrom)} to ${day(validTo)}; verified for ${name}`;
}

function day(date: Date): string {
  return Number.isNaN(+date) ? '(unreadable)' : date.toISOString().slice(0, 10);
}

function sayDays(count: number): string {
  return count === 1 ? '1 day' : `${count} days`;
}

/** The server's own certificate and its dates, by hand. */
function showCertificate(subject: Subject): string {
  const starttls = isImplicit(subject) ? '' : ' -starttls smtp';
  return `printf 'QUIT\\r\\n' | openssl s_client${starttls} -showcerts ${toServer(subject)} | openssl x509 -noout -subject -issuer -dates -ext subjectAltName`;
}

const look = (subject: Subject): Remedy =>
  remedy('any', 'The command shows which certificate the server sends.', showCertificate(subject));

/** A renewed certificate is of no use until the server has read it. */
function renew(subject: Subject): Remedy[] {
  return [
    cure(
      'On the server, renew the certificate and reload the server, so that it uses the new file. The last command shows the dates of the certificate that it sends.',
      'sudo certbot renew',
      'sudo systemctl reload postfix exim4 dovecot',
      showCertificate(subject),
    ),
    remedy(
      'systemd',
      'See when the certificates on the server’s machine expire, and whether the automatic renewal runs.',
      'sudo certbot certificates',
      'systemctl list-timers --all --no-pager | grep -i -e certbot -e acme',
    ),
    remedy(
      'kubernetes',
      'See whether the issuer has renewed it, then restart the pods that use it.',
      'kubectl get certificates --all-namespaces',
      'kubectl describe certificates --all-namespaces',
    ),
    remedy(
      'docker-compose',
      'Renew the file that is mounted, then restart the service (replace `mail` by its name).',
      'docker compose config | grep -n -i -e cert -e pem',
      'docker compose restart mail',
    ),
    remedy('github-hosted', 'Only the server’s operator can renew it.', showCertificate(subject)),
    ...certificateElsewhere('renew', showCertificate(subject)),
  ];
}

/** Where the server's own configuration says which certificate it sends, in each place. */
function lookAtConfiguration(subject: Subject): Remedy[] {
  return [
    remedy(
      'systemd',
      'On the server, see which certificate is configured, correct it, and reload the server.',
      'postconf smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_CAfile',
      'sudo systemctl reload postfix exim4 dovecot',
    ),
    remedy('docker-compose', 'See which certificate files the service gets.', 'docker compose config'),
    remedy(
      'kubernetes',
      'See which certificates the cluster has, and how old they are.',
      'kubectl get secrets --all-namespaces --field-selector type=kubernetes.io/tls',
    ),
    remedy(
      'github-hosted',
      'If the certificate is wrong, only the server’s operator can correct it.',
      showCertificate(subject),
    ),
    ...certificateElsewhere('correct', showCertificate(subject)),
  ];
}

/** How to have an authority of one's own trusted, in each place. */
function trust(subject: Subject): Remedy[] {
  return [
    remedy(
      'github-hosted',
      'If the authority is your own, store its certificate as a variable and give it as `tls-ca`.',
      'gh variable set MAIL_CA < ca.pem',
    ),
    remedy(
      'docker-compose',
      'If the authority is your own, mount its certificate and give its path as `tls-ca`.',
      'docker compose config --volumes',
    ),
    remedy(
      'systemd',
      'If the authority is your own, give its path as `tls-ca`, or add it to the trusted authorities of the system.',
      'sudo cp ca.pem /usr/local/share/ca-certificates/mail-ca.crt',
      'sudo update-ca-certificates',
    ),
    remedy(
      'kubernetes',
      'If the authority is your own, mount its certificate in the runner’s pods and give its path as `tls-ca`.',
      'kubectl create configmap mail-ca --from-file=ca.pem',
    ),
    ...trustElsewhere(),
    remedy(
      'any',
      'If the certificate is from a public authority, configure the server to send the whole chain: its own certificate, then each intermediate certificate.',
      showCertificate(subject),
    ),
  ];
}

/** The certificate that stands last in what the server sends, to be given as an authority once it was compared. */
function giveAuthority(subject: Subject): Remedy {
  const starttls = isImplicit(subject) ? '' : ' -starttls smtp';
  return cure(
    'If the certificate is your own, give its authority as `tls-ca: ca.pem` (a path, or the PEM text). To get it, run the commands, compare the fingerprint with the one on the server, and keep the file.',
    `printf 'QUIT\\r\\n' | openssl s_client${starttls} -showcerts ${toServer(subject)} | awk '/BEGIN CERT/{c=""} {c=c $0 "\\n"} /END CERT/{last=c} END{printf "%s", last}' > ca.pem`,
    'openssl x509 -in ca.pem -noout -subject -fingerprint -sha256',
  );
}

export const certificateExpired = entry('certificate-expired', {
  impact: IMPACT.unsafe,
  when: 'The certificate, or another one in its chain, has expired (`warn` with `tls: auto` and with `tls-verify: false`, unless `certificate-fail-days` is set).',
  title: 'The certificate has expired',
  message: ({ certificate, daysAgo }, { at }) =>
    `The certificate of ${at} expired ${daysAgo === 0 ? 'today' : `${sayDays(daysAgo)} ago`}, on ${day(certificate.validTo)}: renew it and reload the server.`,
  evidence: sayCertificate,
  causes: () => [
    'The renewal failed, or was never set up.',
    'The certificate was renewed, but the server was not reloaded.',
    'An intermediate certificate has expired, although the server’s own is valid.',
    'This runner’s clock is wrong.',
  ],
  remedies: (_, subject) => renew(subject),
  example: { ...example(), daysAgo: 2 },
});

export const certificateNotYetValid = entry('certificate-not-yet-valid', {
  impact: IMPACT.unsafe,
  when: 'The certificate, or another one in its chain, is not valid yet (`warn` with `tls: auto` and with `tls-verify: false`).',
  title: 'The certificate is not valid yet',
  blames: [
    {
      fault: 'runner',
      when: 'the clock of this runner is years behind',
      holds: ({ certificate, daysAhead }) => +certificate.validFrom - daysAhead * DAY_MS < OLDEST_NOW,
    },
  ],
  message: ({ certificate, daysAhead }, { at }) =>
    `The certificate of ${at} is valid only from ${day(certificate.validFrom)}, in ${sayDays(daysAhead)}: use the old certificate until then, or correct this runner's clock.`,
  evidence: sayCertificate,
  causes: () => ['This runner’s clock is wrong.', 'The new certificate was installed too early.'],
  remedies: (_, subject) => [
    cure(
      'Compare this machine’s clock with the certificate’s dates. If the clock is wrong, correct it. Otherwise use the old certificate on the server until then.',
      'date -u',
      showCertificate(subject),
    ),
    ...lookAtConfiguration(subject),
  ],
  example: { ...example(), daysAhead: 5 },
});

export const certificateNameMismatch = entry('certificate-name-mismatch', {
  impact: IMPACT.unsafe,
  when: 'The certificate is not for the host (`warn` with `tls: auto`).',
  title: 'The certificate is for another name',
  blames: [
    {
      fault: 'settings',
      when: '`tls-servername` gives another name, or `host` is an address in a network and the certificate has names',
      holds: ({ certificate }, { host, servername }) =>
        (servername ?? '') !== '' || (ipFamily(host) !== 0 && !isLoopback(host) && certificate.names.some(isName)),
    },
  ],
  message: ({ certificate, name }, { at }) =>
    `The certificate of ${at} is not for ${name}, but for ${certificate.names.slice(0, 3).join(', ') || 'no name at all'}: use one of its names as \`host\` or \`tls-servername\`, or have it reissued.`,
  evidence: sayCertificate,
  causes: ({ name }) => [
    ...(/^[\d.]+$|:/.test(name) ? ['The host is an address. Few certificates contain addresses.'] : []),
    'The server has several names, and its certificate does not contain this one.',
    'The server has several certificates, and sends the default one for this name.',
    'Another server answers at this address.',
  ],
  remedies: ({ certificate }, subject) => [
    useName(certificate.names, subject),
    look(subject),
    ...lookAtConfiguration(subject),
  ],
  example: example(),
});

/** A name of the certificate that can be set as it is; a wildcard's domain is all that it tells. */
function useName(names: readonly string[], subject: Subject): Remedy {
  const usable = names.filter((candidate) => /^[\w-]+(?:\.[\w-]+)+$/.test(candidate));
  // An address is no name for SNI (RFC 6066 §3).
  const name = usable.find(isName) ?? usable[0];
  const wildcard = names.find((candidate) => /^\*(?:\.[\w-]+)+$/.test(candidate));
  if (name !== undefined) {
    return cure(`If this is the right server, set \`tls-servername: ${name}\`, or use that name as \`host\`.`);
  }
  return wildcard === undefined
    ? cure('Get a certificate that contains the host as it is given here.', showCertificate(subject))
    : cure(
        `If this is the right server, use a name directly under ${wildcard.slice(2)} as \`host\` or \`tls-servername\`.`,
      );
}

export const certificateSelfSigned = entry('certificate-self-signed', {
  impact: IMPACT.unsafe,
  when: 'The certificate is self-signed (`warn` with `tls: auto`).',
  title: 'The certificate is self-signed',
  message: ({ certificate }, { at }) =>
    `The certificate of ${at} is self-signed (${certificate.subject || 'no subject'}): give it as \`tls-ca\` if it is your own, or get one from an authority.`,
  evidence: sayCertificate,
  causes: () => [
    'The server still uses the certificate that was created at installation ("snakeoil").',
    'The certificate is your own, and this runner does not trust it.',
    'Somebody between this runner and the server answers instead of the server.',
  ],
  remedies: (_, subject) => [giveAuthority(subject), ...trust(subject)],
  example: example(),
});

/** What OpenSSL says of a date that is none. */
const isBadDate = (errno: string) => /^ERROR_IN_CERT_NOT_/.test(errno);

/** What it says of a certificate that may not be used as it is; `UNSPECIFIED` is all that Node says of many faults. */
const isUnfit = (errno: string) =>
  /^(?:UNSPECIFIED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|CERT_REJECTED)$/.test(errno);

const reissue = (subject: Subject): Remedy =>
  cure('Get a new certificate and reload the server. The command shows which one it sends.', showCertificate(subject));

export const certificateUntrusted = entry('certificate-untrusted', {
  impact: IMPACT.unsafe,
  when: 'The certificate is not from a trusted authority (`warn` with `tls: auto`).',
  title: 'The certificate is not from a trusted authority',
  blames: [
    {
      fault: 'settings',
      when: 'the server sends its whole chain, which a private authority issued: give that authority as `tls-ca`',
      holds: ({ errno }) => errno === 'SELF_SIGNED_CERT_IN_CHAIN',
    },
  ],
  message: ({ certificate, errno }, { at }) =>
    isBadDate(errno)
      ? `The certificate of ${at} has a date that cannot be read (${errno}): get a new certificate.`
      : isUnfit(errno)
        ? `The certificate of ${at} has a chain that OpenSSL refuses (${errno}), even if its authority is trusted: get a new certificate.`
        : `The certificate of ${at} was issued by ${certificate.issuer || 'an unnamed authority'}, which this runner does not trust (${errno}): give that authority as \`tls-ca\`, or configure the server to send its intermediate certificates.`,
  evidence: (facts) => `${facts.errno}; ${sayCertificate(facts)}`,
  causes: ({ errno }) => [
    ...(isBadDate(errno) ? ['The certificate was damaged, or was created by a defective tool.'] : []),
    ...(isUnfit(errno) ? ['A certificate of the chain is not allowed for this use, even if it is trusted.'] : []),
    ...(errno === 'SELF_SIGNED_CERT_IN_CHAIN'
      ? ['A private authority issued it, or a proxy that inspects TLS.']
      : ['The server does not send the intermediate certificate.', 'A private authority issued it.']),
    'The authority is not in this runner’s trust store, or was removed from it.',
    'Somebody between this runner and the server answers instead of the server.',
  ],
  remedies: ({ errno }, subject) => [
    isBadDate(errno) || isUnfit(errno)
      ? reissue(subject)
      : errno === 'SELF_SIGNED_CERT_IN_CHAIN'
        ? giveAuthority(subject)
        : cure(
            'If a public authority issued it, configure the server to send the whole chain (fullchain.pem, not cert.pem) and reload it. If your own authority issued it, give that authority as `tls-ca`.',
            showCertificate(subject),
            'postconf smtpd_tls_chain_files smtpd_tls_cert_file',
          ),
    ...(isBadDate(errno) || isUnfit(errno) ? lookAtConfiguration(subject) : trust(subject)),
  ],
  example: { ...example(), errno: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
});

export const certificateWeak = entry('certificate-weak', {
  impact: IMPACT.unsafe,
  when: 'A key or a signature in the chain is too weak for this runner (`warn` with `tls: auto`).',
  title: 'The certificate is too weak',
  message: ({ weakness }, { at }) =>
    `The certificate of ${at} is too weak for this runner (${weakness}): get a new one with a stronger key and SHA-256.`,
  evidence: (facts) => `${facts.errno}: ${facts.weakness}; ${sayCertificate(facts)}`,
  causes: () => [
    'The certificate, or another one in its chain, was created years ago, or by an old tool.',
    'A private authority still signs with SHA-1.',
  ],
  remedies: (_, subject) => [
    cure(
      'Get a new certificate with an RSA key of 2,048 bits or more (or an EC key) and a SHA-256 signature, and reload the server. The command shows which one it sends.',
      showCertificate(subject),
    ),
    ...lookAtConfiguration(subject),
  ],
  example: { ...example(), errno: 'CA_MD_TOO_WEAK', weakness: 'a signature with SHA-1' },
});

export const certificateExpiring = entry('certificate-expiring', {
  impact: 'It still works, but it will stop working if the certificate is not renewed in time.',
  when: 'The certificate, or another one in its chain, expires in fewer days than `certificate-warn-days` (`warn`) or `certificate-fail-days` (`fail`).',
  title: 'The certificate is about to expire',
  message: ({ certificate, daysLeft, limit, option }, { at }) =>
    `The certificate of ${at} has ${sayDays(daysLeft)} left, until ${day(certificate.validTo)}, which is fewer than \`${option}\` (${limit}): renew it.`,
  evidence: sayCertificate,
  causes: () => [
    'The automatic renewal has stopped. Normally, it happens 30 days before the end.',
    'The certificate was renewed, but the server was not reloaded.',
    'The server sends an old intermediate certificate.',
  ],
  remedies: (_, subject) => renew(subject),
  example: { ...example(), daysLeft: 5, limit: 21, option: 'certificate-warn-days' },
});

function example(): Certified {
  const certificate = {
    subject: 'CN=mail.example.net',
    issuer: 'CN=R11, O=Let’s Encrypt, C=US',
    names: ['mail.example.net'],
    validFrom: new Date('2026-08-01T00:00:00Z'),
    validTo: new Date('2026-10-30T00:00:00Z'),
  };
  return { certificate, name: 'mail.example.com' };
}
