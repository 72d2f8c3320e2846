import { describe, expect, test } from '@jest/globals';
import { loginOf } from '../../src/diagnosis/auth.ts';
import { finding } from '../../src/diagnosis/findings.ts';
import type { Code } from '../../src/model/codes.ts';
import type { AuthSeen, Observation } from '../../src/model/observation.ts';
import type { Mechanism } from '../../src/smtp/sasl/mechanisms.ts';
import { NOTHING } from '../support/cases/case.ts';
import { certificate, daysOn, intermediate, observation, reply, secured, session } from '../support/observation.ts';

const GREETING = '220 mail.example.com ESMTP ready';
const judged = (auth: AuthSeen, seen: Partial<Observation> = {}) => loginOf(secured({ auth, ...seen }), NOTHING);
const answered = (text: string, mechanism: Mechanism = 'PLAIN', saslError: string | null = null): AuthSeen => ({
  outcome: 'answered',
  mechanism,
  reply: reply(text),
  saslError,
});
const broken = (text: string, mechanism: Mechanism, saslError: string | null): AuthSeen =>
  ({ outcome: 'broken', mechanism, what: 'it asked on', reply: reply(text), saslError }) as AuthSeen;
const ehlo = (text: string): Partial<Observation> => ({ ehlo: { verb: 'EHLO', reply: reply(text) } });

test('without a login nothing is found', () => {
  expect(loginOf(observation(), NOTHING)).toEqual([]);
});

test('a login that is accepted is none, and a 421 is judged elsewhere', () => {
  expect(judged(answered('235 2.7.0 ok'))).toEqual([]);
  expect(judged(answered('421 4.3.0 closing'))).toEqual([]);
});

describe('a login that was withheld', () => {
  test('for want of TLS is no fault of a certificate', () => {
    const expired = session({ chain: [certificate({ validTo: daysOn(-1) }), intermediate()] });
    expect(judged({ outcome: 'withheld', because: 'no-tls' }, { tls: expired })).toEqual([
      finding('auth-needs-tls', { because: 'no-tls', reply: null, faults: [] }),
    ]);
  });

  test('names what is wrong with the certificate, and not that it ends soon', () => {
    const tls = session({ named: false, chain: [certificate({ validTo: daysOn(3) }), intermediate()] });
    const faults: Code[] = ['certificate-name-mismatch'];
    expect(judged({ outcome: 'withheld', because: 'not-verified' }, { tls })).toEqual([
      finding('auth-needs-tls', { because: 'not-verified', reply: null, faults }),
    ]);
  });
});

test('a server without a mechanism for it is told by what it offers', () => {
  expect(judged({ outcome: 'no-mechanism', offered: ['GSSAPI'], usable: ['PLAIN'] } as AuthSeen)).toEqual([
    finding('auth-mechanism-missing', { offered: ['GSSAPI'], usable: ['PLAIN'], reply: null }),
  ]);
  expect(judged({ outcome: 'not-offered' } as AuthSeen, ehlo('250-mail\n250 SIZE 1'))).toEqual([
    finding('auth-not-offered', { offered: ['SIZE 1'], reply: null }),
  ]);
});

const facts = (text: string, more: object = {}) => ({
  mechanism: 'PLAIN' as const,
  reply: text,
  saslError: null,
  greeting: GREETING,
  offered: ['PLAIN', 'LOGIN'],
  ...more,
});

