import { duplexPair } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { TlsSession } from '../../src/model/observation.ts';
import { Conversation } from '../../src/probe/conversation.ts';
import { Deadline } from '../../src/probe/deadline.ts';
import type { Plan, TlsPlan } from '../../src/probe/plan.ts';
import { type DeeperSeen, goDeeper } from '../../src/probe/session.ts';
import { Recorder } from '../../src/probe/step-recorder.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { FakeClock } from '../support/clock.ts';
import { reply, STARTTLS_STEPS, session } from '../support/observation.ts';
import { PLAN, probeScript, type Script } from '../support/scripted.ts';
// Loaded when it is needed, which must not take place while time passes.
import '../../src/probe/tls/handshake.ts';
import '../../src/probe/session.ts';

const USUAL: Readonly<Record<string, string>> = {
  EHLO: '250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN',
  QUIT: '221 bye',
};

/** Answers each verb like this, EHLO with STARTTLS and AUTH among what it offers. */
const answers =
  (replies: Readonly<Record<string, string>>): Script =>
  (socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const verb = line.split(' ')[0] ?? '';
        const usual = USUAL[verb] ?? '250 ok';
        socket.write(`${replies[verb] ?? usual}\r\n`);
      }
    });
  };

const beyond: Plan['beyond'] = {
  ehloName: 'gate.example',
  login: {
    credentials: { kind: 'password', username: 'ada', password: 'correct horse' },
    mechanism: 'PLAIN',
    overPlaintext: true,
  },
  envelope: { from: 'null-path', to: [], size: null },
};

describe('STARTTLS that is offered and not accepted', () => {
  test.each(['454 4.7.0 not now', '502 5.5.1 what?', '354 go on', '250 ok'])('is the end: %s', async (reply) => {
    const seen = await probeScript({ otherwise: answers({ STARTTLS: reply }) }, { beyond });
    expect(seen.io.said).toEqual(['EHLO gate.example', 'STARTTLS', 'QUIT']);
    expect(seen).toMatchObject({ auth: null, envelope: null, loginSent: false, ehlo: null });
    const auth = seen.steps.find(({ step }) => step === 'auth');
    expect(auth).toMatchObject({ status: 'skipped', because: 'STARTTLS was not accepted' });
  });
});

describe('EHLO that is not accepted', () => {
  test.each(['451 later', '354 go on', '220 hello'])('is the end: %s', async (reply) => {
    const seen = await probeScript({ otherwise: answers({ EHLO: reply }) }, { beyond });
    expect(seen.io.said).toEqual(['EHLO gate.example', 'QUIT']);
    expect(seen).toMatchObject({ starttls: null, auth: null, envelope: null });
  });
});

/** What is said behind EHLO to a server that agrees to everything, over TLS of this kind. */
async function saidTo(
  tls: Partial<TlsPlan>,
  world: { over?: TlsSession; before?: TlsSession; offers?: string },
  more = {},
) {
  const clock = new FakeClock();
  const [ours, theirs] = duplexPair();
  const said: string[] = [];
  const offers = world.offers ?? '250-mail\n250-STARTTLS\n250 AUTH PLAIN';
  const verbs: Record<string, string> = { STARTTLS: '220 go', AUTH: '235 ok', EHLO: '250-mail\r\n250 AUTH PLAIN' };
  theirs.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
      const verb = line.split(' ')[0] ?? '';
      said.push(verb);
      theirs.write(`${verbs[verb] ?? '250 ok'}\r\n`);
    }
  });
  const deadline = new Deadline(clock, { timeoutMs: 10_000, deadlineMs: 30_000 });
  const recorder = new Recorder(deadline, STARTTLS_STEPS);
  const seen: DeeperSeen = {
    ehlo: { verb: 'EHLO', reply: reply(offers) },
    starttls: null,
    tls: world.before ?? null,
    auth: null,
    loginSent: false,
    envelope: null,
  };
  const login = {
    credentials: { kind: 'password', username: 'ada', password: 'correct horse' } as const,
    mechanism: 'PLAIN' as const,
  };
  const plan = {
    ...PLAN,
    tls: { ...PLAN.tls, ...tls },
    beyond: { ehloName: 'a', login: { ...login, overPlaintext: false }, envelope: null, ...more },
  };
  const upgrade = async () => {
    said.push('(TLS)');
    seen.tls = world.over ?? null;
  };
  const talk = new Conversation(ours, deadline, new Secrets());
  await clock.runUntil(goDeeper(talk, plan as never, seen, { recorder, name: 'a', upgrade }));
  const because = (step: string) => recorder.steps().find((one) => one.step === step)?.because;
  return { said, seen, because };
}

