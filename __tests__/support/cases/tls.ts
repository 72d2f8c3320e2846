import type { Cause, PlainLook } from '../../../src/model/observation.ts';
import {
  behindStartTls,
  certificate,
  certified,
  daysOn,
  ended,
  IMPLICIT_STEPS,
  intermediate,
  notSecured,
  observation,
  reply,
  STARTTLS_STEPS,
  secured,
  session,
} from '../observation.ts';
import { type CasesOf, closed, reset, seen, silence } from './case.ts';

const IMPLICIT = { tls: 'implicit', asksForTls: true } as const;
const STARTTLS = { tls: 'starttls', asksForTls: true } as const;
const UNVERIFIED = { ...STARTTLS, tlsVerify: false } as const;

const handshake = (errno: string, reason = ''): Cause => ({ kind: 'handshake', errno, reason });
const WRONG_VERSION = handshake('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number');
const ALERT = handshake('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'sslv3 alert handshake failure');
const OLD = handshake('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tlsv1 alert protocol version');
const UNSUPPORTED = handshake('ERR_SSL_UNSUPPORTED_PROTOCOL', 'unsupported protocol');
const WANTS_CERTIFICATE = reset('', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');

const plain = (text: string, offersStartTls: boolean | null = true) => ({
  plainLook: { answer: 'greeting', text, offersStartTls } satisfies PlainLook,
});
const NOTHING_PLAIN = { plainLook: { answer: 'nothing', because: 'silence' } satisfies PlainLook };

/** What came of STARTTLS where TLS did not follow. */
const answered = (text: string) =>
  observation({ ehlo: null, starttls: { offered: true, reply: reply(text) }, farewell: reply('221 bye') });
const offering = (text: string, verb: 'EHLO' | 'HELO' = 'EHLO') =>
  observation({ ehlo: { verb, reply: reply(text) }, starttls: { offered: false, reply: null } });

const EXPIRED = certificate({ validTo: daysOn(-2) });
const EARLY = certificate({ validFrom: daysOn(5) });
const ALONE = certificate({ issuer: 'CN=mail.example.com' });
const endsIn = (days: number) => certified({ chain: [certificate({ validTo: daysOn(days) }), intermediate()] });

const expired = certified({ chain: [EXPIRED, intermediate()], chainError: 'CERT_HAS_EXPIRED' });
const early = certified({ chain: [EARLY, intermediate()], chainError: 'CERT_NOT_YET_VALID' });
const UNREADABLE = certificate({ issuer: 'CN=mail.example.com', validTo: new Date(Number.NaN) });
const unreadable = certified({
  chain: [certificate({ validFrom: new Date(Number.NaN) }), intermediate()],
  chainError: 'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  anchored: false,
});
const SHA_1 = { certificate: certificate(), errno: 'CA_MD_TOO_WEAK', weakness: 'a signature with SHA-1' };
const weak = certified({ chainError: 'UNSPECIFIED', weak: SHA_1 });
const selfSigned = certified({ chain: [ALONE], chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT', anchored: false });
const privately = certified({ chainError: 'SELF_SIGNED_CERT_IN_CHAIN', anchored: false });
const misnamed = certified({ named: false, chain: [certificate({ names: ['mail.example.net'] }), intermediate()] });

export const tls: CasesOf = {
  'plaintext-expected': {
    found: [
      seen('an answer that is no TLS', notSecured(WRONG_VERSION, plain('220 mail.example.com ESMTP')), IMPLICIT),
      seen('silence to a TLS hello', notSecured(silence(), plain('220 mail.example.com ESMTP')), IMPLICIT),
      seen('a close after a TLS hello', notSecured(closed(), plain('220 mail.example.com ESMTP')), IMPLICIT),
      seen('a port without STARTTLS', notSecured(WRONG_VERSION, plain('220 mail.example.com', false)), IMPLICIT),
      seen('a port of which it is not known', notSecured(WRONG_VERSION, plain('220 mail', null)), IMPLICIT),
      seen('a greeting that refuses', notSecured(WRONG_VERSION, plain('554 5.7.1 no access', null)), IMPLICIT),
      seen('a greeting that is busy', notSecured(WRONG_VERSION, plain('421-later\n421 please', null)), IMPLICIT),
    ],
    notFound: [
      seen('another protocol in plaintext', notSecured(WRONG_VERSION, plain('SSH-2.0-OpenSSH_9.6', null)), IMPLICIT),
      seen('FTP in plaintext', notSecured(WRONG_VERSION, plain('220 (vsFTPd 3.0.5)', null)), IMPLICIT),
      seen('nothing in plaintext', notSecured(WRONG_VERSION, NOTHING_PLAIN), IMPLICIT),
      seen('an alert, and nothing in plaintext', notSecured(ALERT, NOTHING_PLAIN), IMPLICIT),
      seen('no TLS behind STARTTLS', behindStartTls(WRONG_VERSION), STARTTLS),
      seen('TLS that came about', secured(), STARTTLS),
    ],
  },
  'starttls-not-offered': {
    found: [
      seen('a server without it', offering('250-mail.example.com\n250-PIPELINING\n250 SIZE 1'), STARTTLS),
      seen('a server that offers nothing', offering('250 mail.example.com'), STARTTLS),
      seen('a server that knows only HELO', offering('250 mail.example.com', 'HELO'), STARTTLS),
      seen('an offer that a firewall overwrote', offering('250-mail.example.com\n250-SIZE 1\n250 XXXXXXXA'), STARTTLS),
      seen('tls: auto, and a limit for the certificate', offering('250 mail.example.com'), { asksForTls: true }),
    ],
    notFound: [
      seen('nothing that asks for TLS', offering('250-mail.example.com\n250 SIZE 1')),
      seen('an offer', secured(), STARTTLS),
      seen('an offer that is refused', answered('454 4.7.0 TLS not available'), STARTTLS),
      seen('EHLO refused', offering('550 5.7.1 go away', 'HELO'), STARTTLS),
      seen('TLS that is not wanted', observation({ ehlo: { verb: 'EHLO', reply: reply('250 mail.example.com') } })),
    ],
  },
  'starttls-refused': {
    found: [
      seen('454', answered('454 4.7.0 TLS not available due to local problem'), STARTTLS),
      seen('454 over several lines', answered('454-4.3.0 later\n454 4.3.0 please'), STARTTLS),
      seen('502', answered('502 5.5.1 Error: command not implemented'), STARTTLS),
      seen('554', answered('554 5.7.3 Unable to initialize security subsystem'), STARTTLS),
      seen('454 behind the 220', behindStartTls({ kind: 'injected', heard: '454 4.7.0 TLS not available' }), STARTTLS),
      seen('454 twice behind the 220', behindStartTls({ kind: 'injected', heard: '454-a\n454 b' }), STARTTLS),
      seen('454 with tls: auto', answered('454 4.7.0 TLS not available due to local problem')),
    ],
    notFound: [
      seen('220', secured(), STARTTLS),
      seen('220, and no handshake', behindStartTls(ALERT), STARTTLS),
      seen('250, which is no refusal', answered('250 2.0.0 Ok'), STARTTLS),
      seen('454 and more', behindStartTls({ kind: 'injected', heard: '454 no\n250 injected' }), STARTTLS),
      seen('no offer', offering('250 mail.example.com'), STARTTLS),
      seen('no answer', ended('starttls', silence(), { starttls: { offered: true, reply: null } }, STARTTLS_STEPS)),
    ],
  },
  'starttls-injection': {
    found: [
      seen('a reply behind the 220', behindStartTls({ kind: 'injected', heard: '250 injected' }), STARTTLS),
      seen('two lines behind the 220', behindStartTls({ kind: 'injected', heard: '250-a\n250 AUTH PLAIN' }), STARTTLS),
      seen('bytes that were not read', behindStartTls({ kind: 'injected', heard: '' })),
      seen('plaintext where the handshake should be', behindStartTls(WRONG_VERSION), STARTTLS),
      seen('records that are none', behindStartTls(handshake('ERR_SSL_PACKET_LENGTH_TOO_LONG')), STARTTLS),
    ],
    notFound: [
      seen('an alert', behindStartTls(ALERT), STARTTLS),
      seen('a close', behindStartTls(closed()), STARTTLS),
      seen('an old version', behindStartTls(OLD), STARTTLS),
      seen('silence', behindStartTls(silence()), STARTTLS),
      seen('no TLS where it is implicit', notSecured(WRONG_VERSION, NOTHING_PLAIN), IMPLICIT),
      seen('plaintext where TLS is implicit', notSecured(WRONG_VERSION, plain('220 mail.example.com')), IMPLICIT),
    ],
  },
  'tls-handshake-failed': {
    found: [
      seen('TLS without a certificate', certified({ chain: [], named: false }), STARTTLS),
      seen('an alert', notSecured(ALERT, NOTHING_PLAIN), IMPLICIT),
      seen('an alert behind STARTTLS', behindStartTls(ALERT), STARTTLS),
      seen('a close', notSecured(closed(), NOTHING_PLAIN), IMPLICIT),
      seen('a close behind STARTTLS', behindStartTls(closed()), STARTTLS),
      seen('a reset', notSecured(reset(), NOTHING_PLAIN), IMPLICIT),
      seen('no TLS and nothing in plaintext', notSecured(WRONG_VERSION, NOTHING_PLAIN), IMPLICIT),
      seen('a look that says nothing of SMTP', notSecured(WRONG_VERSION, plain('J\0\0\0 8.0.36', null)), IMPLICIT),
      seen(
        'a client certificate that is missing, at the greeting',
        ended('greeting', WANTS_CERTIFICATE, { tls: session() }, IMPLICIT_STEPS),
        IMPLICIT,
      ),
      seen(
        'a client certificate that is missing, at EHLO',
        ended('ehlo-again', WANTS_CERTIFICATE, { tls: session() }, STARTTLS_STEPS),
        STARTTLS,
      ),
    ],
    notFound: [
      seen('an old version', notSecured(OLD, NOTHING_PLAIN), IMPLICIT),
      seen('a greeting in plaintext', notSecured(ALERT, plain('220 mail.example.com')), IMPLICIT),
      seen('another protocol', notSecured(WRONG_VERSION, plain('HTTP/1.1 400 Bad Request', null)), IMPLICIT),
      seen('a plain reset at EHLO', ended('ehlo-again', reset(), { tls: session() }, STARTTLS_STEPS), STARTTLS),
      seen('a close at EHLO', ended('ehlo-again', closed(), { tls: session() }, STARTTLS_STEPS), STARTTLS),
      seen('silence in the handshake', behindStartTls(silence()), STARTTLS),
      seen('a certificate that does not verify', selfSigned, STARTTLS),
    ],
  },
  'tls-too-old': {
    found: [
      seen('an alert that says so', notSecured(OLD, NOTHING_PLAIN), IMPLICIT),
      seen('a version that OpenSSL does not take', notSecured(UNSUPPORTED, NOTHING_PLAIN), IMPLICIT),
      seen('the same behind STARTTLS', behindStartTls(UNSUPPORTED), STARTTLS),
      seen('TLS 1.2 where 1.3 is wanted', behindStartTls(OLD), { ...STARTTLS, tlsMinVersion: 'TLSv1.3' }),
      seen('the same with tls: auto', behindStartTls(OLD)),
    ],
    notFound: [
      seen('an alert that says something else', behindStartTls(ALERT), STARTTLS),
      seen('no TLS at all', notSecured(WRONG_VERSION, NOTHING_PLAIN), IMPLICIT),
      seen('TLS 1.2', certified({ protocol: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' }), STARTTLS),
      seen('plaintext on a port for TLS', notSecured(OLD, plain('220 mail.example.com')), IMPLICIT),
    ],
  },
  'certificate-expired': {
    found: [
      seen('the server’s own', expired, STARTTLS),
      seen('the server’s own, with implicit TLS', expired, IMPLICIT),
      seen(
        'today',
        certified({ chain: [certificate({ validTo: daysOn(-0.1) })], chainError: 'CERT_HAS_EXPIRED' }),
        STARTTLS,
      ),
      seen(
        'an intermediate one',
        certified({
          chain: [certificate(), intermediate({ validTo: daysOn(-1) })],
          chainError: 'CERT_HAS_EXPIRED',
        }),
        STARTTLS,
      ),
      seen(
        'one of an authority that nobody knows',
        certified({ chain: [EXPIRED], chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchored: false }),
        STARTTLS,
      ),
      seen(
        'one that names somebody else too',
        certified({ chain: [EXPIRED], chainError: 'CERT_HAS_EXPIRED', named: false }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen(
        'an old one that nobody needs',
        certified({ chain: [certificate(), intermediate({ validTo: daysOn(-9) })] }),
        STARTTLS,
      ),
      seen('one that is valid', secured(), STARTTLS),
      seen('one that ends at this moment', endsIn(0), STARTTLS),
      seen('one that is not valid yet', early, STARTTLS),
      seen('a private authority', privately, STARTTLS),
    ],
  },
  'certificate-not-yet-valid': {
    found: [
      seen('the server’s own', early, STARTTLS),
      seen(
        'in a second',
        certified({ chain: [certificate({ validFrom: daysOn(0.00001) })], chainError: 'CERT_NOT_YET_VALID' }),
        STARTTLS,
      ),
      seen(
        'an intermediate one',
        certified({
          chain: [certificate(), intermediate({ validFrom: daysOn(1) })],
          chainError: 'CERT_NOT_YET_VALID',
        }),
        STARTTLS,
      ),
      seen(
        'one that is signed by itself',
        certified({
          chain: [certificate({ issuer: 'CN=mail.example.com', validFrom: daysOn(2) })],
          chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          anchored: false,
        }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen(
        'one that nobody needs',
        certified({ chain: [certificate(), intermediate({ validFrom: daysOn(9) })] }),
        STARTTLS,
      ),
      seen(
        'one that is valid from this moment',
        certified({ chain: [certificate({ validFrom: daysOn(0) })] }),
        STARTTLS,
      ),
      seen('one that has expired', expired, STARTTLS),
    ],
  },
  'certificate-name-mismatch': {
    found: [
      seen('another name', misnamed, STARTTLS),
      seen('no name', certified({ named: false, chain: [certificate({ names: [] })] }), STARTTLS),
      seen('an address', certified({ named: false, name: '192.0.2.25' }), IMPLICIT),
      seen(
        'another name, signed by itself',
        certified({ chain: [ALONE], chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT', anchored: false, named: false }),
        STARTTLS,
      ),
      seen(
        'another name, expired',
        certified({ chain: [EXPIRED], chainError: 'CERT_HAS_EXPIRED', named: false }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen('the name', secured(), STARTTLS),
      seen('one that has expired', expired, STARTTLS),
      seen('one that is signed by itself', selfSigned, STARTTLS),
      seen('tls-verify: false', misnamed, UNVERIFIED),
    ],
  },
  'certificate-self-signed': {
    found: [
      seen('one alone', selfSigned, STARTTLS),
      seen('one alone, with implicit TLS', selfSigned, IMPLICIT),
      seen(
        'one that has expired',
        certified({
          chain: [certificate({ issuer: 'CN=mail.example.com', validTo: daysOn(-9) })],
          chainError: 'CERT_HAS_EXPIRED',
          anchored: false,
        }),
        STARTTLS,
      ),
      seen(
        'one without a subject',
        certified({
          chain: [certificate({ subject: '', issuer: '' })],
          chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          anchored: false,
        }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen('one that is given as tls-ca', certified({ chain: [ALONE] }), STARTTLS),
      seen('a private authority’s', privately, STARTTLS),
      seen('one with a date that cannot be read', unreadable, STARTTLS),
      seen(
        'one that is signed by itself, with such a date',
        certified({ chain: [UNREADABLE], chainError: 'ERROR_IN_CERT_NOT_AFTER_FIELD', anchored: false }),
        STARTTLS,
      ),
      seen(
        'a leaf without its intermediate',
        certified({ chain: [certificate()], chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchored: false }),
        STARTTLS,
      ),
      seen('tls-verify: false', selfSigned, UNVERIFIED),
    ],
  },
  'certificate-untrusted': {
    found: [
      seen(
        'a leaf without its intermediate',
        certified({ chain: [certificate()], chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchored: false }),
        STARTTLS,
      ),
      seen('a private authority’s', privately, STARTTLS),
      seen('one with a date that cannot be read', unreadable, STARTTLS),
      seen(
        'one that is signed by itself, with such a date',
        certified({ chain: [UNREADABLE], chainError: 'ERROR_IN_CERT_NOT_AFTER_FIELD', anchored: false }),
        STARTTLS,
      ),
      seen(
        'a root that is not known',
        certified({ chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', anchored: false }),
        IMPLICIT,
      ),
      seen(
        'one hidden behind a wrong date',
        certified({ chain: [EXPIRED, intermediate()], chainError: 'CERT_HAS_EXPIRED', anchored: false }),
        STARTTLS,
      ),
      seen(
        'one hidden behind a date to come',
        certified({ chain: [EARLY, intermediate()], chainError: 'CERT_NOT_YET_VALID', anchored: false }),
        STARTTLS,
      ),
      seen(
        'a certificate for another purpose',
        certified({ chainError: 'INVALID_PURPOSE', anchored: false }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen('one that verifies', secured(), STARTTLS),
      seen('one that has expired, of an authority that is known', expired, STARTTLS),
      seen('one that is not valid yet, of an authority that is known', early, STARTTLS),
      seen('one that is signed by itself', selfSigned, STARTTLS),
      seen('another name', misnamed, STARTTLS),
      seen('tls-verify: false', privately, UNVERIFIED),
    ],
  },
  'certificate-weak': {
    found: [
      seen('a signature with SHA-1', weak, STARTTLS),
      seen('with implicit TLS', weak, IMPLICIT),
      seen(
        'a key behind a wrong date',
        certified({ chain: [EXPIRED], chainError: 'CERT_HAS_EXPIRED', weak: { ...SHA_1, errno: 'EE_KEY_TOO_SMALL' } }),
        STARTTLS,
      ),
      seen('what only OpenSSL has seen', certified({ chainError: 'CA_KEY_TOO_SMALL' }), STARTTLS),
    ],
    notFound: [
      seen('one that is strong', secured(), STARTTLS),
      seen('an old one that nobody needs', certified({ chainError: null }), STARTTLS),
      seen('a fault without a name', certified({ chainError: 'UNSPECIFIED' }), STARTTLS),
      seen('tls-verify: false', weak, UNVERIFIED),
    ],
  },
  'certificate-expiring': {
    found: [
      seen('a moment less than the limit', endsIn(20.99), STARTTLS),
      seen('a day', endsIn(1.5), STARTTLS),
      seen('the last day', endsIn(0.5), STARTTLS),
      seen('with tls: auto', endsIn(5)),
      seen('tls-verify: false', endsIn(5), UNVERIFIED),
      seen(
        'an intermediate that ends before it',
        certified({ chain: [certificate(), intermediate({ validTo: daysOn(9) })] }),
        STARTTLS,
      ),
      seen('at the limit that fails', endsIn(7), { ...STARTTLS, certificateFailDays: 7 }),
      seen('under a limit of its own', endsIn(59), { ...STARTTLS, certificateWarnDays: 60 }),
      seen(
        'one that names somebody else',
        certified({ chain: [certificate({ validTo: daysOn(5) })], named: false }),
        STARTTLS,
      ),
    ],
    notFound: [
      seen('at the limit', endsIn(21), STARTTLS),
      seen('at a limit of its own', endsIn(60), { ...STARTTLS, certificateWarnDays: 60 }),
      seen('the last day without a limit', endsIn(0.5), { ...STARTTLS, certificateWarnDays: 0 }),
      seen('one that has expired', expired, STARTTLS),
      seen('no TLS', observation(), { certificateWarnDays: 9_999 }),
      seen('no handshake', behindStartTls(ALERT), { ...STARTTLS, certificateWarnDays: 9_999 }),
    ],
  },
};
