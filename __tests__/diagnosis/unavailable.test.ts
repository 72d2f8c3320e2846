import { describe, expect, test } from '@jest/globals';
import { finding } from '../../src/diagnosis/findings.ts';
import { saysUnasked, unavailableOf } from '../../src/diagnosis/unavailable.ts';
import type { End, Observation } from '../../src/model/observation.ts';
import {
  ended,
  enveloped,
  greeted,
  loggedIn,
  observation,
  reply,
  STARTTLS_STEPS,
  secured,
} from '../support/observation.ts';

const GREETING = '220 mail.example.com ESMTP ready';
const ehlo = (text: string, seen: Partial<Observation> = {}) =>
  secured({ ehlo: { verb: 'EHLO', reply: reply(text) }, ...seen });
const farewell = (text: string, seen: Observation = secured()) => ({ ...seen, farewell: reply(text) });
const rset = (text: string) => {
  const seen = enveloped('250 ok', '250 ok');
  return { ...seen, envelope: seen.envelope && { ...seen.envelope, rset: reply(text) } };
};

test('a server that is available is not found to be none', () => {
  for (const seen of [observation(), enveloped('250 ok', '250 ok'), loggedIn('235 ok')]) {
    expect(unavailableOf(seen)).toEqual([]);
  }
});

describe('421 is the server’s word that it is closing', () => {
  test.each<[string, Observation, string | null, 'warn' | 'fail']>([
    ['at the greeting, which is judged as such', greeted('421 busy'), null, 'fail'],
    ['to EHLO', ehlo('421 x', { starttls: null, tls: null }), 'ehlo', 'fail'],
    ['to EHLO before STARTTLS', ehlo('421 x', { tls: null }), 'ehlo', 'fail'],
    ['to EHLO behind STARTTLS', ehlo('421 x'), 'ehlo-again', 'fail'],
    ['to EHLO in implicit TLS', ehlo('421 x', { starttls: null }), 'ehlo', 'fail'],
    ['to STARTTLS', secured({ tls: null, starttls: { offered: true, reply: reply('421 x') } }), 'starttls', 'fail'],
    ['to AUTH', loggedIn('421 x'), 'auth', 'fail'],
    ['to MAIL', enveloped('421 x'), 'mail', 'fail'],
    ['to RCPT', enveloped('250 ok', '250 ok', '421 x'), 'rcpt', 'fail'],
    ['to RSET', rset('421 x'), 'rset', 'warn'],
    ['to QUIT', farewell('421 x'), 'quit', 'warn'],
    [
      'to QUIT, behind a recipient that was put off',
      farewell('421 x', enveloped('250 ok', '450 later')),
      'quit',
      'fail',
    ],
    ['to QUIT, behind a sender that was put off', farewell('421 x', enveloped('450 later')), 'quit', 'fail'],
    ['to QUIT, behind a refusal', farewell('421 x', enveloped('250 ok', '550 no')), null, 'fail'],
    ['to QUIT, behind a refusal with 500', farewell('421 x', enveloped('500 no')), null, 'fail'],
    ['to QUIT, behind a login that was put off', farewell('421 x', loggedIn('454 later')), null, 'fail'],
    ['to QUIT, behind a greeting that refuses', farewell('421 x', greeted('554 no')), null, 'fail'],
    ['to QUIT, behind RSET that is refused', farewell('421 x', rset('502 no')), 'quit', 'warn'],
    ['to QUIT, behind RSET that is put off', farewell('421 x', rset('450 no')), 'quit', 'warn'],
  ])('%s', (_, seen, step, status) => {
    const facts = { step: step as never, unasked: false, reply: '421 x', greeting: GREETING };
    expect(unavailableOf(seen)).toEqual(step === null ? [] : [finding('service-unavailable', facts, status)]);
  });
});

test.each([
  ['400 later', 'ehlo-again'],
  ['451 later', 'ehlo-again'],
  ['399 x', null],
  ['500 no', null],
  ['502 no', null],
])('EHLO that is put off is a service that is: %s', (text, step) => {
  expect(unavailableOf(ehlo(text)).map(({ facts }) => 'step' in facts && facts.step)).toEqual(step ? [step] : []);
});

describe('421 that nobody has asked for', () => {
  const end = (heard: string, step: End['step'] = 'mail'): End => ({ kind: 'out-of-turn', heard, step });

  test('is told as such', () => {
    const seen = ended('mail', { kind: 'out-of-turn', heard: '421 idle' }, {}, STARTTLS_STEPS);
    const facts = { step: 'mail', unasked: true, reply: '421 idle', greeting: GREETING } as const;
    expect(unavailableOf(seen)).toEqual([finding('service-unavailable', facts, 'fail')]);
    const inQuit = ended('quit', { kind: 'closed', heard: '421 idle' }, {}, STARTTLS_STEPS);
    expect(unavailableOf(inQuit)).toEqual([finding('service-unavailable', { ...facts, step: 'quit' }, 'warn')]);
  });

  test.each<[End, boolean]>([
    [end('421 x'), true],
    [end('421'), true],
    [end('421-x\n421 y\n'), true],
    [end('421 x', 'greeting'), false],
    [end('4210 x'), false],
    [end('x 421 y'), false],
    [end('250 ok\n421 x'), false],
    [end('421 x\n250 ok'), false],
    [end(''), false],
    [{ kind: 'no-connection', step: 'connect' }, false],
  ])('is %j: %p', (one, expected) => {
    expect(saysUnasked(one)).toBe(expected);
  });
});