describe('a login that is refused', () => {
  test('is told with the mechanisms on offer, in one case', () => {
    expect(judged(answered('535 5.7.8 no'))).toEqual([finding('auth-rejected', facts('535 5.7.8 no'))]);
    expect(judged(answered('535 no'), ehlo('250-mail\n250 AUTH plain Xoauth2'))).toEqual([
      finding('auth-rejected', facts('535 no', { offered: ['PLAIN', 'XOAUTH2'] })),
    ]);
    expect(judged(answered('535 no'), ehlo('250 mail'))).toEqual([
      finding('auth-rejected', facts('535 no', { offered: [] })),
    ]);
  });

  test.each<[string, Code]>([
    ['250 ok', 'protocol-violation'],
    ['399 x', 'protocol-violation'],
    ['400 later', 'auth-unavailable'],
    ['454 4.7.0 later', 'auth-unavailable'],
    ['499 later', 'auth-unavailable'],
    ['500 what?', 'auth-not-offered'],
    ['502 what?', 'auth-not-offered'],
    ['503 what?', 'auth-not-offered'],
    ['503 already authenticated', 'protocol-violation'],
    ['535 already authenticated elsewhere', 'auth-rejected'],
    ['500 5.5.6 line is too long', 'auth-rejected'],
    ['504 unknown mechanism', 'auth-mechanism-missing'],
    ['534 5.7.9 mechanism is too weak', 'auth-mechanism-missing'],
    ['534 no', 'auth-app-password-needed'],
    ['535 mechanism is too weak', 'auth-rejected'],
    ['535 application password required', 'auth-app-password-needed'],
    ['535 application-specific password required', 'auth-app-password-needed'],
    ['535 apppassword required', 'auth-app-password-needed'],
    ['535 InvalidSecondFactor', 'auth-app-password-needed'],
    ['535 5.7.139 the user credentials were incorrect', 'auth-rejected'],
    ['535 5.7.139 no', 'auth-disabled'],
    ['525 no', 'auth-disabled'],
    ['535 5.7.13 no', 'auth-disabled'],
    ['535 SMTP disabled', 'auth-disabled'],
    ['535 SmtpClientAuthentication is disabled', 'auth-disabled'],
    ['535 authentication disabled', 'auth-disabled'],
    ['535 account is disabled', 'auth-disabled'],
    ['535 basic authentication is disabled', 'auth-disabled'],
    ['535 basic access disabled', 'auth-disabled'],
    ['538 no', 'auth-needs-tls'],
    ['530 Must issue a STARTTLS command first', 'auth-needs-tls'],
    ['530 no', 'auth-rejected'],
    ['535 5.7.11 no', 'auth-needs-tls'],
  ])('as %j is %s', (text, code) => {
    expect(judged(answered(text)).map((found) => found.code)).toEqual([code]);
  });

  test('with another yes is told as what it is', () => {
    const what = 'AUTH was answered with 250 instead of 235';
    expect(judged(answered('250 ok'))).toEqual([finding('protocol-violation', { step: 'auth', what, text: '250 ok' })]);
  });

  test('for want of a mechanism is told with what it offers', () => {
    expect(judged(answered('504 no'))).toEqual([
      finding('auth-mechanism-missing', { offered: ['PLAIN', 'LOGIN'], usable: ['PLAIN'], reply: '504 no' }),
    ]);
  });

  test('for want of TLS tells whether there was any', () => {
    expect(judged(answered('538 no'))).toEqual([
      finding('auth-needs-tls', { because: 'said-so-over-tls', reply: '538 no' }),
    ]);
    expect(judged(answered('538 no'), { tls: null })).toEqual([
      finding('auth-needs-tls', { because: 'said-so', reply: '538 no' }),
    ]);
  });

  test('in lines with different codes is told by the last one', () => {
    const mixed = { code: 535, lines: ['a', 'no'], codes: [250, 535] };
    expect(judged({ outcome: 'answered', mechanism: 'PLAIN', reply: mixed, saslError: null })).toEqual([
      finding('auth-rejected', facts('535 no')),
    ]);
  });
});

describe('an error that the mechanism has named', () => {
  test.each<[string, AuthSeen, Code]>([
    ['and a challenge', broken('334 x', 'XOAUTH2', '{"status":"401"}'), 'auth-rejected'],
    ['and a yes', broken('235 ok', 'XOAUTH2', '{"status":"401"}'), 'auth-rejected'],
    ['and 400', broken('400 later', 'XOAUTH2', 'x'), 'auth-unavailable'],
    ['and 454', answered('454 later', 'SCRAM-SHA-1', 'channel-binding-not-supported'), 'auth-unavailable'],
    [
      'and 400, about the mechanism',
      answered('400 later', 'SCRAM-SHA-1', 'channel-binding-not-supported'),
      'auth-unavailable',
    ],
    [
      'and 500, about the mechanism',
      answered('500 no', 'SCRAM-SHA-1', 'extensions-not-supported'),
      'auth-mechanism-missing',
    ],
    [
      'and a yes, about the mechanism',
      answered('235 ok', 'SCRAM-SHA-1', 'channel-binding-not-supported'),
      'auth-rejected',
    ],
    ['that is not about the mechanism', answered('535 no', 'SCRAM-SHA-1', 'invalid-proof'), 'auth-rejected'],
    ['that is about another mechanism', answered('535 no', 'XOAUTH2', 'channel-binding'), 'auth-rejected'],
    ['and a second factor', answered('534 no', 'XOAUTH2', 'x'), 'auth-app-password-needed'],
  ])('%s', (name, auth, code) => {
    const found = judged(auth).map((one) => one.code);
    // A 235 behind an answered exchange is a yes.
    expect(found).toEqual(name.startsWith('and a yes, about') ? [] : [code]);
  });

  test('is told with what is on offer', () => {
    expect(judged(broken('334 x', 'XOAUTH2', 'why'))).toEqual([
      finding('auth-rejected', facts('334 x', { mechanism: 'XOAUTH2', saslError: 'why' })),
    ]);
    const scram = answered('535 no', 'SCRAM-SHA-256', 'channel-binding-not-supported');
    expect(judged(scram)).toEqual([
      finding('auth-mechanism-missing', {
        offered: ['PLAIN', 'LOGIN'],
        usable: ['SCRAM-SHA-256'],
        reply: '535 no (channel-binding-not-supported)',
      }),
    ]);
  });

  test('is missing where the exchange broke off without one', () => {
    expect(judged(broken('334 x', 'PLAIN', null))).toEqual([
      finding('protocol-violation', { step: 'auth', what: 'PLAIN: it asked on', text: '334 x' }),
    ]);
  });
});
