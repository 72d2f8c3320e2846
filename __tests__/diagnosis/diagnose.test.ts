import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PLACES } from '../../src/diagnosis/catalogue/entry.ts';
import { explain } from '../../src/diagnosis/catalogue/index.ts';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Expectations } from '../../src/diagnosis/expectations.ts';
import { CODES, type Code } from '../../src/model/codes.ts';
import { type Cause, greetingText, type Observation } from '../../src/model/observation.ts';
import type { StepName } from '../../src/model/steps.ts';
import { closed, deadline, NO_ANSWER, NOT_TLS, NOTHING, reset, silence, TLS } from '../support/cases/case.ts';
import { CASES } from '../support/cases.ts';
import {
  behindStartTls,
  certificate,
  certified,
  daysOn,
  ended,
  garbled,
  greeted,
  IMPLICIT_STEPS,
  intermediate,
  loggedIn,
  observation,
  reply,
  STARTTLS_STEPS,
  secured,
  session,
  unconnected,
  unresolved,
} from '../support/observation.ts';

const codes = Object.keys(CODES) as Code[];
const rows = (kind: 'found' | 'notFound') =>
  codes.flatMap((code) => (CASES[code]?.[kind] ?? []).map(([name, find]) => [code, name, find] as const));
const subject = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587' };

describe('is found', () => {
  test.each(rows('found'))('%s: %s', async (code, _, find) => {
    expect((await find()).map((finding) => finding.code)).toContain(code);
  });
});

describe('is not found', () => {
  test.each(rows('notFound'))('%s: %s', async (code, _, find) => {
    expect((await find()).map((finding) => finding.code)).not.toContain(code);
  });
});

