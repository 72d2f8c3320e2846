import type { Socket } from 'node:net';
import { Duplex, duplexPair } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { describe, expect, test } from '@jest/globals';
import type { Dial } from '../../../src/probe/connect.ts';
import { lookForGreeting, lookForRefusal, lookForTls } from '../../../src/probe/look-around/second-connection.ts';
import { Secrets } from '../../../src/shared/redaction.ts';
import { makeCertificate } from '../../support/certificates.ts';
import { FakeClock } from '../../support/clock.ts';
import { errno, type Script, scriptedIo } from '../../support/scripted.ts';

const WHERE = { address: '192.0.2.25', port: 25, atMost: 2_000 };

/** A world in which each connection is kept. */
function world(script: Script | string | null) {
  const io = scriptedIo({ otherwise: script }, new FakeClock());
  const wires: Duplex[] = [];
  const dial: Dial = async (...where) => {
    const wire = await io.dial(...where);
    wires.push(wire);
    return wire;
  };
  return { clock: io.clock, said: io.said, wires, io: { dial, clock: io.clock, secrets: new Secrets() } };
}

/** Offers STARTTLS, says 220 to it, and then does this. */
const agreeing =
  (then: Script): Script =>
  (socket, clock) => {
    socket.write('220 x\r\n');
    socket.on('data', (chunk: Buffer) => {
      const line = chunk.toString();
      if (line.startsWith('EHLO')) socket.write('250-x\r\n250 STARTTLS\r\n');
      else if (line.startsWith('STARTTLS')) {
        socket.removeAllListeners('data');
        socket.write('220 go\r\n');
        socket.once('data', () => then(socket, clock));
      }
    });
  };

describe('what stands in the place of TLS behind STARTTLS', () => {
  const look = async (script: Script | string | null) => {
    const { clock, wires, said, io } = world(script);
    const text = await clock.runUntil(lookForRefusal({ ...WHERE, name: 'gate.example' }, io));
    expect(wires.map(({ destroyed }) => destroyed)).toEqual(wires.map(() => true));
    expect(clock.pending).toBe(0);
    return { text, said, tookMs: clock.now() };
  };

  test.each<[string, Script | string | null, string, number]>([
    ['a refusal', agreeing((socket) => socket.end('454-a\r\n454 b\r\n')), '454-a\n454 b', 0],
    ['a refusal without an end', agreeing((socket) => void socket.write('454 a\r\n')), '454 a', 0],
    ['what is no reply', agreeing((socket) => socket.end('what?\r\n')), '', 0],
    ['a code that is none', agreeing((socket) => socket.end('654 x\r\n')), '', 0],
    ['a code within words', agreeing((socket) => socket.end('x 454 x\r\n')), '', 0],
    ['nothing', agreeing(() => {}), '', 2_000],
    ['no connection', 'ECONNREFUSED', '', 0],
    ['no answer', null, '', 2_000],
    ['no greeting', () => {}, '', 2_000],
    ['half of a greeting', (socket) => void socket.write('22'), '', 2_000],
    [
      'a refusal in the segment of the 220',
      (socket) => {
        socket.write('220 x\r\n');
        socket.on('data', (chunk: Buffer) =>
          socket.write(/^EHLO/.test(chunk.toString()) ? '250 x\r\n' : '220 go\r\n454 no\r\n'),
        );
      },
      '454 no\n',
      0,
    ],
  ])('is %s', async (_, script, text, tookMs) => {
    expect(await look(script)).toMatchObject({ text, tookMs });
  });

  test('is looked for with EHLO and STARTTLS alone', async () => {
    const { said } = await look(agreeing((socket) => socket.end('454 no\r\n')));
    expect(said.slice(0, 2)).toEqual(['EHLO gate.example', 'STARTTLS']);
  });
});

describe('a port', () => {
  const lost =
    (error?: Error): Dial =>
    async () => {
      const wire: Duplex = new Duplex({
        read() {},
        write(_, __, done) {
          done();
          setImmediate(() => wire.destroy(error));
        },
      });
      return wire;
    };

  test('that closes in the handshake, or resets, says so', async () => {
    const { clock, io } = world(null);
    const look = (dial: Dial) => clock.runUntil(lookForTls(WHERE, { ...io, dial }));
    expect(await look(lost())).toEqual({
      answer: 'nothing',
      because: expect.stringMatching(/^(?:closed|ECONNRESET)$/),
    });
    expect(await look(lost(errno('ECONNRESET')))).toEqual({ answer: 'nothing', because: 'ECONNRESET' });
  });

  test('that takes leave behind the handshake speaks TLS, and greets nobody', async () => {
    const { key, cert } = await makeCertificate();
    const [ours, theirs] = duplexPair();
    const server = new TLSSocket(theirs as Socket, { isServer: true, key, cert });
    server.on('error', () => {}).on('secure', () => server.end());
    const { io } = world(null);
    const seen = await lookForTls(WHERE, { ...io, dial: async () => ours });
    expect(seen).toEqual({ answer: 'tls', protocol: 'TLSv1.3', greeting: null });
    server.destroy();
  });

  test('is not blamed for an internal error', async () => {
    const { io } = world(null);
    const dial: Dial = () => Promise.reject(new TypeError('an internal error'));
    await expect(lookForGreeting(WHERE, { ...io, dial })).rejects.toThrow('an internal error');
  });

  test('that greets and does not answer EHLO offers nothing that is known', async () => {
    const { clock, io } = world((socket) => {
      socket.write('220 x\r\n');
      socket.once('data', () => socket.end());
    });
    const seen = await clock.runUntil(lookForGreeting(WHERE, io));
    expect(seen).toEqual({ answer: 'greeting', text: '220 x', offersStartTls: null });
  });
});
