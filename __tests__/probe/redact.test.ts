import { describe, expect, test } from '@jest/globals';
import type { Cause, Observation } from '../../src/model/observation.ts';
import { redactAround, redactMx, redactObservation } from '../../src/probe/redact.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import {
  around,
  certificate,
  dialled,
  observation,
  portLook,
  proxySeen,
  reply,
  session,
} from '../support/observation.ts';

const SECRET = 'correct-horse-battery';
const secrets = new Secrets([SECRET]);

/** An observation in which others have said this word everywhere, and which ended like this. */
function saying(word: string, over: Partial<Observation> = {}): Observation {
  const said = (code: number) => reply(`${code}-a ${word}\n${code} b`);
  const cert = certificate({ subject: `CN=${word}`, issuer: `CN=issuer ${word}`, names: ['a.example', `b ${word}`] });
  return observation({
    dialled: [dialled({ errno: 'ECONNREFUSED' }), dialled({ errno: `no ${word}` }), dialled({ errno: null })],
    greeting: said(220),
    ehlo: { verb: 'HELO', reply: said(250), refused: said(550) },
    starttls: { offered: true, reply: said(454) },
    tls: session({ chain: [cert, cert] }),
    auth: { outcome: 'answered', mechanism: 'PLAIN', reply: said(535), saslError: `error ${word}` },
    envelope: {
      from: 'a@example.com',
      needsUtf8: false,
      mail: said(250),
      recipients: [
        { to: 'b@example.net', reply: said(550) },
        { to: 'c@example.net', reply: null },
      ],
      rset: said(250),
    },
    farewell: said(221),
    transcript: [
      { from: 'server', atMs: 1, text: `220 ${word}` },
      { from: 'client', atMs: 1, text: 'QUIT' },
    ],
    deviations: [{ kind: 'bare-lf', step: 'ehlo', text: `x ${word}` } as unknown as Observation['deviations'][number]],
    tlsLook: { answer: 'tls', protocol: null, greeting: `220 ${word}` },
    plainLook: { answer: 'greeting', text: `220 ${word}`, offersStartTls: null },
    around: around({
      ports: [portLook(25, { text: `220 ${word}` }), portLook(465)],
      otherFamily: portLook(25, { text: `220 ${word}` }),
    }),
    ...over,
  });
}

describe('an observation', () => {
  test('is without the secret wherever it was said, and otherwise as it was', () => {
    expect(redactObservation(saying(SECRET), secrets)).toEqual(saying('***'));
    expect(redactObservation(saying('harmless'), secrets)).toEqual(saying('harmless'));
  });

  test('in which nothing was seen stays as it is', () => {
    const nothing: Partial<Observation> = {
      ...{ dialled: [], greeting: null, ehlo: null, starttls: null, tls: null, auth: null, envelope: null },
      ...{ farewell: null, transcript: [], deviations: [], tlsLook: null, plainLook: null, around: null },
    };
    expect(redactObservation(observation(nothing), secrets)).toEqual(observation(nothing));
    const little: Partial<Observation> = {
      ehlo: { verb: 'EHLO', reply: reply('250 x') },
      starttls: { offered: false, reply: null },
      tlsLook: { answer: 'tls', protocol: null, greeting: null },
      plainLook: { answer: 'nothing', because: 'silence' },
      around: around(),
    };
    expect(redactObservation(observation(little), secrets)).toEqual(observation(little));
    const none = { answer: 'not-tls', errno: 'X' } as const;
    expect(redactObservation(observation({ tlsLook: none }), secrets).tlsLook).toEqual(none);
  });

  test('is the same one where there is no secret', () => {
    const seen = saying(SECRET);
    expect(redactObservation(seen, new Secrets())).toBe(seen);
    const looked = around();
    expect(redactAround(looked, new Secrets())).toBe(looked);
    expect(redactAround(looked, secrets)).toEqual(looked);
  });

  const auths = (word: string): Observation['auth'][] => [
    { outcome: 'no-mechanism', offered: ['X', word], usable: ['PLAIN'] },
    { outcome: 'answered', mechanism: 'PLAIN', reply: reply(`535 ${word}`), saslError: null },
    { outcome: 'broken', mechanism: 'PLAIN', what: `it said ${word}`, reply: reply(`235 ${word}`), saslError: word },
    { outcome: 'broken', mechanism: 'PLAIN', what: 'x', reply: reply('235 x'), saslError: null },
    { outcome: 'withheld', because: 'no-tls' },
    { outcome: 'not-offered' },
  ];
  test.each(auths(SECRET).map((auth, i) => [i, auth, auths('***')[i]]))('tells of a login: %d', (_, auth, expected) => {
    const seen = redactObservation(observation({ auth: auth as Observation['auth'] }), secrets);
    expect(seen.auth).toEqual(expected);
  });

  const ends = (word: string): Cause[] => [
    { kind: 'resolver', errno: `no ${word}` },
    { kind: 'resolver', errno: 'EBADRESP', answer: `x ${word}` },
    { kind: 'no-connection' },
    { kind: 'malformed', reply: { malformed: 'not-a-reply', text: `x ${word} y` } },
    { kind: 'handshake', errno: `no ${word}`, reason: `because ${word}` },
    { kind: 'proxy', what: 'refused', answer: 403, said: `403 ${word}` },
    { kind: 'proxy', what: 'auth', said: `407 ${word}`, offers: ['Basic'] },
    {
      ...{ kind: 'proxy', what: 'unreachable', stage: 'connect', errno: `no ${word}` },
      dialled: [dialled({ errno: `no ${word}` })],
    } as Cause,
    { kind: 'reset', errno: `no ${word}`, heard: `x ${word} y` },
    { kind: 'closed', heard: `x ${word} y` },
    { kind: 'silence', ms: 1, heard: `x ${word} y` },
  ];
  test.each(ends(SECRET).map((end, i) => [end.kind, end, ends('***')[i]] as const))(
    'tells of its end: %s',
    (_, end, expected) => {
      const seen = observation({ proxy: proxySeen(), end: { ...end, step: 'ehlo' } });
      const { end: told } = redactObservation(seen, secrets);
      expect(told).toEqual({ ...expected, step: 'ehlo' });
    },
  );

  test.each<Cause>([
    { kind: 'malformed', reply: { malformed: 'not-a-reply', text: 'x correct-horse-bat' } },
    { kind: 'reset', errno: 'ECONNRESET', heard: 'x correct-horse-bat' },
    { kind: 'closed', heard: 'x correct-horse-bat' },
  ])('holds no half of a secret at its end: %j', (end) => {
    const { end: told } = redactObservation(observation({ end: { ...end, step: 'ehlo' } }), secrets);
    expect(JSON.stringify(told)).not.toContain('horse-bat');
  });
});

