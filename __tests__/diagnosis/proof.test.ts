import { describe, expect, test } from '@jest/globals';
import { CATALOGUE } from '../../src/diagnosis/catalogue/index.ts';
import type { Expectations } from '../../src/diagnosis/expectations.ts';
import { type Finding, finding } from '../../src/diagnosis/findings.ts';
import { explains, proven, undoneSteps } from '../../src/diagnosis/proof.ts';
import type { Code } from '../../src/model/codes.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { StepName } from '../../src/model/steps.ts';
import { NOTHING } from '../support/cases/case.ts';
import { ended, enveloped, loggedIn, observation, reply, STARTTLS_STEPS, secured } from '../support/observation.ts';

const example = (code: Code) => ({ code, status: 'warn', facts: CATALOGUE[code].example, address: null }) as Finding;
/** Behind these the conversation goes on. */
const REMARKS: readonly Code[] = [
  'greeting-rewritten',
  'banner-mismatch',
  'protocol-deviation',
  'certificate-expiring',
  'slow',
];

test.each(REMARKS)('%s explains no step that was not done', (code) => {
  expect(explains(example(code))).toBe(false);
});

test.each(['greeting-busy', 'connection-lost', 'auth-rejected'] as const)('%s may explain one', (code) => {
  expect(explains(example(code))).toBe(true);
});

const REQUIRED = { ...NOTHING, require: [{ keyword: 'SIZE', parameters: [] }] } as Expectations;

describe('a step is open', () => {
  const answers = (...texts: string[]) => enveloped(texts[0] ?? '', ...texts.slice(1));
  const ehlo = (text: string) => secured({ ehlo: { verb: 'EHLO', reply: reply(text) } });
  const unanswered = {
    ...secured(),
    envelope: {
      from: 'a@example.com',
      needsUtf8: false,
      mail: reply('250 ok'),
      recipients: [
        { to: 'a@example.net', reply: reply('250 ok') },
        { to: 'b@example.net', reply: null },
      ],
      rset: null,
    },
  } satisfies Observation;
  const envelopeDone = (seen: Observation): Observation => ({
    ...seen,
    steps: STARTTLS_STEPS.map((step) => ({ step, status: 'done', startMs: 0, tookMs: 1, because: null })),
  });

  test.each<[string, Observation, StepName[]]>([
    ['nothing was asked beyond the greeting', observation(), []],
    ['all went well', envelopeDone(answers('250 ok', '250 ok')), []],
    ['the login is accepted', loggedIn('235 2.7.0 ok'), []],
    ['the login is refused', loggedIn('535 5.7.8 no'), []],
    ['the login is refused with 400', loggedIn('400 no'), []],
    ['the login is put off', loggedIn('454 4.7.0 later'), []],
    ['the login is answered with another yes', loggedIn('250 ok'), ['auth']],
    ['the login is answered with 334', loggedIn('334 '), ['auth']],
    ['the login is answered with 421', loggedIn('421 closing'), ['auth']],
    [
      'the login broke off',
      secured({
        auth: { outcome: 'broken', mechanism: 'PLAIN', what: 'it asked on', reply: reply('334 '), saslError: null },
      } as Partial<Observation>),
      ['auth'],
    ],
    [
      'the login was withheld',
      secured({ auth: { outcome: 'withheld', because: 'not-verified' } } as Partial<Observation>),
      [],
    ],
    ['the sender is refused', answers('550 no'), ['rcpt']],
    ['the sender is refused with 400', answers('400 no', '250 ok'), []],
    ['the sender is answered with another yes', answers('251 ok', '250 ok'), []],
    ['the sender is answered with 354', answers('354 go on', '250 ok'), ['mail']],
    ['the sender is answered with 421', answers('421 closing', '250 ok'), ['mail']],
    ['a recipient is refused', answers('250 ok', '550 no'), []],
    ['a recipient is refused with 400', answers('250 ok', '400 no'), []],
    ['a recipient is answered with another yes', answers('250 ok', '252 perhaps'), []],
    ['a recipient is answered with 354', answers('250 ok', '354 go on'), ['rcpt']],
    ['a recipient is answered with 421', answers('250 ok', '421 closing'), ['rcpt']],
    ['one of two recipients is answered with 421', answers('250 ok', '250 ok', '421 closing'), ['rcpt']],
    ['one of two recipients is not answered', envelopeDone(unanswered), ['rcpt']],
    ['EHLO is refused, and nothing is required', ehlo('502 no'), []],
  ])('where it is answered with neither yes nor no: %s', (_, seen, undone) => {
    expect(undoneSteps(seen, NOTHING)).toEqual(undone);
  });

  test.each<[string, Observation, StepName[]]>([
    ['accepted', ehlo('250 SIZE 1'), []],
    ['accepted with another code', ehlo('251 SIZE 1'), []],
    ['refused', ehlo('502 no'), ['ehlo', 'ehlo-again']],
    ['never said', secured({ ehlo: null }), ['ehlo', 'ehlo-again']],
  ])('where something is required and EHLO is %s', (_, seen, undone) => {
    expect(undoneSteps(seen, REQUIRED)).toEqual(undone);
  });

  test('where it was not done, unless nobody asks for it', () => {
    const lost = ended('mail', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS);
    expect(undoneSteps(lost, NOTHING)).toEqual(['mail', 'rcpt']);
    const inRset = ended('rset', { kind: 'closed', heard: '' }, {}, STARTTLS_STEPS);
    expect(undoneSteps(inRset, NOTHING)).toEqual([]);
  });

  const skipped = (offered: boolean | null): Observation => ({
    ...secured({ tls: null, starttls: offered === null ? null : { offered, reply: null } }),
    steps: STARTTLS_STEPS.slice(0, 8).map((step) => ({
      step,
      status: /^(?:starttls|tls|ehlo-again|auth)$/.test(step) ? 'skipped' : 'done',
      startMs: 0,
      tookMs: 1,
      because: null,
    })),
  });
  const TLS: StepName[] = ['starttls', 'tls', 'ehlo-again'];
  test.each<[string, boolean | null, boolean, StepName[]]>([
    ['not offered and not insisted on', false, false, ['auth']],
    ['not offered and insisted on', false, true, [...TLS, 'auth']],
    ['offered and not insisted on', true, false, [...TLS, 'auth']],
    ['never looked for', null, false, [...TLS, 'auth']],
  ])('where TLS was left out: %s', (_, offered, asksForTls, undone) => {
    expect(undoneSteps(skipped(offered), { ...NOTHING, asksForTls })).toEqual(undone);
  });
});