const good = session();
const expired = session({ chainError: 'CERT_HAS_EXPIRED', anchored: false } as Partial<TlsSession>);

describe('TLS comes about', () => {
  test.each<[string, Partial<TlsPlan>, Parameters<typeof saidTo>[1], string[]]>([
    ['if offered', { when: 'if-offered' }, { over: good }, ['STARTTLS', '(TLS)', 'EHLO', 'AUTH']],
    ['by STARTTLS', { when: 'starttls', strict: true }, { over: good }, ['STARTTLS', '(TLS)', 'EHLO', 'AUTH']],
    ['and is there already', { when: 'implicit', strict: true }, { before: good }, ['AUTH']],
    ['not, where it is not wanted', { when: 'never' }, {}, []],
    ['not, where it is not offered', { when: 'starttls' }, { offers: '250-mail\n250 AUTH PLAIN' }, []],
    [
      'not to be trusted, and is not used',
      { when: 'starttls', strict: true },
      { over: expired },
      ['STARTTLS', '(TLS)'],
    ],
    ['not to be trusted, and is looked at', { when: 'starttls' }, { over: expired }, ['STARTTLS', '(TLS)', 'EHLO']],
    [
      'not to be trusted, where nobody verifies it',
      { when: 'starttls', verify: false },
      { over: expired },
      ['STARTTLS', '(TLS)', 'EHLO', 'AUTH'],
    ],
  ])('%s', async (_, tls, world, said) => {
    expect((await saidTo(tls, world)).said).toEqual(said);
  });

  test.each<[string, Partial<TlsPlan>, Parameters<typeof saidTo>[1], object | null, string]>([
    [
      'no TLS',
      { when: 'never' },
      {},
      { outcome: 'withheld', because: 'no-tls' },
      'the login was not sent, because the connection has no TLS',
    ],
    ['not offered', { when: 'starttls' }, { offers: '250-mail\n250 AUTH PLAIN' }, null, 'STARTTLS is not offered'],
    [
      'not offered nor wanted',
      { when: 'if-offered' },
      { offers: '250-mail\n250 AUTH PLAIN' },
      { outcome: 'withheld', because: 'no-tls' },
      'the login was not sent, because the connection has no TLS',
    ],
    ['expired', { when: 'starttls', strict: true }, { over: expired }, null, 'the certificate does not verify'],
    [
      'expired, and looked at',
      { when: 'starttls' },
      { over: expired },
      { outcome: 'withheld', because: 'not-verified' },
      'the login was not sent, because the certificate does not verify',
    ],
  ])('or no login is sent: %s', async (_, tls, world, auth, because) => {
    const found = await saidTo(tls, world);
    expect(found.seen).toMatchObject({ auth, loginSent: false });
    expect(found.because('mail')).toBe(because);
  });
});

test('what STARTTLS came to is kept', async () => {
  const notOffered = await saidTo({ when: 'if-offered' }, { offers: '250 ok' });
  expect(notOffered.seen.starttls).toEqual({ offered: false, reply: null });
  expect(['starttls', 'tls', 'ehlo-again'].map(notOffered.because)).toEqual(Array(3).fill('STARTTLS is not offered'));
  const over = await saidTo({ when: 'starttls' }, { over: good });
  expect(over.seen).toMatchObject({ starttls: { offered: true, reply: { code: 220 } }, tls: good });
  expect((await saidTo({ when: 'never' }, {})).seen.starttls).toBeNull();
});

test.each([
  [{ login: null }, [], 'not needed'],
  [{ login: null, envelope: { from: 'null-path', to: [], size: null } }, ['MAIL', 'RSET'], null],
])('what was not asked for is not said: %j', async (more, said, because) => {
  const found = await saidTo({ when: 'never' }, {}, more);
  expect(found.said).toEqual(said);
  expect(found.because('mail')).toBe(because);
});

test('a login is sent over plaintext where that was allowed', async () => {
  const login = { credentials: { kind: 'password', username: 'ada', password: 'x' }, mechanism: 'PLAIN' as const };
  const { said, seen } = await saidTo({ when: 'never' }, {}, { login: { ...login, overPlaintext: true } });
  expect([said, seen.loginSent]).toEqual([['AUTH'], true]);
});