describe('an errno', () => {
  const errnoOf = (errno: string, hidden: string) =>
    redactObservation(observation({ dialled: [dialled({ errno })] }), new Secrets([hidden])).dialled[0]?.errno;

  test.each(['ECONNREFUSED', 'ERR_SSL_X1', 'EAI_AGAIN'])('that is a word of the system’s stays: %s', (errno) => {
    expect(errnoOf(errno, errno)).toBe(errno);
  });

  test.each(['econnrefused', 'ECONNREFUSED now', 'no ECONNREFUSED', '1ECONNREFUSED', 'E-CONNREFUSED'])(
    'that is a message may hold a secret: %s',
    (errno) => {
      expect(errnoOf(errno, errno)).toBe('***');
    },
  );
});

describe('the transcript', () => {
  const lines = (...said: [from: 'client' | 'server', atMs: number, text: string][]) => {
    const transcript = said.map(([from, atMs, text]) => ({ from, atMs, text }));
    return redactObservation(observation({ transcript }), secrets).transcript.map(({ text }) => text);
  };
  const isHidden = (texts: string[]) => !texts.join().includes('horse');

  test('is redacted over the lines that were said together', () => {
    const together = lines(['server', 1, 'correct-horse'], ['server', 1, '-battery']);
    const apart = lines(['server', 1, 'correct-horse'], ['server', 2, '-battery']);
    const byTwo = lines(['server', 1, 'correct-horse'], ['client', 1, '-battery']);
    expect([isHidden(together), isHidden(apart), isHidden(byTwo)]).toEqual([true, false, false]);
  });

  test('keeps what the client said, which is masked already', () => {
    expect(lines(['client', 1, `MAIL FROM:<${SECRET}>`], ['server', 1, SECRET])).toEqual([
      `MAIL FROM:<${SECRET}>`,
      '***',
    ]);
  });
});

describe('what the DNS says of a mail domain', () => {
  const bad = { host: `${SECRET}.example`, preference: 1 };
  const good = { host: 'mx.example', preference: 2 };

  test('names no host that holds a secret', () => {
    expect(redactMx({ kind: 'hosts', hosts: [bad, good], more: 0, odd: [`a ${SECRET}`] }, secrets)).toEqual({
      kind: 'hosts',
      hosts: [good],
      more: 0,
      odd: ['a ***', '***.example'],
    });
    expect(redactMx({ kind: 'hosts', hosts: [bad, bad], more: 0, odd: [] }, secrets)).toEqual({
      kind: 'unusable',
      odd: ['***.example'],
    });
    expect(redactMx({ kind: 'unusable', odd: [SECRET] }, secrets)).toEqual({ kind: 'unusable', odd: ['***'] });
  });

  test('is the same where there is nothing to hide', () => {
    const hosts = { kind: 'hosts', hosts: [bad], more: 0, odd: [] } as const;
    expect(redactMx(hosts, new Secrets())).toBe(hosts);
    const none = { kind: 'none' } as const;
    expect(redactMx(none, secrets)).toBe(none);
  });
});
