import type { Cause, Certificate, Observation, PlainLook, TlsSession } from '../../../src/observation.ts';
import { observation, reply } from '../observation.ts';
import { type CasesOf, closed, reset, seen, silence } from './case.ts';

const AT = new Date('2026-06-01T12:00:00Z');
const days = (count: number) => new Date(+AT + count * 86_400_000);

export const certificate = (over: Partial<Certificate> = {}): Certificate => ({
  subject: 'CN=mail.example.com',
  issuer: 'CN=Issuing CA',
  names: ['mail.example.com'],
  validFrom: days(-30),
  validTo: days(60),
  ...over,
});

/** A TLS session in which everything is in order, but for what is given. */
export const session = (over: Partial<TlsSession> = {}): TlsSession => ({
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  name: 'mail.example.com',
  chain: [certificate()],
  chainError: null,
  anchored: true,
  named: true,
  at: AT,
  ...over,
});

/** An attempt over TLS, with EHLO answered behind it. */
export const secured = (over: Partial<TlsSession> = {}, more: Partial<Observation> = {}): Observation =>
  observation({
    tls: session(over),
    ehlo: { verb: 'EHLO', reply: reply('250-mail.example.com\n250 AUTH PLAIN') },
    ...more,
  });

/** An attempt that ended in the handshake. */
const failed = (cause: Cause, plainLook: PlainLook | null = null) =>
  observation({ end: { ...cause, step: 'tls' }, greeting: null, latencyMs: null, farewell: null, plainLook });
const handshake = (errno: string, reason = '') => ({ kind: 'handshake', errno, reason }) as const;

const GREETS: PlainLook = { answer: 'greeting', text: '220 mail.example.com ESMTP', offersStartTls: true };
const STRICT = { tls: 'starttls', asksForTls: true } as const;
const EXPIRED = { chain: [certificate({ validTo: days(-2) })], chainError: 'CERT_HAS_EXPIRED' };
const offered = (text: string, code: string | null) =>
  observation({
    starttls: { offered: code !== null, reply: code === null ? null : reply(code) },
    ehlo: code === null ? { verb: 'EHLO', reply: reply(text) } : null,
  });

