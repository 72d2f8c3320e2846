import { describe, expect, test } from '@jest/globals';
import { deviationsOf } from '../../src/diagnosis/deviations.ts';
import { finding } from '../../src/diagnosis/findings.ts';
import type { Deviation } from '../../src/model/observation.ts';
import { observation, reply, secured } from '../support/observation.ts';

const found = (...deviations: Deviation[]) =>
  deviationsOf(observation({ deviations })).map(({ facts }) => [
    (facts as { step: string }).step,
    (facts as { text: string }).text,
  ]);
const odd = (kind: Deviation['kind'], step: Deviation['step'], text: string = kind): Deviation => ({
  kind,
  step,
  text,
});

test('each kind is told once, where it was seen first', () => {
  expect(
    found(
      odd('empty-line', 'ehlo', 'a'),
      odd('odd-separator', 'mail', 'b'),
      odd('empty-line', 'mail', 'c'),
      odd('odd-separator', 'rcpt', 'd'),
    ),
  ).toEqual([
    ['ehlo', 'a'],
    ['mail', 'b'],
  ]);
});

test('what it is, and who trips over it, is told', () => {
  expect(deviationsOf(observation({ deviations: [odd('mixed-codes', 'ehlo', '250-a\n220 b')] }))).toEqual([
    finding('protocol-deviation', {
      step: 'ehlo',
      text: '250-a\n220 b',
      what: 'the lines of one reply have different codes',
      trips: ['nodemailer', 'msmtp'],
    }),
  ]);
});

describe('at RSET and QUIT, what may be of the answer before counts', () => {
  const KINDS = ['empty-line', 'mixed-codes', 'unfinished', 'unreadable', 'odd-separator'] as const;
  test.each([
    ['mail', [...KINDS]],
    ['rset', ['empty-line', 'mixed-codes', 'unfinished', 'unreadable']],
    ['quit', ['empty-line', 'unreadable']],
  ] as const)('%s: %j', (step, kinds) => {
    expect(KINDS.filter((kind) => found(odd(kind, step)).length > 0)).toEqual(kinds);
  });
});

test('a yes with another code than the one that is meant is told', () => {
  const seen = secured({
    starttls: { offered: true, reply: reply('299 go') },
    ehlo: { verb: 'EHLO', reply: reply('251 mail') },
  });
  expect(deviationsOf(seen)).toEqual([
    finding('protocol-deviation', {
      step: 'starttls',
      what: 'it says 299 where 220 is meant',
      text: '299 go',
      trips: ['Python’s smtplib'],
    }),
    finding('protocol-deviation', {
      step: 'ehlo',
      what: 'it says 251 where 250 is meant',
      text: '251 mail',
      trips: [],
    }),
  ]);
  expect(deviationsOf(secured({ ehlo: { verb: 'EHLO', reply: reply('502 no') } }))).toEqual([]);
  expect(deviationsOf(secured({ starttls: { offered: true, reply: reply('454 no') } }))).toEqual([]);
});
