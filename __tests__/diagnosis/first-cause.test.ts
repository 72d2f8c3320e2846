import { describe, expect, test } from '@jest/globals';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Code } from '../../src/model/codes.ts';
import type { End, Observation } from '../../src/model/observation.ts';
import { NOTHING } from '../support/cases/case.ts';
import { ended, enveloped, greeted, loggedIn, reply, secured, unresolved } from '../support/observation.ts';

const WANTED = { ...NOTHING, beyondGreeting: true };
const codes = (seen: Observation, ignored: readonly Code[] = []) =>
  diagnose(seen, WANTED, (code) => ignored.includes(code)).map(({ code }) => code);
const endedBy = (seen: Observation, end: End): Observation => ({ ...seen, end });
const CLOSED: End = { kind: 'closed', step: 'quit', heard: '' };
const UNASKED: End = { kind: 'out-of-turn', step: 'quit', heard: '250 ok' };

describe('of a refusal and the end behind it, the refusal alone is told', () => {
  test.each<[string, Observation, Code[]]>([
    ['a sender', endedBy(enveloped('550 no'), CLOSED), ['sender-refused']],
    ['a login', endedBy(loggedIn('535 no'), CLOSED), ['auth-rejected']],
    ['EHLO', endedBy(secured({ ehlo: { verb: 'EHLO', reply: reply('550 no') } }), CLOSED), ['ehlo-refused']],
    ['a service', endedBy(loggedIn('421 closing'), CLOSED), ['service-unavailable']],
    ['nothing, where all was accepted', endedBy(enveloped('250 ok', '250 ok'), CLOSED), ['connection-lost']],
    [
      'nothing, where the answer was no refusal',
      endedBy(enveloped('354 go on'), CLOSED),
      ['connection-lost', 'protocol-violation'],
    ],
    [
      'nothing, where the greeting was odd alone',
      endedBy(greeted('220 ********'), { ...CLOSED, step: 'ehlo' }),
      ['connection-lost', 'greeting-rewritten'],
    ],
    [
      'a challenge that names an error',
      endedBy(
        secured({
          auth: { outcome: 'answered', mechanism: 'XOAUTH2', reply: reply('334 ***'), saslError: '{"status":"401"}' },
        }),
        CLOSED,
      ),
      ['auth-rejected'],
    ],
    [
      'an error of the mechanism, whatever was said with it',
      endedBy(
        secured({
          auth: {
            outcome: 'broken',
            mechanism: 'SCRAM-SHA-256',
            what: 'e=invalid-proof',
            reply: reply('235 ok'),
            saslError: 'invalid-proof',
          },
        }),
        CLOSED,
      ),
      ['auth-rejected'],
    ],
    [
      'a challenge without an error is none',
      endedBy(loggedIn('334 ***'), CLOSED),
      ['connection-lost', 'protocol-violation'],
    ],
    [
      'a code within the words is none',
      endedBy(enveloped('354 or 550 go on'), CLOSED),
      ['connection-lost', 'protocol-violation'],
    ],
    [
      'another protocol’s no is none',
      endedBy(greeted('502 nntp: access denied'), CLOSED),
      ['connection-lost', 'not-smtp'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(codes(seen)).toEqual(expected);
  });
});

describe('answers that nobody asked for', () => {
  test('count where the refusal before them is ignored', () => {
    const seen = endedBy(enveloped('550 no'), UNASKED);
    expect(codes(seen)).toEqual(['sender-refused']);
    expect(codes(seen, ['sender-refused'])).toEqual(['protocol-violation', 'sender-refused']);
    expect(codes(endedBy(enveloped('550 no'), CLOSED), ['sender-refused'])).toEqual(['sender-refused']);
  });

  test('count for nothing behind a refusal where nobody says what is ignored', () => {
    expect(diagnose(endedBy(enveloped('550 no'), UNASKED), WANTED).map(({ code }) => code)).toEqual(['sender-refused']);
  });

  test('make no other warning doubtful', () => {
    expect(codes(endedBy(enveloped('450 later'), UNASKED))).toEqual(['envelope-deferred']);
  });

  test('make a courtesy’s 421 doubtful, unless they are one themselves', () => {
    const seen = { ...secured(), farewell: reply('421 bye') };
    expect(codes(endedBy(seen, UNASKED))).toEqual(['protocol-violation', 'service-unavailable']);
    // An answer too many was heard all the same, which is told beside it.
    expect(codes(endedBy(seen, { ...UNASKED, heard: '421 bye' }))).toEqual([
      'service-unavailable',
      'protocol-deviation',
    ]);
    expect(codes(endedBy(seen, CLOSED))).toEqual(['service-unavailable']);
    const failing = { ...loggedIn('421 closing'), farewell: null };
    expect(codes(endedBy(failing, UNASKED))).toEqual(['service-unavailable']);
  });
});

describe('an end while recipients were still to be asked', () => {
  const open = (first: string, second: string | null): Observation => {
    const seen = enveloped('250 ok', first, second ?? '250 ok');
    const recipients = seen.envelope?.recipients.map((one, i) => (i === 1 && !second ? { ...one, reply: null } : one));
    return { ...seen, envelope: seen.envelope && { ...seen.envelope, recipients: recipients ?? [] } };
  };
  const inRcpt: End = { ...CLOSED, step: 'rcpt' };
  test.each<[string, Observation, Code[]]>([
    [
      'is told beside one that was put off',
      endedBy(open('450 later', null), inRcpt),
      ['connection-lost', 'envelope-deferred'],
    ],
    ['is not told where all were asked', endedBy(open('450 later', '250 ok'), inRcpt), ['envelope-deferred']],
    ['is not told at another step', endedBy(open('450 later', null), CLOSED), ['envelope-deferred']],
    [
      'is not told where it was a 421',
      endedBy(open('450 later', null), { ...inRcpt, heard: '421 idle' } as End),
      ['envelope-deferred', 'service-unavailable'],
    ],
  ])('%s', (_, seen, expected) => {
    expect(codes(seen)).toEqual(expected);
  });
});

test.each<[string, Observation, boolean]>([
  ['put off, with a farewell', { ...loggedIn('454 later'), loginSent: true }, false],
  ['put off, without a farewell', { ...loggedIn('454 later'), loginSent: true, farewell: null }, true],
  ['put off, before anything was sent', { ...loggedIn('454 later'), farewell: null }, false],
  ['refused', { ...loggedIn('535 no'), loginSent: true, farewell: null }, false],
])('a login is told to be said once: %s', (_, seen, once) => {
  expect(diagnose(seen, WANTED).map((found) => found.once === true)).toEqual([once]);
});

describe('a name that does not resolve', () => {
  const facts = (seen: Observation, ipFamily: 'auto' | '4' | '6' = 'auto') =>
    diagnose(seen, { ...WANTED, ipFamily }).map((found) => [found.code, found.facts]);

  test.each([
    ['auto', 0],
    ['4', 4],
    ['6', 6],
  ] as const)('has no address of family %s', (family, number) => {
    expect(facts(unresolved('ENOTFOUND', true), family)).toEqual([
      ['dns-no-address', { family: number, around: null }],
    ]);
    expect(facts(unresolved('EAI_NODATA'), family)).toEqual([['dns-no-address', { family: number, around: null }]]);
  });

  test('is told with what the resolver answered', () => {
    expect(facts(unresolved('ENOTFOUND', false))).toEqual([['dns-not-found', { errno: 'ENOTFOUND', around: null }]]);
    expect(facts(unresolved('EAI_AGAIN'))).toEqual([['dns-unavailable', { errno: 'EAI_AGAIN', around: null }]]);
    const silent = ended('resolve', { kind: 'silence', ms: 10, heard: '' });
    expect(facts(silent)).toEqual([['dns-unavailable', { errno: 'no answer in time', around: null }]]);
    const late = ended('resolve', { kind: 'deadline', ms: 10, heard: '' });
    expect(facts(late).map(([code]) => code)).toEqual(['deadline-exceeded']);
  });
});
