import { afterEach, describe, expect, test } from '@jest/globals';
import { runGate } from '../../src/gate/gate.ts';
import { systemGateIo } from '../../src/gate/system-io.ts';
import { probeEach } from '../../src/probe/all-addresses.ts';
import { Cancellation } from '../../src/probe/cancellation.ts';
import { lookAround } from '../../src/probe/look-around/index.ts';
import { probe, systemIo } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { greet, PLAN, probeScript, scriptedIo } from '../support/scripted.ts';
import { greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';
import { settings } from '../support/settings.ts';

let server: LoopbackServer | undefined;
afterEach(() => server?.close());

/** A server that keeps the addresses of its clients. */
async function listening(greeting = '220 up\r\n'): Promise<{ port: number; clients: string[] }> {
  const clients: string[] = [];
  server = await loopbackServer((socket) => {
    clients.push(socket.remoteAddress ?? '');
    greeter(greeting)(socket);
  });
  return { port: server.port, clients };
}

/** Dials as `scriptedIo` does, and keeps which local address each connection was to come from. */
function watched(world: Parameters<typeof scriptedIo>[0]) {
  const io = scriptedIo(world);
  const from: (string | undefined)[] = [];
  const dial: typeof io.dial = (address, port, cancellation, source) => {
    from.push(source);
    return io.dial(address, port, cancellation, source);
  };
  return { ...io, dial, from };
}

const SOURCE = { localAddress: '198.51.100.7', family: 4 } as const;

describe('every connection comes from the source address', () => {
  test('on the wire', async () => {
    const { port, clients } = await listening();
    const plan = { ...PLAN, host: '127.0.0.1', port, localAddress: '127.0.0.3' };
    const seen = await probe(plan, systemIo(systemClock));
    expect(seen.greeting?.code).toBe(220);
    expect(seen.localAddress).toEqual({ address: '127.0.0.3', others: null });
    expect(clients).toEqual(['127.0.0.3']);
  });

  test('with all addresses, and only those of its family', async () => {
    const io = watched({ resolves: ['192.0.2.1', '2001:db8::1', '192.0.2.2'], otherwise: greet('220 up\r\n') });
    await io.clock.runUntil(probeEach({ ...PLAN, ...SOURCE }, io));
    expect(io.dials.toSorted()).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(io.from).toEqual(['198.51.100.7', '198.51.100.7']);
  });

  test('the second look at a silent port included', async () => {
    const io = watched({ otherwise: () => {} });
    await io.clock.runUntil(probe({ ...PLAN, ...SOURCE }, io));
    expect(io.from.length).toBeGreaterThan(1);
    expect(new Set(io.from)).toEqual(new Set(['198.51.100.7']));
  });

  test('the look around the host included, which leaves the other family alone', async () => {
    const io = watched({ resolves: ['192.0.2.1', '2001:db8::1'], otherwise: 'ECONNREFUSED' });
    const plan = { ...PLAN, ...SOURCE };
    const seen = await io.clock.runUntil(probe(plan, io));
    const machine = {
      dns: async () => ({ answer: 'unavailable', addresses: [] }) as const,
      hosts: async () => '',
      resolverConfiguration: async () => '',
      ipv6Route: async () => null,
    };
    const around = await io.clock.runUntil(lookAround(plan, seen, { ...io, env: {}, machine }));
    expect(around?.otherFamily).toBeNull();
    expect(io.ports.length).toBeGreaterThan(3);
    expect(io.dials).not.toContain('2001:db8::1');
    expect(new Set(io.from)).toEqual(new Set(['198.51.100.7']));
  });

  test('and none has one unless it is given', async () => {
    const io = watched({ otherwise: greet('220 up\r\n') });
    const seen = await io.clock.runUntil(probe(PLAN, io));
    expect(io.from).toEqual([undefined]);
    expect(seen.localAddress).toBeNull();
  });
});

describe('an address that the system refuses to connect from', () => {
  test('is told with those that there are', async () => {
    const seen = await probeScript({ otherwise: 'EADDRNOTAVAIL' }, { localAddress: '203.0.113.77', family: 4 });
    expect(seen.localAddress?.others).toContain('127.0.0.1');
  });

  test('is not missing where this machine has it and has no port left', async () => {
    const seen = await probeScript({ otherwise: 'EADDRNOTAVAIL' }, { localAddress: '127.0.0.1', family: 4 });
    expect(seen.localAddress?.others).toBeNull();
  });

  test('is not missing where one server could be reached', async () => {
    const answers = { '192.0.2.1': 'EADDRNOTAVAIL', '192.0.2.2': 'ECONNREFUSED' };
    const seen = await probeScript(
      { resolves: Object.keys(answers), answers },
      { localAddress: '203.0.113.77', family: 4 },
    );
    expect(seen.localAddress?.others).toBeNull();
  });

  test('really is refused so by this system', async () => {
    const { port } = await listening();
    const dial = systemIo(systemClock).dial('127.0.0.1', port, new Cancellation(), '203.0.113.77');
    await expect(dial).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });
});

test('a gate says which address it connected from, and repeats it', async () => {
  const { port, clients } = await listening();
  const inputs = { targets: `127.0.0.1:${port}?source-address=127.0.0.4\n127.0.0.1:${port}` };
  const result = await runGate(
    await settings(inputs),
    systemGateIo(() => {}),
  );
  expect(result.status).toBe('pass');
  expect(clients.toSorted()).toEqual(['127.0.0.1', '127.0.0.4']);
  expect(result.targets[0]?.given.get('source-address')).toBe('127.0.0.4');
});

test('a server is told by the address that it saw', async () => {
  server = await loopbackServer((socket) => {
    socket.write('220 up\r\n');
    socket.on('data', (chunk: Buffer) => {
      if (/^QUIT/.test(chunk.toString())) socket.end('221 bye\r\n');
      else socket.write('250 up\r\n');
    });
  });
  const beyond = { ehloName: null, login: null, envelope: null };
  const plan = { ...PLAN, host: '127.0.0.1', port: server.port, localAddress: '127.0.0.5', beyond };
  await probe(plan, systemIo(systemClock));
  expect(server.said[0]).toBe('EHLO [127.0.0.5]');
});