describe('a pass is proven', () => {
  const busy = finding('greeting-busy', { reply: '421 later', afterMs: 1 });
  const slow = finding('slow', { ms: 2, limitMs: 1, option: 'latency-warn' });
  const noTls = example('starttls-not-offered');
  const beyond = { ...NOTHING, beyondGreeting: true };
  const all = () => true;
  const none = () => false;
  const uncheckedOf = (findings: Finding[]) => findings.map(({ code, unchecked = null }) => [code, unchecked]);

  test('by nothing more where every step is done', () => {
    expect(proven([busy, slow], [], beyond, all)).toEqual([busy, slow]);
    expect(proven([], [], beyond, all)).toEqual([]);
  });

  test.each([[[]], [[slow]]])('not where nothing explains a step that was not done: %j', (findings) => {
    const [crash, ...rest] = proven(findings, ['auth', 'mail'], beyond, none);
    expect(crash).toEqual(finding('probe-crashed', { error: 'the step auth was neither done nor judged' }));
    expect(rest).toEqual(findings);
  });

  test('by a finding that explains, which counts in spite of `ignore`', () => {
    expect(uncheckedOf(proven([busy, slow], ['auth', 'mail'], beyond, all))).toEqual([
      ['greeting-busy', ['auth', 'mail']],
      ['slow', null],
    ]);
    expect(uncheckedOf(proven([slow, busy], ['auth'], beyond, none))).toEqual([
      ['slow', null],
      ['greeting-busy', null],
    ]);
    const ignoresSlow = (code: Code) => code === 'slow';
    expect(uncheckedOf(proven([slow, busy], ['auth'], beyond, ignoresSlow))).toEqual([
      ['slow', null],
      ['greeting-busy', null],
    ]);
  });

  test.each<[string, Partial<Expectations>, StepName[] | null]>([
    ['nothing beyond the greeting', {}, null],
    ['a banner', { expectBanner: 'ESMTP' }, ['greeting']],
    ['more than the greeting', { beyondGreeting: true }, ['greeting']],
    ['both', { beyondGreeting: true, expectBanner: 'ESMTP' }, ['greeting']],
  ])('of what was asked for: %s', (_, wanted, unchecked) => {
    expect(uncheckedOf(proven([busy], ['greeting'], { ...NOTHING, ...wanted }, all))).toEqual([
      ['greeting-busy', unchecked],
    ]);
  });

  const TLS: StepName[] = ['starttls', 'tls', 'ehlo-again'];
  test.each<[string, Finding, Partial<Expectations>, StepName[] | null]>([
    ['TLS that is ignored is no miss', noTls, { asksForTls: true }, null],
    ['TLS that nobody insists on is no miss', busy, {}, null],
    ['TLS that somebody insists on is one', busy, { asksForTls: true }, TLS],
    ['what is required is read over TLS', noTls, { require: REQUIRED.require }, ['ehlo-again']],
  ])('without what the ignored finding is about itself: %s', (_, found, wanted, unchecked) => {
    expect(uncheckedOf(proven([found], TLS, { ...beyond, ...wanted }, all))).toEqual([[found.code, unchecked]]);
  });
});
