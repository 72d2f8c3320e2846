import { isNotTls } from '../../model/observation.ts';
import { firstLine } from '../../shared/text.ts';
import {
  atPort,
  beginTls,
  lookAtNetwork,
  lookAtServer,
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
  message: ({ text, offersStartTls }, { at }) =>
    `${at} does not answer in TLS and greets in plaintext with "${firstLine(text)}": use ${sayPlainSetting(offersStartTls)}, or the port for implicit TLS, 465.`,
  evidence: ({ text, offersStartTls }) =>
    `no answer in TLS; a second connection was greeted in plaintext: ${text}; STARTTLS ${offersStartTls === null ? 'was not asked about' : offersStartTls ? 'is offered' : 'is not offered'}`,
  causes: (_, { port }) => [
    `Port ${port} begins in plaintext${port === 587 || port === 25 ? ' (RFC 6409, RFC 5321)' : ''}, and the connection began with TLS.`,
    'A proxy that should add TLS is not in the way any more.',
  ],
  remedies: ({ offersStartTls }, subject) => [
    cure(
      `Set ${sayPlainSetting(offersStartTls)}${subject.port === 465 ? '' : ', or keep `tls: implicit` and set `port: 465`'}.`,
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { text: '220 mail.example.com ESMTP', offersStartTls: true },
});

export const startTlsNotOffered = entry('starttls-not-offered', {
  impact: IMPACT.unsafe,
  when: 'TLS was asked for, and the server does not offer STARTTLS.',
  title: 'STARTTLS is not offered',
  message: (_, { at }) =>
    `${at} does not offer STARTTLS, so nothing can be encrypted there: enable TLS on the server, or look for what strips the offer on the way.`,
  evidence: ({ offered }) => (offered.length === 0 ? 'nothing is offered' : `offered: ${offered.join(', ')}`),
  causes: ({ offered }, { port }) => [
    ...(isRewritten(offered) ? ['A firewall that inspects SMTP has overwritten the offer (`250-XXXXXXXA`).'] : []),
    'TLS is not configured on the server, or its certificate cannot be read.',
    'A firewall or an attacker on the way strips STARTTLS.',
    ...(port === 25 ? ['The server offers it on the submission port 587 only.'] : []),
  ],
  remedies: ({ offered }, subject) => [
    isRewritten(offered)
      ? stopInspection(tlsHello(atPort(subject, 465)))
      : cure(
          `Have TLS enabled on the server (in Postfix \`smtpd_tls_security_level = may\`, with a certificate in \`smtpd_tls_chain_files\`), or use a port that has it: ${subject.port === 25 ? '`port: 587`, or ' : ''}\`port: 465\` with \`tls: implicit\`.`,
          ...(subject.port === 25 ? [startTls(atPort(subject, 587))] : []),
          tlsHello(atPort(subject, 465)),
        ),
    remedy('any', 'See for yourself what the server offers, here and on its own machine.', startTls(subject)),
    remedy(
      'systemd',
      'On a Postfix server, see whether TLS is on.',
      'postconf smtpd_tls_security_level smtpd_tls_chain_files smtpd_tls_cert_file',
    ),
    ...lookAtServer(subject),
    ...lookAtNetwork(subject),
  ],
  example: { offered: ['PIPELINING', 'SIZE 10240000'] },
});

/** `250-XXXXXXXA`: a middlebox overwrites what it does not know. */
const isRewritten = (offered: readonly string[]) => offered.some((line) => /^X{3,}[A-Z]?$/i.test(line));

export const startTlsRefused = entry('starttls-refused', {
  impact: IMPACT.unsafe,
  when: 'STARTTLS is offered and was refused.',
  title: 'STARTTLS is refused',
  message: ({ reply }, { at }) =>
    `${at} offers STARTTLS and then refuses it with "${firstLine(reply)}": the server's own TLS is not in order.`,
  evidence: ({ reply }) => reply,
  causes: () => [
    'The server cannot load its certificate or key (expired permissions, a missing file).',
    'The server is overloaded, or is just being restarted.',
  ],
  remedies: (_, subject) => [
    cure(
      'On the server, see in its log why TLS does not start (in Postfix "cannot load certificate"), correct the certificate, the key or their permissions, and reload it.',
      'sudo journalctl -u postfix -u postfix@- -u exim4 --since -1h --no-pager | grep -i -e tls -e certificate',
      'postconf smtpd_tls_chain_files smtpd_tls_cert_file smtpd_tls_key_file',
      'sudo systemctl reload postfix',
    ),
    ...lookAtServer(subject),
    remedy('any', `If it passes by itself, ${sayTryAgain('60s')}.`, startTls(subject)),
  ],
  example: { reply: '454 4.7.0 TLS not available due to local problem' },
});

export const startTlsInjection = entry('starttls-injection', {
  impact: IMPACT.unsafe,
  when: 'Plaintext came behind the answer to STARTTLS, where TLS has to begin.',
  title: 'Plaintext where TLS has to begin',
  message: ({ heard }, { at }) =>
    `${at} agreed to STARTTLS, and plaintext followed${heard === '' ? '' : `, beginning with "${firstLine(heard)}"`}: something on the way injects text, or the server is defective, so trust nothing that it says.`,
  evidence: ({ heard }) => (heard === '' ? 'what followed the 220 was no TLS' : `behind the 220: ${heard}`),
  causes: () => [
    'The server is open to command injection (CVE-2011-0411 and its kind): it mixes plaintext with what follows in TLS.',
    'Someone on the way injects answers.',
    'The server says 220 and does not begin TLS at all.',
  ],
  remedies: (_, subject) => [
    cure(
      'Do not send credentials there until it is mended: have the server updated, and use `port: 465` with `tls: implicit`, where nothing stands before TLS.',
      tlsHello(atPort(subject, 465)),
      startTls(subject),
    ),
    ...lookAtServer(subject),
  ],
  example: { heard: '250 injected' },
});

export const tlsHandshakeFailed = entry('tls-handshake-failed', {
  impact: IMPACT.unreached,
  when: 'TLS did not come about.',
  title: 'TLS did not come about',
  message: ({ errno, reason }, { at }) =>
    weakOf(errno)
      ? `${at} offers TLS with ${weakOf(errno)?.what}, which this runner does not accept (${errno}): ${weakOf(errno)?.cure}.`
      : `${at} and this runner could not agree on TLS (${reason === '' || reason === errno ? errno : `${errno}: "${firstLine(reason)}"`}): ${wantsCertificate(errno) ? 'the server wants a client certificate, so set `tls-client-cert` and `tls-client-key`' : isInternal(errno) ? 'the server failed at it, so see its certificate and key' : 'see what the server accepts'}.`,
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
          'The server failed at its own TLS: its certificate or key is missing, unreadable or of another pair, or none fits the name that was asked for.',
        ]
      : []),
    ...sayWeakness(errno),
    ...(isNotTls({ errno, reason })
      ? ['What answers there does not speak TLS: another kind of server, or one that begins in plaintext.']
      : []),
    ...(wantsCertificate(errno)
      ? ['The server demands a client certificate (mutual TLS), or does not accept the one it was shown.']
      : []),
    'The server has no certificate, or no cipher or version in common with this runner.',
    'The server closes on names (SNI) or addresses that it does not know.',
    'A middlebox cuts TLS connections.',
  ],
  remedies: ({ errno }, subject) => [
    ...cureWeakness(errno, subject),
    ...(isInternal(errno)
      ? [
          cure(
            'On the server, see in its log why TLS fails, and that the certificate and the key can be read and belong together (both commands below print the same); then restart it.',
            'openssl x509 -noout -pubkey -in cert.pem | openssl sha256',
            'openssl pkey -pubout -in key.pem | openssl sha256',
            beginTls(subject),
          ),
        ]
      : []),
    wantsCertificate(errno)
      ? cure(
          'Give the certificate and the key that the server’s operator issued for you: `tls-client-cert` and `tls-client-key`, from a variable and a secret.',
          'gh variable set SMTP_CLIENT_CERT < client.pem',
          'gh secret set SMTP_CLIENT_KEY < client.key',
        )
      : /UNRECOGNIZED_NAME/i.test(errno)
        ? cure(
            'The server does not know the name that it was asked for: set `tls-servername` to the name in its certificate.',
            `${beginTls({ ...subject, servername: '' })} -showcerts`,
          )
        : cure('See how far the handshake gets, then compare with the server’s own log.', beginTls(subject)),
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
    cure: 'give the server a group of 2,048 bits or more, or have it use ECDHE alone',
    commands: ['openssl dhparam -out dh2048.pem 2048', "sudo postconf -e 'smtpd_tls_dh1024_param_file = auto'"],
  },
  {
    codes: /UNSAFE_LEGACY_RENEGOTIATION/,
    what: 'unsafe legacy renegotiation (no RFC 5746)',
    cure: 'update the TLS library of the server, or of the middlebox before it',
    commands: [],
  },
  {
    codes: /LEGACY_SIGALG|WRONG_SIGNATURE_TYPE|NO_SUITABLE_SIGNATURE_ALGORITHM|DIGEST_TOO_WEAK|MD_TOO_WEAK/,
    what: 'a signature of an old kind (SHA-1 or MD5)',
    cure: 'update the server’s TLS, or enable TLS 1.2 with SHA-256 signatures there',
    commands: [],
  },
  {
    codes: /KEY_TOO_SMALL|BAD_ECPOINT|WRONG_CURVE/,
    what: 'a key that is too short',
    cure: 'give the server an RSA key of 2,048 bits or more, or an EC key',
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

function wantsCertificate(errno: string): boolean {
  return /client certificate|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(errno);
}

export const tlsTooOld = entry('tls-too-old', {
  impact: IMPACT.unsafe,
  when: 'The server does not speak `tls-min-version` or newer.',
  title: 'The server’s TLS is too old',
  message: ({ minVersion }, { at }) =>
    `${at} does not speak ${minVersion} or newer: update the server's TLS${minVersion === 'TLSv1.3' ? ', or lower `tls-min-version`' : ''}.`,
  evidence: ({ errno, minVersion }) => `${errno}, with ${minVersion} as the lowest version`,
  causes: ({ minVersion }) => [
    `The server supports only versions below ${minVersion}${minVersion === 'TLSv1.2' ? ', which RFC 8996 has retired' : ''}.`,
    'A proxy before the server ends TLS with an old library.',
  ],
  remedies: ({ minVersion }, subject) => [
    minVersion === 'TLSv1.3'
      ? cure(
          'Set `tls-min-version: TLSv1.2`, or have TLS 1.3 enabled on the server; this shows whether it speaks 1.2.',
          `${beginTls(subject)} -tls1_2`,
        )
      : cure(
          'Have TLS 1.2 and 1.3 enabled on the server, in Postfix like this; where they are, its OpenSSL is too old and has to be updated.',
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