export const tls: CasesOf = {
  'plaintext-expected': {
    found: [
      seen('a greeting in plaintext', failed(handshake('ERR_SSL_WRONG_VERSION_NUMBER'), GREETS)),
      seen('one that waited for us to finish', failed(silence(), GREETS)),
      seen('one without STARTTLS', failed(closed(), { ...GREETS, offersStartTls: false })),
    ],
    notFound: [
      seen('another protocol', failed(handshake('ERR_SSL_WRONG_VERSION_NUMBER'), { ...GREETS, text: 'SSH-2.0-x' })),
      seen('silence in plaintext too', failed(silence(), { answer: 'nothing', because: 'silence' })),
    ],
  },
  'starttls-not-offered': {
    found: [
      seen('stripped', offered('250-a\n250 SIZE 1', null), STRICT),
      seen('overwritten', offered('250-a\n250 XXXXXXXA', null), STRICT),
      seen('a certificate asked about', offered('250 a', null), { asksForTls: true }),
    ],
    notFound: [
      seen('not asked for', offered('250 a', null)),
      seen('TLS from the first byte', secured(), { tls: 'implicit', asksForTls: true }),
    ],
  },
  'starttls-refused': {
    found: [
      seen('not now', offered('', '454 4.7.0 TLS not available'), STRICT),
      seen('not at all', offered('', '502 what?')),
    ],
    notFound: [
      seen('accepted', secured({}, { starttls: { offered: true, reply: reply('220 go') } })),
      seen('a code of another kind', offered('', '354 go on'), STRICT),
    ],
  },
  'starttls-injection': {
    found: [
      seen('a reply behind the 220', failed({ kind: 'injected', heard: '250 x' }), STRICT),
      seen('bytes that came later', failed(handshake('ERR_SSL_WRONG_VERSION_NUMBER')), STRICT),
    ],
    notFound: [seen('an alert', failed(handshake('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')), STRICT)],
  },
  'tls-handshake-failed': {
    found: [
      seen('an alert', failed(handshake('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'handshake failure'))),
      seen('a close', failed(closed())),
      seen('a reset', failed(reset())),
      seen('a certificate wanted, once TLS stands', {
        ...observation({ greeting: null, latencyMs: null }),
        end: { ...reset('', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), step: 'greeting' },
      }),
      seen(
        'a certificate wanted, in words',
        secured({}, { ehlo: { verb: 'HELO', reply: reply('421 4.7.1 a Error: No client certificate presented') } }),
      ),
    ],
    notFound: [seen('silence', failed(silence())), seen('a session', secured())],
  },
  'tls-too-old': {
    found: [
      seen('an alert', failed(handshake('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'))),
      seen('an old version chosen', failed(handshake('ERR_SSL_UNSUPPORTED_PROTOCOL'))),
    ],
    notFound: [seen('no cipher in common', failed(handshake('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')))],
  },
  'certificate-expired': {
    found: [
      seen('the server’s own', secured(EXPIRED), STRICT),
      seen(
        'an intermediate',
        secured({ ...EXPIRED, chain: [certificate(), certificate({ validTo: days(-1) })] }),
        STRICT,
      ),
    ],
    notFound: [
      seen('its last day', secured({ chain: [certificate({ validTo: days(0.5) })] }), STRICT),
      seen('an old one that nobody needs', secured({ chain: [certificate(), certificate({ validTo: days(-1) })] })),
      seen('not verified', secured(EXPIRED), { tlsVerify: false }),
    ],
  },
  'certificate-not-yet-valid': {
    found: [
      seen(
        'from next week',
        secured({ chain: [certificate({ validFrom: days(5) })], chainError: 'CERT_NOT_YET_VALID' }),
        STRICT,
      ),
    ],
    notFound: [seen('since today', secured({ chain: [certificate({ validFrom: days(-0.1) })] }), STRICT)],
  },
  'certificate-name-mismatch': {
    found: [
      seen('another name', secured({ named: false }), STRICT),
      seen('no name', secured({ named: false, chain: [certificate({ names: [] })] }), STRICT),
      seen('an address', secured({ named: false, name: '192.0.2.25' }), STRICT),
      seen('another name, and nobody known', secured({ named: false, anchored: false, chainError: 'X' }), STRICT),
    ],
    notFound: [
      seen('its name', secured(), STRICT),
      seen('not verified', secured({ named: false }), { tlsVerify: false }),
    ],
  },
  'certificate-self-signed': {
    found: [
      seen(
        'signed by itself',
        secured({
          chain: [certificate({ issuer: 'CN=mail.example.com' })],
          chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          anchored: false,
        }),
        STRICT,
      ),
    ],
    notFound: [
      seen('trusted as it is', secured({ chain: [certificate({ issuer: 'CN=mail.example.com' })] }), STRICT),
      seen('signed by somebody', secured({ chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchored: false })),
    ],
  },
  'certificate-untrusted': {
    found: [
      seen('no intermediate', secured({ chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', anchored: false }), STRICT),
      seen('a root of its own', secured({ chainError: 'SELF_SIGNED_CERT_IN_CHAIN', anchored: false }), STRICT),
      seen('hidden behind a date', secured({ ...EXPIRED, anchored: false }), STRICT),
    ],
    notFound: [seen('a known authority', secured(), STRICT), seen('a date alone', secured(EXPIRED), STRICT)],
  },
  'certificate-expiring': {
    found: [
      seen('under the limit that warns', secured({ chain: [certificate({ validTo: days(20.9) })] })),
      seen('under the limit that fails', secured(), { certificateFailDays: 61 }),
      seen('an intermediate', secured({ chain: [certificate(), certificate({ validTo: days(3) })] })),
      seen('expired, and not verified', secured(EXPIRED), { tlsVerify: false }),
      seen('one day', secured({ chain: [certificate({ validTo: days(1) })] })),
    ],
    notFound: [
      seen('at the limit', secured({ chain: [certificate({ validTo: days(21) })] })),
      seen('expired, which is worse', secured(EXPIRED), STRICT),
    ],
  },
};
