import type { Duplex } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { probeScript, type Script } from '../support/scripted.ts';

const PLAIN = { beyond: { ehloName: null, login: null, envelope: null } };
const EHLO = '250-mail.example.test\r\n250-SIZE 1000\r\n250 SMTPUTF8\r\n';

/** Greets, then answers each verb with a text, or hands the connection over. */
const answers =
  (replies: Readonly<Record<string, string | ((socket: Duplex) => void)>>, { bytewise = false } = {}): Script =>
  (socket) => {
    const send = (text: string) => {
      if (bytewise) for (const byte of Buffer.from(text)) socket.write(Buffer.of(byte));
      else socket.write(text);
    };
    send('220 mail.example.test\r\n');
    socket.on('data', (chunk: Buffer) => {
      const verb = chunk.toString().slice(0, 4);
      const reply = replies[verb] ?? (verb === 'QUIT' ? '221 bye\r\n' : '500 what?\r\n');
      if (typeof reply === 'function') reply(socket);
      else send(reply);
    });
  };

describe('EHLO', () => {
  test.each([false, true])(
    'is said where it is asked for, and its answer kept (byte by byte: %p)',
    async (bytewise) => {
      const seen = await probeScript({ otherwise: answers({ EHLO }, { bytewise }) }, PLAIN);
      expect(seen.ehlo).toEqual({
        verb: 'EHLO',
        reply: { code: 250, lines: ['mail.example.test', 'SIZE 1000', 'SMTPUTF8'] },
      });
      expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'QUIT']);
      expect(seen.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
        'resolve done',
        'connect done',
        'greeting done',
        'ehlo done',
        'starttls skipped',
        'tls skipped',
        'ehlo-again skipped',
        'quit done',
      ]);
    },
  );

  test('is said by the name that was given', async () => {
    const seen = await probeScript(
      { otherwise: answers({ EHLO }) },
      { beyond: { ...PLAIN.beyond, ehloName: 'runner.example.com' } },
    );
    expect(seen.io.said[0]).toBe('EHLO runner.example.com');
  });

  test('gives way to HELO where the server does not know it', async () => {
    const seen = await probeScript({ otherwise: answers({ EHLO: '502 what?\r\n', HELO: '250 hello\r\n' }) }, PLAIN);
    const refused = { code: 502, lines: ['what?'] };
    expect(seen.ehlo).toEqual({ verb: 'HELO', reply: { code: 250, lines: ['hello'] }, refused });
    expect(seen.io.said).toEqual(['EHLO [127.0.0.1]', 'HELO [127.0.0.1]', 'QUIT']);
  });

  test('is not said when it was not asked for, nor to a server that refuses to serve', async () => {
    expect((await probeScript({ otherwise: answers({ EHLO }) })).io.said).toEqual(['QUIT']);
    const refusing: Script = (socket) => {
      socket.write('554 no\r\n');
      socket.on('data', () => socket.end('221 bye\r\n'));
    };
    const seen = await probeScript({ otherwise: refusing }, PLAIN);
    expect([seen.ehlo, seen.io.said]).toEqual([null, ['QUIT']]);
  });

  test.each<[string, string | ((socket: Duplex) => void), object]>([
    ['a close', (s) => s.end(), { kind: 'closed', heard: '' }],
    ['half a reply and a close', (s) => s.end('250-mail\r\n250 SI'), { kind: 'closed', heard: '250-mail\n250 SI' }],
    ['silence', () => {}, { kind: 'silence', ms: 10_000 }],
    ['an endless reply', '250-X\r\n'.repeat(300), { kind: 'malformed', reply: { malformed: 'too-many-lines' } }],
    ['a line without end', `250-${'x'.repeat(5_000)}`, { kind: 'malformed', reply: { malformed: 'line-too-long' } }],
    ['garbage', 'hello\r\n', { kind: 'malformed', reply: { malformed: 'not-a-reply' } }],
  ])('answered with %s is what ended the attempt', async (_, reply, end) => {
    const seen = await probeScript({ otherwise: answers({ EHLO: reply }) }, PLAIN);
    expect(seen.end).toMatchObject({ ...end, step: 'ehlo' });
    expect(seen.ehlo).toBeNull();
    expect(seen.io.said).not.toContain('QUIT');
  });

  test('answered with more than was asked for ends the attempt before the next command', async () => {
    const seen = await probeScript({ otherwise: answers({ EHLO: `${EHLO}250 and more\r\n` }) }, PLAIN);
    expect(seen.end).toMatchObject({ kind: 'out-of-turn', step: 'quit' });
  });
});
