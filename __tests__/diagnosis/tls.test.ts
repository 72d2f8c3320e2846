import { describe, expect, test } from '@jest/globals';
import type { Expectations } from '../../src/diagnosis/expectations.ts';
import { certificateOf, handshakeFailure, refusedHello, startTlsOf } from '../../src/diagnosis/tls.ts';
import type { Cause, End, PlainLook, TlsSession } from '../../src/model/observation.ts';
import { closed, NOTHING, reset, silence } from '../support/cases/case.ts';
import {
  behindStartTls,
  certificate,
  certified,
  daysOn,
  intermediate,
  notSecured,
  observation,
  reply,
  secured,
} from '../support/observation.ts';

const LOOK: PlainLook = { answer: 'nothing', because: 'silence' };
const WRONG_VERSION: Cause = { kind: 'handshake', errno: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version' };
const ALERT: Cause = { kind: 'handshake', errno: 'ERR_SSL_ALERT', reason: 'alert' };
const OLD: Cause = { kind: 'handshake', errno: 'ERR_SSL_UNSUPPORTED_PROTOCOL', reason: 'old' };
const WANTS_CERTIFICATE = reset('', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');

describe('what kept TLS from coming about', () => {
  const failure = (end: End | Cause, { starttls = false } = {}) => {
    const seen = starttls ? behindStartTls(ALERT, { plainLook: LOOK }) : notSecured(ALERT, { plainLook: LOOK });
    return handshakeFailure({ step: 'tls', ...end }, seen, { ...NOTHING, tlsMinVersion: 'TLSv1.3' });
  };
  const failed = (errno: string, reason: string) => ({
    code: 'tls-handshake-failed',
    facts: { errno, reason, look: LOOK },
  });

  test.each<[string, Cause, object]>([
    [
      'a version',
      OLD,
      { code: 'tls-too-old', facts: { errno: 'ERR_SSL_UNSUPPORTED_PROTOCOL', minVersion: 'TLSv1.3' } },
    ],
    ['an alert', ALERT, failed('ERR_SSL_ALERT', 'alert')],
    ['a close', closed(), failed('closed', 'the server closed the connection')],
    ['a reset', reset(), failed('ECONNRESET', 'the server reset the connection')],
    ['a client certificate', WANTS_CERTIFICATE, failed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', '')],
    ['a reset in OpenSSL’s words', reset('', 'EPROTO'), failed('EPROTO', '')],
    ['plaintext', { kind: 'injected', heard: 'x' }, { code: 'starttls-injection', facts: { heard: 'x' } }],
    ['a refusal', { kind: 'injected', heard: '454 no' }, { code: 'starttls-refused', facts: { reply: '454 no' } }],
  ])('is %s', (_, cause, expected) => {
    expect(failure(cause)).toMatchObject(expected);
    expect(failure(cause, { starttls: true })).toMatchObject(expected);
  });

  test('is plaintext behind STARTTLS alone', () => {
    expect(failure(WRONG_VERSION)).toMatchObject(failed('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version'));
    expect(failure(WRONG_VERSION, { starttls: true })).toMatchObject({
      code: 'starttls-injection',
      facts: { heard: '' },
    });
  });

  test.each<[string, End]>([
    ['silence', { ...silence(), step: 'tls' }],
    ['a close at another step', { ...closed(), step: 'ehlo-again' }],
    ['a reset at another step', { ...reset(), step: 'ehlo-again' }],
    ['a loss that only looks like it', { ...closed('SSL'), step: 'ehlo-again' }],
  ])('is not %s', (_, end) => {
    expect(failure(end)).toBeNull();
  });
});

test('a refused EHLO is quoted by the line that decides', () => {
  expect(refusedHello(null)).toEqual({});
  expect(refusedHello({ verb: 'HELO', reply: reply('250 x') })).toEqual({});
  const refused = { ...reply('250-x\n550 no'), code: 550, codes: [250, 550] };
  expect(refusedHello({ verb: 'HELO', reply: reply('250 x'), refused })).toEqual({ ehloRefused: '550 no' });
});

describe('STARTTLS', () => {
  const ehlo = { verb: 'EHLO', reply: reply('250-x\n250 SIZE 1') } as const;
  const of = (answer: string | null, asksForTls = true, offered = true, hello: typeof ehlo | null = ehlo) =>
    startTlsOf(observation({ ehlo: hello, starttls: { offered, reply: answer === null ? null : reply(answer) } }), {
      ...NOTHING,
      asksForTls,
    }).map(({ code, facts }) => [code, facts]);

  test('that was not offered is missed where TLS is asked for, and EHLO was answered with a yes', () => {
    expect(of(null, true, false)).toEqual([['starttls-not-offered', { offered: ['SIZE 1'] }]]);
    expect(of(null, false, false)).toEqual([]);
    expect(of(null, true, false, null)).toEqual([]);
    const no = { ...ehlo, reply: reply('550 no') } as unknown as typeof ehlo;
    expect(of(null, true, false, no)).toEqual([]);
  });

  test.each<[string | null, unknown[]]>([
    [null, []],
    ['220 go', []],
    ['421 closing', []],
    ['299 go', []],
    [
      '399 go',
      [
        [
          'protocol-violation',
          { step: 'starttls', what: 'STARTTLS was answered with 399 instead of 220', text: '399 go' },
        ],
      ],
    ],
    ['400 no', [['starttls-refused', { reply: '400 no' }]]],
    ['554 no', [['starttls-refused', { reply: '554 no' }]]],
  ])('that is answered with %s', (text, expected) => {
    expect(of(text)).toEqual(expected);
    expect(of(text, false)).toEqual(expected);
  });

  test('is not judged where TLS came about, or nobody asked for it', () => {
    expect(startTlsOf(secured({ starttls: { offered: true, reply: reply('454 no') } }), NOTHING)).toEqual([]);
    expect(startTlsOf(observation(), { ...NOTHING, asksForTls: true })).toEqual([]);
  });
});

describe('a certificate', () => {
  const STARTTLS: Expectations = { ...NOTHING, tls: 'starttls', asksForTls: true };
  const found = (over: Partial<TlsSession>, wanted: Partial<Expectations> = {}) =>
    certificateOf(certified(over), { ...STARTTLS, ...wanted }).map(({ code, status, facts }) => [code, status, facts]);
  const name = 'mail.example.com';
  const good = certificate();
  const alone = certificate({ issuer: good.subject });

  test('in good order has no finding, and none has none', () => {
    expect(found({})).toEqual([]);
    expect(found({ chain: [] }, { tlsVerify: false })).toEqual([]);
    expect(certificateOf(observation(), STARTTLS)).toEqual([]);
  });

  test.each([
    [null, 'NO_CERTIFICATE'],
    ['X', 'X'],
  ])('that is missing: %s', (chainError, errno) => {
    const facts = { errno, reason: 'the server sent no certificate', look: null };
    expect(found({ chain: [], chainError })).toEqual([['tls-handshake-failed', 'fail', facts]]);
    expect(found({ chain: [], chainError }, { tls: 'auto' })).toEqual([['tls-handshake-failed', 'warn', facts]]);
  });

  test('that has expired, or is not valid yet, is told with the days', () => {
    const late = certificate({ validTo: daysOn(-2.5) });
    const early = certificate({ validFrom: daysOn(3.5) });
    expect(found({ chain: [late] })).toEqual([
      ['certificate-expired', 'fail', { certificate: late, name, daysAgo: 2 }],
    ]);
    expect(found({ chain: [early] })).toEqual([
      ['certificate-not-yet-valid', 'fail', { certificate: early, name, daysAhead: 3 }],
    ]);
    expect(found({ chain: [late] }, { tls: 'auto', certificateFailDays: 0 })).toMatchObject([
      ['certificate-expired', 'warn', {}],
    ]);
    expect(found({ chain: [late] }, { tls: 'auto', certificateFailDays: 1 })).toMatchObject([
      ['certificate-expired', 'fail', {}],
    ]);
  });

  test('that verifies now is neither, to the moment', () => {
    expect(found({ chain: [certificate({ validTo: daysOn(0) })] }, { certificateWarnDays: 0 })).toEqual([]);
    expect(found({ chain: [certificate({ validFrom: daysOn(0) })] })).toEqual([]);
  });

  test('of another one counts where the chain does not verify', () => {
    const old = intermediate({ validTo: daysOn(-1) });
    expect(found({ chain: [good, old] })).toEqual([]);
    expect(found({ chain: [good, old], chainError: 'CERT_HAS_EXPIRED' })).toMatchObject([
      ['certificate-expired', 'fail', { certificate: old }],
    ]);
  });

  test('of which OpenSSL has something to say that nothing else tells is not trusted', () => {
    const facts = { certificate: good, name, errno: 'UNSPECIFIED' };
    expect(found({ chainError: 'UNSPECIFIED' })).toEqual([['certificate-untrusted', 'fail', facts]]);
    expect(found({ chainError: 'UNSPECIFIED' }, { tls: 'auto' })).toEqual([['certificate-untrusted', 'warn', facts]]);
    expect(found({ chainError: 'UNSPECIFIED' }, { tlsVerify: false })).toEqual([]);
    expect(found({ chainError: 'UNSPECIFIED', named: false })).toMatchObject([
      ['certificate-name-mismatch', 'fail', {}],
    ]);
  });

  test('of nobody that is known is told by how it is signed', () => {
    const untrusted = { chainError: 'X', anchored: false };
    expect(found({ ...untrusted, chain: [alone] })).toEqual([
      ['certificate-self-signed', 'fail', { certificate: alone, name }],
    ]);
    expect(found({ ...untrusted, chain: [good] })).toEqual([
      ['certificate-untrusted', 'fail', { certificate: good, name, errno: 'X' }],
    ]);
    expect(found({ ...untrusted, chain: [alone, intermediate()] })).toEqual([
      ['certificate-untrusted', 'fail', { certificate: alone, name, errno: 'X' }],
    ]);
    expect(found({ anchored: false, chainError: null, chain: [alone] })).toMatchObject([
      ['certificate-self-signed', 'fail', {}],
    ]);
    expect(found({ anchored: false, chainError: null })).toMatchObject([
      ['certificate-untrusted', 'fail', { errno: '' }],
    ]);
    expect(found({ ...untrusted, chain: [alone], chainError: 'ERROR_IN_CERT_NOT_AFTER_FIELD' })).toMatchObject([
      ['certificate-untrusted', 'fail', {}],
    ]);
    expect(found({ ...untrusted, chain: [alone], chainError: 'NO ERROR_IN_CERT_NOT_AFTER_FIELD' })).toMatchObject([
      ['certificate-self-signed', 'fail', {}],
    ]);
  });

  test('for another name is told with the name', () => {
    expect(found({ named: false })).toEqual([['certificate-name-mismatch', 'fail', { certificate: good, name }]]);
    expect(found({ named: false }, { tls: 'auto' })).toMatchObject([['certificate-name-mismatch', 'warn', {}]]);
  });

  test.each([
    ['CA_MD_TOO_WEAK', 'a signature with an old digest'],
    ['EE_KEY_TOO_SMALL', 'a short key'],
    ['CA_KEY_TOO_SMALL', 'a short key'],
  ])('that is weak by OpenSSL’s word is told with what is weak: %s', (errno, weakness) => {
    const facts = { certificate: good, name, errno, weakness };
    expect(found({ chainError: errno })).toEqual([['certificate-weak', 'fail', facts]]);
    expect(found({ chainError: errno }, { tls: 'auto' })).toEqual([['certificate-weak', 'warn', facts]]);
  });

  test('that is weak is told by what was seen of it', () => {
    const weak = { certificate: intermediate(), errno: 'CA_MD_TOO_WEAK', weakness: 'a signature with SHA-1' };
    expect(found({ weak })).toEqual([['certificate-weak', 'fail', { ...weak, name }]]);
    expect(found({ weak, chainError: 'EE_KEY_TOO_SMALL' })).toEqual([['certificate-weak', 'fail', { ...weak, name }]]);
  });

  test.each([
    ['the first date', { validFrom: new Date(Number.NaN) }, 'X', 'ERROR_IN_CERT_NOT_BEFORE_FIELD'],
    ['the last date', { validTo: new Date(Number.NaN) }, null, 'ERROR_IN_CERT_NOT_AFTER_FIELD'],
    [
      'a date of which OpenSSL says more',
      { validTo: new Date(Number.NaN) },
      'ERROR_IN_CERT_NOT_X',
      'ERROR_IN_CERT_NOT_X',
    ],
    [
      'a date, and OpenSSL says something else',
      { validTo: new Date(Number.NaN) },
      'NO ERROR_IN_CERT_NOT_X',
      'ERROR_IN_CERT_NOT_AFTER_FIELD',
    ],
  ])('that nobody verifies is told where it cannot be read: %s', (_, over, chainError, errno) => {
    const unreadable = intermediate(over);
    expect(found({ chain: [good, unreadable], chainError }, { tlsVerify: false, certificateWarnDays: -99 })).toEqual([
      ['certificate-untrusted', 'warn', { certificate: unreadable, name, errno }],
    ]);
    expect(found({ chain: [good], chainError }, { tlsVerify: false })).toEqual([]);
  });

  test.each([
    [7, { certificateFailDays: 7, certificateWarnDays: 7 }, null],
    [6.9, { certificateFailDays: 7 }, ['fail', 7, 'certificate-fail-days', 6]],
    [8.9, { certificateFailDays: 7, certificateWarnDays: 9 }, ['warn', 9, 'certificate-warn-days', 8]],
    [9, { certificateFailDays: 7, certificateWarnDays: 9 }, null],
  ] as const)('that ends in %d days, with %j', (days, wanted, expected) => {
    const ending = certificate({ validTo: daysOn(days) });
    const [status, limit, option, daysLeft] = expected ?? [];
    const facts = { certificate: ending, name, daysLeft, limit, option };
    expect(found({ chain: [ending] }, wanted)).toEqual(expected ? [['certificate-expiring', status, facts]] : []);
  });
});
