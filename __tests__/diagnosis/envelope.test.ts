import { describe, expect, test } from '@jest/globals';
import { envelopeOf } from '../../src/diagnosis/envelope.ts';
import { finding } from '../../src/diagnosis/findings.ts';
import type { Code } from '../../src/model/codes.ts';
import type { Observation } from '../../src/model/observation.ts';
import { enveloped, observation, reply, secured } from '../support/observation.ts';

const found = (seen: Observation) => envelopeOf(seen).map(({ code, facts }) => [code, facts]);
const codes = (seen: Observation) => envelopeOf(seen).map(({ code }) => code);

test('without an envelope, and with one that is accepted, nothing is found', () => {
  expect(envelopeOf(observation())).toEqual([]);
  expect(envelopeOf(enveloped('250 ok', '250 ok', '251 will forward', '252 perhaps'))).toEqual([]);
});

test('an address that needs SMTPUTF8 is not said to a server without it', () => {
  const seen = enveloped('250 ok');
  const { envelope } = seen;
  if (!envelope) throw new Error('an envelope was asked for');
  expect(envelopeOf({ ...seen, envelope: { ...envelope, needsUtf8: true, mail: null } })).toEqual([
    finding('capability-missing', {
      missing: ['SMTPUTF8'],
      offered: ['SIZE 10240000', 'AUTH PLAIN LOGIN'],
      neededBy: 'envelope',
    }),
  ]);
});

describe('an answer that is neither yes nor no', () => {
  test('is against the protocol', () => {
    expect(found(enveloped('354 go on', '250 ok'))).toEqual([
      ['protocol-violation', { step: 'mail', what: 'MAIL was answered with 354 instead of 250', text: '354 go on' }],
    ]);
    expect(found(enveloped('250 ok', '399 x'))).toEqual([
      ['protocol-violation', { step: 'rcpt', what: 'RCPT was answered with 399 instead of 250', text: '399 x' }],
    ]);
  });

  test('is judged elsewhere where the server is closing', () => {
    expect(found(enveloped('421 closing', '421 closing'))).toEqual([]);
  });
});

describe('a refusal', () => {
  test('is told with the address, and the greeting', () => {
    expect(found(enveloped('250 ok', '550 5.1.1 no such user'))).toEqual([
      [
        'recipient-refused',
        {
          address: 'ops@example.net',
          reply: '550 5.1.1 no such user',
          greeting: '220 mail.example.com ESMTP ready',
          meaning: 'recipient-unknown',
          step: 'rcpt',
        },
      ],
    ]);
  });

  test.each<[string, string, Code]>([
    ['400 later', '250 ok', 'envelope-deferred'],
    ['499 later', '250 ok', 'envelope-deferred'],
    ['452 4.3.1 Insufficient system storage', '250 ok', 'queue-full'],
    ['500 what?', '250 ok', 'sender-refused'],
    ['550 no', '250 ok', 'sender-refused'],
    ['250 ok', '400 later', 'envelope-deferred'],
    ['250 ok', '550 no', 'recipient-refused'],
    ['250 ok', '550 5.1.8 Sender address rejected: Domain not found', 'sender-refused'],
    ['250 ok', '550 Helo command rejected: need fully-qualified hostname', 'ehlo-refused'],
    ['250 ok', '554 Client host rejected: Access denied', 'client-refused'],
    ['250 ok', '554 5.7.1 Relay access denied', 'relay-denied'],
    ['250 ok', '500 5.7.1 Relay access denied', 'relay-denied'],
    ['250 ok', '454 4.7.1 Relay access denied', 'relay-denied'],
    ['250 ok', '450 4.7.1 Relay access denied', 'envelope-deferred'],
    ['554 5.7.1 Relay access denied', '250 ok', 'sender-refused'],
  ])('to MAIL %j, to RCPT %j is %s', (mail, rcpt, code) => {
    expect(codes(enveloped(mail, rcpt))).toEqual([code]);
  });

  test('of the sender, the client or its name is told once, and of recipients each time', () => {
    const sender = '550 5.1.8 Sender address rejected: Domain not found';
    expect(codes(enveloped('250 ok', sender, sender))).toEqual(['sender-refused']);
    const client = '554 Client host rejected: Access denied';
    expect(codes(enveloped('250 ok', client, sender, client))).toEqual(['client-refused', 'sender-refused']);
    expect(codes(enveloped('250 ok', '550 5.1.1 no', '550 5.1.1 no'))).toEqual([
      'recipient-refused',
      'recipient-refused',
    ]);
  });

  test('of the sender at RCPT is told with the sender', () => {
    const [refused] = envelopeOf(enveloped('250 ok', '550 5.1.8 Sender address rejected: Domain not found'));
    expect(refused?.facts).toMatchObject({ address: 'gate@example.com', step: 'rcpt' });
  });

  const needsLogin = enveloped('250 ok', '503 5.5.1 no');
  const loggedIn = (text: string, seen: Observation): Observation => ({
    ...seen,
    auth: { outcome: 'answered', mechanism: 'PLAIN', reply: reply(text), saslError: null },
  });
  test('tells whether somebody has logged in', () => {
    expect(envelopeOf(loggedIn('235 ok', needsLogin))[0]?.facts).toMatchObject({ loggedIn: true });
    expect(envelopeOf(loggedIn('250 ok', needsLogin))[0]?.facts).not.toHaveProperty('loggedIn');
    expect(envelopeOf(needsLogin)[0]?.facts).not.toHaveProperty('loggedIn');
  });

  test('means another thing where a login is on offer and nobody has logged in', () => {
    const meaning = (seen: Observation) => envelopeOf(seen).map(({ facts }) => 'meaning' in facts && facts.meaning)[0];
    const open = meaning(needsLogin);
    expect(meaning(loggedIn('235 ok', needsLogin))).not.toBe(open);
    const noAuth = { ehlo: { verb: 'EHLO' as const, reply: reply('250-mail\n250 SIZE 1') } };
    expect(meaning({ ...secured(noAuth), envelope: needsLogin.envelope })).not.toBe(open);
  });
});
