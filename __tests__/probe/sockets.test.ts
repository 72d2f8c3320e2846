import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Cancellation } from '../../src/probe/cancellation.ts';
import { tcpDial } from '../../src/probe/connect.ts';
import { boundSystemResolver, systemResolver } from '../../src/probe/dns/system-resolver.ts';
import { lookForTls } from '../../src/probe/look-around/second-connection.ts';
import { probe, systemIo } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { makeCertificate } from '../support/certificates.ts';
import { FakeClock } from '../support/clock.ts';
import { PLAN } from '../support/scripted.ts';
import { closedPort, greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

const servers: LoopbackServer[] = [];
const serve = async (...args: Parameters<typeof loopbackServer>) => {
  const server = await loopbackServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
const io = systemIo(systemClock);

describe('over real sockets', () => {
  test('a server that greets is read, and left with QUIT', async () => {
    const server = await serve(greeter('220 real\r\n'));
    const seen = await probe({ ...PLAN, host: '127.0.0.1', port: server.port }, io);
    expect(seen).toMatchObject({
      greeting: { code: 220, lines: ['real'] },
      farewell: { code: 221 },
      address: '127.0.0.1',
      end: null,
    });
    expect(server.said).toEqual(['QUIT']);
    expect(server.connections()).toBe(1);
  });

  test('a name is resolved as the system resolves it', async () => {
    const server = await serve(greeter('220 real\r\n'));
    const seen = await probe({ ...PLAN, host: 'localhost', port: server.port, family: 4 }, io);
    expect(seen).toMatchObject({ addresses: [{ address: '127.0.0.1', family: 4 }], address: '127.0.0.1', end: null });
  });

  test('a closed port is refused, with the errno', async () => {
    const seen = await probe({ ...PLAN, host: '127.0.0.1', port: await closedPort() }, io);
    expect(seen.dialled).toMatchObject([{ address: '127.0.0.1', outcome: 'failed', errno: 'ECONNREFUSED' }]);
  });

  test('a reset before the greeting is seen as one, whether it comes while or after we connect', async () => {
    const server = await serve((socket) => socket.resetAndDestroy());
    const seen = await probe({ ...PLAN, host: '127.0.0.1', port: server.port }, io);
    const errno = seen.end?.kind === 'reset' ? seen.end.errno : seen.dialled[0]?.errno;
    expect(errno).toBe('ECONNRESET');
    expect(seen.greeting).toBeNull();
  });

  test('a flood is cut off at its bound', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const server = await serve((socket) => {
      const pour = () => {
        while (!socket.destroyed && sent < 100 * 1024 * 1024 && socket.write(chunk)) sent += chunk.length;
      };
      socket.on('drain', pour);
      pour();
    });
    const seen = await probe({ ...PLAN, host: '127.0.0.1', port: server.port }, io);
    expect(seen.end).toMatchObject({ kind: 'malformed', reply: { malformed: 'line-too-long' } });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });

  test('a dial that nobody waits for gives up its socket', async () => {
    const cancellation = new Cancellation();
    cancellation.cancel();
    const server = await serve(greeter('220 real\r\n'));
    await expect(tcpDial('127.0.0.1', server.port, cancellation)).rejects.toThrow();
  });
});

describe('a second look', () => {
  const look = (port: number) =>
    lookForTls({ address: '127.0.0.1', port, atMost: 2_000 }, { ...io, secrets: PLAN.secrets });

  test('sees TLS and the greeting behind it, and leaves with QUIT', async () => {
    const identity = await makeCertificate();
    const server = await serve(greeter('220 secure\r\n'), { server: tls.createServer(identity) });
    expect(await look(server.port)).toEqual({ answer: 'tls', protocol: 'TLSv1.3', greeting: '220 secure' });
    expect(server.said).toEqual(['QUIT']);
  });

  test('takes an alert for TLS', async () => {
    const server = await serve(greeter('220 never\r\n'), { server: tls.createServer({}) });
    expect(await look(server.port)).toEqual({ answer: 'tls', protocol: null, greeting: null });
  });

  test('takes plaintext for what it is', async () => {
    const server = await serve((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    expect(await look(server.port)).toMatchObject({ answer: 'not-tls' });
  });

  test('ends when a port says nothing at all, or nothing more', async () => {
    const clock = new FakeClock();
    const server = await serve((socket) => socket.resume());
    const looking = lookForTls(
      { address: '127.0.0.1', port: server.port, atMost: 2_000 },
      { ...PLAN, dial: tcpDial, clock },
    );
    while (server.connections() === 0 || clock.pending === 0) await sleep(1);
    clock.advance(2_000);
    expect(await looking).toMatchObject({ answer: 'nothing' });
    const closing = await serve((socket) => socket.end());
    expect(await look(closing.port)).toMatchObject({ answer: 'nothing' });
    expect(await look(await closedPort())).toEqual({ answer: 'nothing', because: 'ECONNREFUSED' });
  });

  test('is taken by the probe at a silent port, within its deadline', async () => {
    const identity = await makeCertificate();
    const server = await serve(greeter('220 secure\r\n'), { server: tls.createServer(identity) });
    const limits = { timeoutMs: 150, deadlineMs: 150 };
    const seen = await probe({ ...PLAN, ...limits, host: '127.0.0.1', port: server.port }, io);
    expect(seen.tlsLook).toMatchObject({ answer: 'tls' });
    expect(seen.durationMs).toBeLessThan(650);
  });
});

describe('the system’s resolver', () => {
  test('keeps the errno of a name that does not exist', async () => {
    await expect(systemResolver.addresses('no-such-host.invalid', 0)).rejects.toMatchObject({
      code: expect.stringMatching(/^E/),
    });
  });

  test.each([
    [10_000, 30_000, 'timeout:5 attempts:2'],
    [600_000, 600_000, 'timeout:5 attempts:2'],
    [10_000, 3_000, 'timeout:1 attempts:2'],
    [2_000, 30_000, 'timeout:1 attempts:2'],
    [100, 30_000, 'timeout:1 attempts:1'],
  ])('is told to give up within a timeout of %i ms and a deadline of %i ms', (timeoutMs, deadlineMs, expected) => {
    const env: NodeJS.ProcessEnv = {};
    boundSystemResolver({ timeoutMs, deadlineMs }, env);
    expect(env.RES_OPTIONS).toBe(expected);
  });

  test('keeps the options that the user has set', () => {
    const env = { RES_OPTIONS: 'rotate' };
    boundSystemResolver(PLAN, env);
    expect(env.RES_OPTIONS).toBe('rotate');
  });
});

describe('a connection that is lost before anybody listens', () => {
  const lost = async () => {
    const wire = new Duplex({ read() {}, write: (_, __, done) => done() });
    wire.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' }));
    return wire;
  };

  test('is what a second look sees', async () => {
    const io = { dial: lost, clock: systemClock, secrets: PLAN.secrets };
    const seen = await lookForTls({ address: '127.0.0.1', port: 25, atMost: 2_000 }, io);
    expect(seen).toEqual({ answer: 'nothing', because: expect.stringMatching(/^(?:ECONNRESET|closed)$/) });
  });

  test('ends the attempt at once', async () => {
    const seen = await probe({ ...PLAN, host: '127.0.0.1' }, { ...systemIo(systemClock), dial: lost });
    expect(seen.end).toMatchObject({ step: 'greeting', kind: 'reset', errno: 'ECONNRESET' });
    expect(seen.durationMs).toBeLessThan(1_000);
  });
});
