import { isNotTls } from '../../model/observation.ts';
import { firstLine } from '../../shared/text.ts';
import { HELLO_NAME, isRewritten, OVERWRITTEN_OFFER } from './blame.ts';
import {
  atPort,
  beginTls,
  compareOffers,
  lookAtNetwork,
  lookAtServer,
  plainOffers,
  sayTryAgain,
  startTls,
  stopInspection,
  tlsHello,
} from './commands.ts';
import { cure, entry, IMPACT, type Remedy, remedy, type Subject } from './entry.ts';

/** The setting that works for a port that greets in plaintext, as far as the second look saw it. */
const sayPlainSetting = (offersStartTls: boolean | null) =>
  offersStartTls === false ? '`tls: none` (STARTTLS is not offered there)' : '`tls: starttls`';

export const plaintextExpected = entry('plaintext-expected', {
  impact: IMPACT.unreached,
  when: 'The port greets in plaintext: use `tls: starttls`.',
  title: 'The port greets in plaintext',
  message: ({ text, offersStartTls }, { at, lmtp }) =>
    `${at} does not answer a TLS hello, but greets in plaintext with "${firstLine(text)}": use ${sayPlainSetting(offersStartTls)}${lmtp ? '' : ', or the port for implicit TLS, 465'}.`,
  evidence: ({ text, offersStartTls }) =>
    `no answer in TLS; a second connection was greeted in plaintext: ${text}; STARTTLS ${offersStartTls === null ? 'was not checked' : offersStartTls ? 'is offered' : 'is not offered'}`,
  causes: (_, { port }) => [
    `Port ${port} begins in plaintext${port === 587 || port === 25 ? ' (RFC 6409, RFC 5321)' : ''}, and the connection began with TLS.`,
    'A proxy that added TLS is not used any more.',
  ],
  remedies: ({ offersStartTls }, subject) => [
    cure(
      `Set ${sayPlainSetting(offersStartTls)}${subject.port === 465 || subject.lmtp ? '' : ', or keep `tls: implicit` and set `port: 465`'}.`,
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { text: '220 mail.example.com ESMTP', offersStartTls: true },
});

export const startTlsNotOffered = entry('starttls-not-offered', {
  impact: IMPACT.unsafe,
  when: 'You asked for TLS, but the server does not offer STARTTLS.',
  title: 'STARTTLS is not offered',
  blames: [HELLO_NAME, OVERWRITTEN_OFFER],
  message: (_, { at }) =>
    `${at} does not offer STARTTLS, so the connection cannot be encrypted: enable TLS on the server, or look for a firewall that removes the offer.`,
  evidence: ({ offered }) => (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ offered }, { port }) => [
    ...(isRewritten(offered) ? ['A firewall that inspects SMTP has overwritten the offer (`250-XXXXXXXA`).'] : []),
    'TLS is not configured on the server, or its certificate cannot be read.',
    'A firewall or an attacker between this runner and the server removes STARTTLS.',
    ...(port === 25 ? ['The server offers STARTTLS on the submission port 587 only.'] : []),
  ],
  remedies: ({ offered }, subject) => [
    isRewritten(offered)
      ? stopInspection(tlsHello(atPort(subject, 465)))
      : subject.lmtp
        ? cure(
            'Enable TLS for LMTP on the server: in Dovecot `ssl = yes`, with a certificate in `ssl_cert` and its key in `ssl_key`.',
            'sudo doveconf -n ssl ssl_cert service/lmtp',
          )
        : cure(
            `Enable TLS on the server (in Postfix \`smtpd_tls_security_level = may\`, with a certificate in \`smtpd_tls_chain_files\`), or use a port with TLS: ${subject.port === 25 ? '`port: 587`, or ' : ''}\`port: 465\` with \`tls: implicit\`.`,
            ...(subject.port === 25 ? [startTls(atPort(subject, 587))] : []),
            tlsHello(atPort(subject, 465)),
          ),
    compareOffers(plainOffers(subject)),
    ...(subject.lmtp
      ? []
      : [
          remedy(
            'systemd',
            'On a Postfix server, see whether TLS is on.',
            'postconf smtpd_tls_security_level smtpd_tls_chain_files smtpd_tls_cert_file',
          ),
        ]),
    ...lookAtServer(subject),
    ...lookAtNetwork(subject),
  ],
  example: { offered: ['PIPELINING', 'SIZE 10240000'] },
});

export const startTlsRefused = entry('starttls-refused', {
  impact: IMPACT.unsafe,
  when: 'The server offers STARTTLS, but then refuses it.',
  title: 'STARTTLS is refused',
  message: ({ reply }, { at }) =>
    `${at} offers STARTTLS but then refuses it with "${firstLine(reply)}": TLS does not work on the server itself.`,
  evidence: ({ reply }) => reply,
  causes: () => [
    'The server cannot load its certificate or key (wrong permissions, a missing file).',
    'The server is overloaded, or is restarting.',
  ],
  remedies: (_, subject) => [
    cure(
      'On the server, see in its log why TLS does not start (Postfix writes "cannot load certificate"), correct the certificate, the key or their permissions, and reload the server.',
      'sudo journalctl -u postfix -u postfix@- -u exim4 --since -1h --no-pager | grep -i -e tls -e certificate',
      'postconf smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_key_file',
      'sudo systemctl reload postfix',
    ),
    ...lookAtServer(subject),
    remedy('any', `If this is temporary, ${sayTryAgain('60s')}.`, startTls(subject)),
  ],
  example: { reply: '454 4.7.0 TLS not available due to local problem' },
});

export const startTlsInjection = entry('starttls-injection', {
  impact: IMPACT.unsafe,
  when: 'Plaintext follows the answer to STARTTLS, although TLS must begin there.',
  title: 'Plaintext where TLS must begin',
  message: ({ heard }, { at }) =>
    `${at} accepted STARTTLS, but plaintext followed${heard === '' ? '' : `, beginning with "${firstLine(heard)}"`}: something between this runner and the server injects text, or the server is defective, so do not trust its replies.`,
  evidence: ({ heard }) => (heard === '' ? 'what followed the 220 was not TLS' : `after the 220: ${heard}`),
  causes: () => [
    'The server is vulnerable to command injection (CVE-2011-0411 and similar): it mixes plaintext with the text inside TLS.',
    'Somebody between this runner and the server injects replies.',
    'The server answers 220 but does not begin TLS.',
  ],
  remedies: (_, subject) => [
    cure(
      'Do not send credentials to this server until this is corrected. Ask for the server to be updated, and use `port: 465` with `tls: implicit`, where nothing comes before TLS.',
      tlsHello(atPort(subject, 465)),
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { heard: '250 injected' },
});

export const tlsHandshakeFailed = entry('tls-handshake-failed', {
  impact: IMPACT.unreached,
  when: 'The TLS handshake failed.',
  title: 'The TLS handshake failed',
  blames: [
    {
      fault: 'settings',
      when: 'the port does not speak TLS, the server wants another client certificate, or it does not know the name that TLS asked for',
      holds: (facts) => isNotTls(facts) || wantsCertificate(facts.errno) || isUnknownName(facts.errno),
    },
  ],
  message: ({ errno, reason }, { at }) =>
    weakOf(errno)
      ? `${at} offers TLS with ${weakOf(errno)?.what}, which this runner does not accept (${errno}): ${weakOf(errno)?.cure}.`
      : `The TLS handshake with ${at} failed (${reason === '' || reason === errno ? errno : `${errno}: "${firstLine(reason)}"`}): ${wantsCertificate(errno) ? 'the server demands a client certificate, so set `tls-client-cert` and `tls-client-key`' : isInternal(errno) ? 'the server reports an internal error, so see its certificate and key' : 'see what the server accepts'}.`,
  evidence: ({ errno, reason, look }) =>
    [
      errno,
      reason,
      look === null
        ? ''
        : look.answer === 'nothing'
          ? `in plaintext: nothing (${look.because})`
          : `in plaintext: ${look.text}`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  causes: ({ errno, reason }) => [
    ...(isInternal(errno)
      ? [
          'The server has an error in its own TLS: its certificate or key is missing, cannot be read, or they do not belong together, or it has none for the requested name.',
        ]
      : []),
    ...sayWeakness(errno),
    ...(isNotTls({ errno, reason })
      ? ['The port does not speak TLS: it belongs to another kind of server, or begins in plaintext.']
      : []),
    ...(wantsCertificate(errno)
      ? ['The server demands a client certificate (mutual TLS), or does not accept the one that it got.']
      : []),
    'The server has no certificate, or no cipher or version in common with this runner.',
    'The server closes the connection if it does not know the name (SNI) or the address.',
    'A middlebox between this runner and the server interrupts TLS connections.',
  ],
  remedies: ({ errno }, subject) => [
    ...cureWeakness(errno, subject),
    ...(isInternal(errno)
      ? [
          cure(
            'On the server, see in its log why TLS fails. Check that the certificate and the key can be read and belong together: both openssl sha256 commands must print the same. Then restart the server.',
            'openssl x509 -noout -pubkey -in cert.pem | openssl sha256',
            'openssl pkey -pubout -in key.pem | openssl sha256',
            beginTls(subject),
          ),
        ]
      : []),
    wantsCertificate(errno)
      ? cure(
          'Get a client certificate and its key from the server’s operator, and give them as `tls-client-cert` (from a variable) and `tls-client-key` (from a secret).',
          'gh variable set SMTP_CLIENT_CERT < client.pem',
          'gh secret set SMTP_CLIENT_KEY < client.key',
        )
      : isUnknownName(errno)
        ? cure(
            'The server does not know the requested name: set `tls-servername` to a name in its certificate, which the command shows.',
            `${beginTls({ ...subject, servername: '' })} -showcerts`,
          )
        : cure('The command shows how far the handshake gets. Compare that with the server’s log.', beginTls(subject)),
    ...lookAtServer(subject),
  ],
  example: { errno: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', reason: 'sslv3 alert handshake failure', look: null },
});

/** The alert of a server that cannot go on for a reason of its own (RFC 8446 §6.2), as OpenSMTPD does without a usable key. */
const isInternal = (errno: string): boolean => /ALERT_INTERNAL_ERROR/.test(errno);

interface Weakness {
  readonly codes: RegExp;
  /** What is weak, and what to do on the server. */
  readonly what: string;
  readonly cure: string;
  readonly commands: readonly string[];
}

/** What OpenSSL refuses in a handshake as too weak, whatever the certificate. */
const WEAKNESSES: readonly Weakness[] = [
  {
    codes: /DH_KEY_TOO_SMALL|BAD_DH_VALUE|MODULUS_TOO_SMALL/,
    what: 'a Diffie-Hellman group that is too small',
    cure: 'configure a group of 2,048 bits or more on the server, or use only ECDHE there',
    commands: ['openssl dhparam -out dh2048.pem 2048', "sudo postconf -e 'smtpd_tls_dh1024_param_file = auto'"],
  },
  {
    codes: /UNSAFE_LEGACY_RENEGOTIATION/,
    what: 'unsafe legacy renegotiation (no RFC 5746)',
    cure: 'update the TLS library of the server, or of the device in front of it',
    commands: [],
  },
  {
    codes: /LEGACY_SIGALG|WRONG_SIGNATURE_TYPE|NO_SUITABLE_SIGNATURE_ALGORITHM|DIGEST_TOO_WEAK|MD_TOO_WEAK/,
    what: 'an old signature algorithm (SHA-1 or MD5)',
    cure: 'update the server’s TLS, or enable TLS 1.2 with SHA-256 signatures there',
    commands: [],
  },
  {
    codes: /KEY_TOO_SMALL|BAD_ECPOINT|WRONG_CURVE/,
    what: 'a key that is too short',
    cure: 'use an RSA key of 2,048 bits or more, or an EC key, on the server',
    commands: [],
  },
  {
    codes: /WRONG_CIPHER_RETURNED|UNKNOWN_CIPHER_RETURNED|INSUFFICIENT_SECURITY/,
    what: 'a cipher that is too weak',
    cure: 'enable a cipher with AES-GCM or ChaCha20 on the server',
    commands: [],
  },
];

function weakOf(errno: string): Weakness | undefined {
  return WEAKNESSES.find(({ codes }) => codes.test(errno));
}

function sayWeakness(errno: string): string[] {
  const weak = weakOf(errno);
  return weak ? [`The server offers ${weak.what}, which this runner’s OpenSSL refuses.`] : [];
}

function cureWeakness(errno: string, subject: Subject): Remedy[] {
  const weak = weakOf(errno);
  return weak ? [cure(`The server offers ${weak.what}: ${weak.cure}.`, ...weak.commands, beginTls(subject))] : [];
}

const isUnknownName = (errno: string): boolean => /UNRECOGNIZED_NAME/i.test(errno);

function wantsCertificate(errno: string): boolean {
  return /client certificate|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(errno);
}

export const tlsTooOld = entry('tls-too-old', {
  impact: IMPACT.unsafe,
  when: 'The server supports neither `tls-min-version` nor a newer version of TLS.',
  title: 'The server’s TLS is too old',
  message: ({ minVersion }, { at }) =>
    `${at} supports neither ${minVersion} nor a newer version: update the server's TLS${minVersion === 'TLSv1.3' ? ', or lower `tls-min-version`' : ''}.`,
  evidence: ({ errno, minVersion }) => `${errno}, with ${minVersion} as the lowest version`,
  causes: ({ minVersion }) => [
    `The server supports only versions below ${minVersion}${minVersion === 'TLSv1.2' ? ', which RFC 8996 forbids' : ''}.`,
    'A proxy in front of the server ends TLS with an old library.',
  ],
  remedies: ({ minVersion }, subject) => [
    minVersion === 'TLSv1.3'
      ? cure(
          'Set `tls-min-version: TLSv1.2`, or enable TLS 1.3 on the server. The command shows whether it supports 1.2.',
          `${beginTls(subject)} -tls1_2`,
        )
      : cure(
          'Enable TLS 1.2 and 1.3 on the server (the commands are for Postfix). If they are enabled already, its OpenSSL is too old and must be updated.',
          "sudo postconf -e 'smtpd_tls_protocols = >=TLSv1.2' 'smtpd_tls_mandatory_protocols = >=TLSv1.2'",
          'sudo systemctl reload postfix',
          'openssl version',
        ),
    remedy(
      'systemd',
      'On a Postfix server, see which versions are allowed.',
      'postconf smtpd_tls_protocols smtpd_tls_mandatory_protocols',
    ),
    ...lookAtServer(subject),
  ],
  example: { errno: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', minVersion: 'TLSv1.3' },
});