describe('every code', () => {
  const headings = readFileSync(new URL('../../docs/codes.md', import.meta.url), 'utf8').match(/^## .*$/gm);

  test.each(codes)('%s has cases, causes, remedies for every place, and a chapter', async (code) => {
    const { found = [], notFound = [] } = CASES[code] ?? {};
    expect(found.length).toBeGreaterThan(0);
    expect(notFound.length).toBeGreaterThan(0);
    expect(headings).toContain(`## ${code}`);
    for (const [, find] of found) {
      const finding = (await find()).find((one) => one.code === code);
      if (!finding) throw new Error(`${code} was not found`);
      const { title, evidence, causes, remedies } = explain(finding, subject, 'systemd');
      expect(title).toMatch(/\S/);
      expect(evidence).toMatch(/\S/);
      expect(causes.length).toBeGreaterThan(0);
      expect(causes.every((cause) => cause.endsWith('.'))).toBe(true);
      const places = remedies.map(({ environment }) => environment);
      expect(PLACES.filter((place) => !places.includes(place))).toEqual([]);
    }
  });
});

describe('an attempt that went well', () => {
  test.each([
    ['a greeting', observation()],
    ['a greeting of several lines', greeted('220-wait\n220 mail.example.com ESMTP')],
    ['a greeting without a text', greeted('220 ')],
    ['no answer to QUIT', observation({ farewell: null })],
    ['a refusal of QUIT', observation({ farewell: reply('502 no') })],
  ])('has no finding: %s', (_, seen) => {
    expect(diagnose(seen, { ...NOTHING, expectBanner: '^220', latencyWarn: 10_000 })).toEqual([]);
  });
});

describe('what decides stands first', () => {
  test.each([
    ['the end before the banner', garbled('SSH-2.0-x'), { expectBanner: 'ESMTP' }, ['not-smtp', 'banner-mismatch']],
    [
      'the greeting before the banner',
      greeted('220 (vsFTPd 3)'),
      { expectBanner: 'ESMTP' },
      ['not-smtp', 'banner-mismatch'],
    ],
    [
      'the greeting before the latency',
      greeted('421 no', { latencyMs: 9_000 }),
      { latencyFail: 1 },
      ['greeting-busy', 'slow'],
    ],
    [
      'the banner before the latency',
      observation(),
      { expectBanner: 'x{9}', latencyFail: 1 },
      ['banner-mismatch', 'slow'],
    ],
    ['one finding for a rewritten greeting', greeted('220 ****'), {}, ['greeting-rewritten']],
    ['one finding for a greeting of another code', greeted('250 x'), {}, ['protocol-violation']],
    [
      'the quick end of a slow one',
      ended('quit', { kind: 'out-of-turn', heard: '250 x' }, { latencyMs: 9_000 }),
      { latencyWarn: 1 },
      ['protocol-violation', 'slow'],
    ],
  ])('%s', (_, seen, wanted, expected) => {
    expect(diagnose(seen, { ...NOTHING, ...wanted }).map(({ code }) => code)).toEqual(expected);
  });
});

describe('a status', () => {
  test.each(rows('found').filter(([code]) => code !== 'slow' && code !== 'not-configured'))(
    'is the code’s own: %s, %s',
    async (code, _, find) => {
      expect((await find()).find((finding) => finding.code === code)?.status).toBe(CODES[code].status);
    },
  );

  test.each([
    [{ latencyWarn: 5 }, 'warn', 'latency-warn', 5],
    [{ latencyFail: 5 }, 'fail', 'latency-fail', 5],
    [{ latencyWarn: 5, latencyFail: 9 }, 'fail', 'latency-fail', 9],
    [{ latencyWarn: 5, latencyFail: 10 }, 'warn', 'latency-warn', 5],
  ])('of slowness is what the limit says: %j', (wanted, status, option, limitMs) => {
    expect(diagnose(observation({ latencyMs: 9.6 }), { ...NOTHING, ...wanted })).toEqual([
      { code: 'slow', status, facts: { ms: 9.6, limitMs, option }, address: null },
    ]);
  });
});

describe('a certificate’s status', () => {
  const expired = { chain: [certificate({ validTo: daysOn(-2) })], chainError: 'CERT_HAS_EXPIRED' };
  const early = { chain: [certificate({ validFrom: daysOn(2) })], chainError: 'CERT_NOT_YET_VALID' };
  const alone = {
    chain: [certificate({ issuer: 'CN=mail.example.com' })],
    chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    anchored: false,
  };
  const untrusted = { chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', anchored: false };
  const ending = (days: number) => ({ chain: [certificate({ validTo: daysOn(days) })] });
  const code = (name: string) => `certificate-${name}`;

  test.each([
    ['expired', expired],
    ['not-yet-valid', early],
    ['self-signed', alone],
    ['untrusted', untrusted],
    ['name-mismatch', { named: false }],
  ])(
    'is a warning with tls: auto, a failure where TLS was asked for, and of dates alone unverified: %s',
    (name, over) => {
      const found = (wanted: object) => diagnose(certified(over), { ...NOTHING, certificateFailDays: -99, ...wanted });
      expect(found({ tls: 'auto' })).toMatchObject([{ code: code(name), status: 'warn' }]);
      expect(found({ tls: 'starttls' })).toMatchObject([{ code: code(name), status: 'fail' }]);
      expect(found({ tls: 'implicit' })).toMatchObject([{ code: code(name), status: 'fail' }]);
      const unverified = found({ tls: 'starttls', tlsVerify: false, certificateWarnDays: -99 });
      const isDate = 'chain' in over && over !== alone;
      expect(unverified).toMatchObject(isDate ? [{ code: code(name), status: 'warn' }] : []);
    },
  );

  test.each([
    [{ tlsVerify: false }, 'warn'],
    [{ tlsVerify: false, certificateFailDays: 1 }, 'fail'],
    [{ tls: 'auto', certificateFailDays: 1 }, 'fail'],
    [{ tls: 'auto' }, 'warn'],
  ] as const)('of one that has expired is what was asked for, and it is not about to expire: %j', (wanted, status) => {
    expect(diagnose(certified(expired), { ...NOTHING, tls: 'starttls', ...wanted })).toMatchObject([
      { code: 'certificate-expired', status },
    ]);
  });

  test('is nothing for an old certificate that nobody needs, and what is needed is still looked at', () => {
    const chain = [certificate({ validTo: daysOn(5) }), intermediate({ validTo: daysOn(-9) })];
    expect(diagnose(certified({ chain }), { ...NOTHING, tls: 'starttls' })).toMatchObject([
      { code: 'certificate-expiring', facts: { daysLeft: 5 } },
    ]);
  });

  test('is a warning for a date that cannot be read and that nobody verifies', () => {
    const seen = certified({ chain: [certificate({ validTo: new Date(Number.NaN) })], chainError: 'CERT_UNTRUSTED' });
    expect(diagnose(seen, { ...NOTHING, tls: 'starttls', tlsVerify: false })).toMatchObject([
      { code: 'certificate-untrusted', status: 'warn', facts: { errno: 'ERROR_IN_CERT_NOT_AFTER_FIELD' } },
    ]);
  });

  test.each([
    [20.9, {}, 'warn', 'certificate-warn-days', 20],
    [0, {}, 'warn', 'certificate-warn-days', 0],
    [7, { certificateFailDays: 7 }, 'warn', 'certificate-warn-days', 7],
    [6.9, { certificateFailDays: 7 }, 'fail', 'certificate-fail-days', 6],
    [6.9, { certificateFailDays: 7, tlsVerify: false }, 'fail', 'certificate-fail-days', 6],
    [29, { certificateWarnDays: 20, certificateFailDays: 30 }, 'fail', 'certificate-fail-days', 29],
  ])('is what the limit says with %d days left and %j: %s', (days, wanted, status, option, daysLeft) => {
    for (const tls of ['auto', 'starttls'] as const) {
      expect(diagnose(certified(ending(days)), { ...NOTHING, tls, ...wanted })).toMatchObject([
        { code: 'certificate-expiring', status, facts: { option, daysLeft } },
      ]);
    }
  });
});

describe('a weakness in a handshake', () => {
  test.each([
    ['ERR_SSL_DH_KEY_TOO_SMALL', /Diffie-Hellman group/],
    ['ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED', /legacy renegotiation/],
    ['ERR_SSL_LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED', /SHA-1/],
    ['ERR_SSL_WRONG_SIGNATURE_TYPE', /SHA-1/],
    ['ERR_SSL_EE_KEY_TOO_SMALL', /key that is too short/],
    ['ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY', /cipher/],
  ])('is named first, everywhere: %s', (code, what) => {
    const cause = { kind: 'handshake', errno: code, reason: 'something' } as const;
    const [found] = diagnose(behindStartTls(cause), { ...NOTHING, tls: 'starttls', asksForTls: true });
    const subject = { host: 'mail.example.com', port: 587, at: 'mail.example.com:587', proxy: null };
    if (!found) throw new Error('nothing was found');
    const { message, causes, remedies } = explain(found, subject, 'systemd');
    expect(found.code).toBe('tls-handshake-failed');
    for (const text of [message, causes[0], remedies[0]?.text]) expect(text).toMatch(what);
    expect(remedies[0]?.text).not.toMatch(/tls-ca/);
  });
});

describe('the facts', () => {
  test('of a login for which TLS is asked say whether there was TLS', () => {
    const asked = loggedIn('530 5.7.0 Must issue a STARTTLS command first');
    expect(diagnose(asked, NOTHING)[0]?.facts).toMatchObject({ because: 'said-so-over-tls' });
    expect(diagnose({ ...asked, tls: null, starttls: null }, NOTHING)[0]?.facts).toMatchObject({ because: 'said-so' });
  });

  test('of a refused EHLO say whether HELO was answered too', () => {
    const refused = (verb: 'EHLO' | 'HELO') => observation({ ehlo: { verb, reply: reply('500 what?') } });
    expect(diagnose(refused('EHLO'), NOTHING)[0]?.facts).toMatchObject({ withoutHelo: true });
    expect(diagnose(refused('HELO'), NOTHING)[0]?.facts).not.toHaveProperty('withoutHelo');
  });

  test.each([
    ['the family that was wanted', unresolved('ENOTFOUND', true), { ipFamily: '6' as const }, { family: 6 }],
    ['no family where none was wanted', unresolved('EAI_NODATA'), {}, { family: 0 }],
    ['every address with its error', unconnected('ECONNREFUSED', null), {}, { dialled: { length: 2 } }],
    [
      'how long was waited',
      ended('greeting', { kind: 'silence', ms: 1_234, heard: '220-a' }),
      {},
      { ms: 1_234, heard: '220-a', look: 'not-asked' },
    ],
    ['how long until the close', ended('greeting', { kind: 'closed', heard: '' }), {}, { afterMs: 5 }],
    ['the errno of a reset', ended('greeting', { kind: 'reset', errno: 'EPIPE', heard: '' }), {}, { errno: 'EPIPE' }],
    [
      'the step that a deadline ended',
      ended('connect', { kind: 'deadline', ms: 9, heard: '' }),
      {},
      { step: 'connect', ms: 9 },
    ],
    ['the reply, line by line', greeted('554-a\n554 b'), {}, { reply: '554-a\n554 b' }],
    ['the text of another protocol', garbled('* OK IMAP4rev1'), {}, { protocol: 'imap', text: '* OK IMAP4rev1' }],
  ])('hold %s', (_, seen, wanted, facts) => {
    expect(diagnose(seen, { ...NOTHING, ...wanted })[0]?.facts).toMatchObject(facts);
  });
});

/** The steps took 1 ms, 2 ms and so on. */
const eachLonger = (seen: Observation): Observation => ({
  ...seen,
  steps: seen.steps.map((one, i) => ({ ...one, tookMs: i + 1 })),
});
const handshake: Cause = { kind: 'handshake', errno: 'ERR_SSL_WRONG_VERSION_NUMBER', reason: 'wrong version number' };
const plain = (text: string): Observation =>
  ended('tls', handshake, { plainLook: { answer: 'greeting', text, offersStartTls: null } }, IMPLICIT_STEPS);
const quiet = (step: StepName, tlsLook: Observation['tlsLook'] = null): Observation =>
  ended(step, silence('2'), { tlsLook }, STARTTLS_STEPS);

describe('exactly this is known of', () => {
  const around = null;
  test.each<[string, Observation, Code, object]>([
    [
      'a resolver that makes its answer up',
      ended('resolve', { kind: 'resolver', errno: 'ENOTFOUND', answer: '"x"' }),
      'dns-unavailable',
      { errno: 'ENOTFOUND', answer: '"x"', around },
    ],
    ['the first reset', unconnected('EPIPE', 'ECONNRESET'), 'connect-reset', { errno: 'EPIPE', around }],
    ['a close', eachLonger(ended('greeting', closed())), 'greeting-closed', { afterMs: 3, around }],
    ['a busy greeting', eachLonger(greeted('421 no')), 'greeting-busy', { reply: '421 no', afterMs: 3 }],
    [
      'a busy greeting of which no time is known',
      greeted('421 no', { steps: [] }),
      'greeting-busy',
      { reply: '421 no', afterMs: 0 },
    ],
    [
      'silence at the greeting',
      quiet('greeting'),
      'greeting-timeout',
      { ms: 10_000, heard: '2', look: 'not-asked', around },
    ],
    [
      'silence at the greeting, and no TLS',
      quiet('greeting', NOT_TLS),
      'greeting-timeout',
      { ms: 10_000, heard: '2', look: 'not-tls', around },
    ],
    [
      'silence at the greeting, and to a hello of TLS',
      quiet('greeting', NO_ANSWER),
      'greeting-timeout',
      { ms: 10_000, heard: '2', look: 'silent', around },
    ],
    [
      'TLS where a greeting was awaited',
      quiet('greeting', TLS),
      'tls-expected',
      { protocol: 'TLSv1.3', greeting: '220 mail.example.com ESMTP' },
    ],
    [
      'a deadline at the greeting',
      ended('greeting', deadline()),
      'deadline-exceeded',
      { step: 'greeting', limit: 'deadline', ms: 30_000, heard: '' },
    ],
    ['silence', quiet('ehlo'), 'deadline-exceeded', { step: 'ehlo', limit: 'timeout', ms: 10_000, heard: '2' }],
    [
      'a loss',
      ended('ehlo', closed('2'), {}, STARTTLS_STEPS),
      'connection-lost',
      { step: 'ehlo', how: 'closed', heard: '2' },
    ],
    [
      'a loss by a reset at the greeting',
      ended('greeting', reset('2')),
      'connection-lost',
      { step: 'greeting', how: 'reset', heard: '2' },
    ],
    ['words without digits', garbled('hello 220 x'), 'not-smtp', { protocol: 'unknown', text: 'hello 220 x' }],
    ['words behind two digits', garbled('22 x'), 'not-smtp', { protocol: 'unknown', text: '22 x' }],
    [
      'words behind three digits',
      garbled('220x'),
      'protocol-violation',
      { step: 'greeting', what: 'a line that is no SMTP reply', text: '220x' },
    ],
    [
      'a line without an end',
      garbled('hello', 'line-too-long'),
      'protocol-violation',
      { step: 'greeting', what: 'a line without end (over 4 KiB)', text: 'hello' },
    ],
    [
      'an answer that nobody asked for',
      ended('quit', { kind: 'out-of-turn', heard: '250 x' }),
      'protocol-violation',
      { step: 'quit', what: 'the server sent a reply without a command', text: '250 x' },
    ],
    ['SSH in the place of TLS', plain('SSH-2.0-x'), 'not-smtp', { protocol: 'ssh', text: 'SSH-2.0-x' }],
    ['plaintext in the place of TLS', plain('220 x'), 'plaintext-expected', { text: '220 x', offersStartTls: null }],
    [
      'plaintext that is no reply in the place of TLS',
      plain('hello 220 x'),
      'tls-handshake-failed',
      {
        errno: 'ERR_SSL_WRONG_VERSION_NUMBER',
        reason: 'wrong version number',
        look: { answer: 'greeting', text: 'hello 220 x', offersStartTls: null },
      },
    ],
    [
      'a greeting of another code',
      greeted('250 x'),
      'protocol-violation',
      { step: 'greeting', what: 'greeted with 250 instead of 220', text: '250 x' },
    ],
    ['a rewritten greeting', greeted('220 ****'), 'greeting-rewritten', { reply: '220 ****' }],
    [
      'EHLO with another code',
      observation({ ehlo: { verb: 'HELO', reply: reply('354 x') } }),
      'protocol-violation',
      { step: 'ehlo', what: 'HELO was answered with 354 instead of 250', text: '354 x' },
    ],
    [
      'a client certificate that is missed behind the handshake',
      secured({ ehlo: { verb: 'EHLO', reply: reply('454 4.7.0 No client certificate') } }),
      'tls-handshake-failed',
      { errno: 'client certificate refused', reason: '454 4.7.0 No client certificate', look: null },
    ],
    [
      'EHLO that is refused',
      observation({ ehlo: { verb: 'EHLO', reply: reply('550 no client certificate') } }),
      'ehlo-refused',
      { reply: '550 no client certificate', greeting: '220 mail.example.com ESMTP ready', withoutHelo: true },
    ],
  ])('%s', (_, seen, code, facts) => {
    const found = diagnose(seen, NOTHING).find((one) => one.code === code);
    expect(found?.facts).toEqual(facts);
  });
});

describe('at their bounds', () => {
  const codesOf = (seen: Observation, wanted: Partial<Expectations> = {}) =>
    diagnose(seen, { ...NOTHING, ...wanted }).map(({ code }) => code);
  const ehlo = (text: string, over: Partial<Observation> = {}) =>
    observation({ ehlo: { verb: 'EHLO', reply: reply(text) }, ...over });

  test.each<[string, Code[]]>([
    ['399 x', ['protocol-violation']],
    ['400 x', ['greeting-busy']],
    ['499 x', ['greeting-busy']],
    ['500 x', ['greeting-refused']],
  ])('a greeting: %s', (text, expected) => {
    expect(codesOf(greeted(text))).toEqual(expected);
    expect(codesOf(greeted(text), { expectBanner: 'y' }).includes('banner-mismatch')).toBe(text < '400');
  });

  test.each<[string, Code[]]>([
    ['250 x', []],
    ['399 x', ['protocol-violation']],
    ['400 x', ['service-unavailable']],
    ['499 x', ['service-unavailable']],
    ['500 x', ['ehlo-refused']],
  ])('an answer to EHLO: %s', (text, expected) => {
    expect(codesOf(ehlo(text))).toEqual(expected);
  });

  test.each<[string, boolean, Code[]]>([
    ['250 client certificate', true, []],
    ['399 client certificate', true, ['protocol-violation']],
    ['400 client certificate', true, ['tls-handshake-failed', 'service-unavailable']],
    ['400 client certificate', false, ['service-unavailable']],
    ['550 no certificate', true, ['ehlo-refused']],
  ])('a client certificate that is missed: %s, with TLS: %p', (text, overTls, expected) => {
    expect(codesOf(ehlo(text, overTls ? { tls: session() } : {}))).toEqual(expected);
  });

  test('slowness', () => {
    const slow = (limits: Partial<Expectations>) => codesOf(observation({ latencyMs: 5 }), limits);
    expect(slow({ latencyWarn: 5 })).toEqual(['slow']);
    expect(slow({ latencyFail: 5 })).toEqual(['slow']);
    expect(slow({ latencyWarn: 5.1, latencyFail: 5.1 })).toEqual([]);
    expect(codesOf(observation({ latencyMs: null }), { latencyWarn: 0, latencyFail: 0 })).toEqual([]);
  });
});

describe('what is required of EHLO', () => {
  const missing = (seen: Observation, keyword: string, asksForTls = false) =>
    diagnose(seen, { ...NOTHING, asksForTls, require: [{ keyword, parameters: [] }] })
      .filter(({ code }) => code === 'capability-missing')
      .map(({ facts }) => facts);
  const behind = (starttls: Observation['starttls']) =>
    observation({ ehlo: { verb: 'EHLO', reply: reply('250-x\n250 SIZE 1') }, starttls });
  const refused = { offered: true, reply: reply('454 no') };

  test('and is not offered', () => {
    expect(missing(secured(), 'DSN')).toEqual([
      { missing: ['DSN'], offered: ['SIZE 10240000', 'AUTH PLAIN LOGIN'], neededBy: 'require' },
    ]);
    expect(missing(secured(), 'SIZE')).toEqual([]);
  });

  test('counts on the connection that was asked for alone', () => {
    expect(missing(behind(refused), 'DSN', true)).toEqual([]);
    expect(missing(behind(refused), 'DSN', false)).toHaveLength(1);
    expect(missing(behind(null), 'DSN', true)).toHaveLength(1);
    expect(missing(secured(), 'DSN', true)).toHaveLength(1);
  });

  test('may be STARTTLS, which is not offered again behind itself (RFC 3207 §4.2)', () => {
    expect(missing(secured(), 'STARTTLS')).toEqual([]);
    expect(missing(behind(refused), 'STARTTLS')).toHaveLength(1);
    expect(missing({ ...behind(null), tls: session() }, 'STARTTLS')).toHaveLength(1);
    expect(missing({ ...secured(), starttls: { offered: false, reply: null } }, 'STARTTLS')).toHaveLength(1);
  });
});

describe('the banner', () => {
  const banner = (seen: Observation, expectBanner = 'ESMTP') =>
    diagnose(seen, { ...NOTHING, expectBanner })
      .filter(({ code }) => code === 'banner-mismatch')
      .map(({ facts }) => facts);

  test.each<[string, Observation, object[]]>([
    ['a greeting', greeted('220 x'), [{ pattern: 'ESMTP', text: '220 x', finished: true }]],
    ['what is no reply', garbled('hello'), [{ pattern: 'ESMTP', text: 'hello', finished: true }]],
    ['nothing', garbled(''), []],
    ['half of a greeting', ended('greeting', closed('220-x')), []],
    ['nothing that was ever said', unconnected('ECONNREFUSED'), []],
  ])('is compared with %s', (_, seen, expected) => {
    expect(banner(seen)).toEqual(expected);
  });

  test('is told to be unknown where the expression does not end', () => {
    expect(banner(greeted(`220 ${'a'.repeat(50)}!`), '(a+)+$')).toMatchObject([{ finished: false }]);
  });
});

test.each([
  ['a greeting', greeted('220-a\n220 b'), '220-a\n220 b'],
  ['what is no reply', garbled('SSH-2.0-x'), 'SSH-2.0-x'],
  ['half of a greeting', ended('greeting', { kind: 'silence', ms: 1, heard: '220-a' }), '220-a'],
  ['nothing', ended('greeting', { kind: 'closed', heard: '' }), ''],
  ['nothing before a greeting', unconnected(null), ''],
  [
    'the greeting, though the farewell was garbage',
    ended('quit', { kind: 'out-of-turn', heard: 'x' }),
    '220 mail.example.com ESMTP ready',
  ],
])('what the server said first is %s', (_, seen, text) => {
  expect(greetingText(seen)).toBe(text);
});
