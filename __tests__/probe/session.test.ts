import { describe, expect, test } from '@jest/globals';
import type { Plan } from '../../src/probe/plan.ts';
import { probeScript, type Script } from '../support/scripted.ts';
// Loaded when it is needed, which must not take place while time passes.
import '../../src/probe/tls/handshake.ts';
import '../../src/probe/session.ts';

/** Answers each verb like this, EHLO with STARTTLS and AUTH among what it offers. */
const answers =
  (replies: Readonly<Record<string, string>>): Script =>
  (socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const verb = line.split(' ')[0] ?? '';
        const usual = verb === 'EHLO' ? '250-mail\r\n250-STARTTLS\r\n250 AUTH PLAIN' : '250 ok';
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
