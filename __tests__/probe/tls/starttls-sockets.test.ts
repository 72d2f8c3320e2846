import { afterEach, describe, expect, test } from '@jest/globals';
import { probe, systemIo } from '../../../src/probe/probe.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { PLAN } from '../../support/scripted.ts';
import { type LoopbackServer, loopbackServer } from '../../support/servers.ts';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const BEYOND = { ehloName: 'gate.example.com', login: null, envelope: null };

describe('a server that agrees to STARTTLS over a real socket', () => {
  test('and ends the connection in the same segment is heard at once', async () => {
    const server = await loopbackServer((socket) => {
      socket.write('220 x ESMTP\r\n');
      socket.on('data', (said) => {
        if (/^EHLO/.test(String(said))) socket.write('250-x\r\n250 STARTTLS\r\n');
        if (/^STARTTLS/.test(String(said))) socket.end('220 go\r\n');
      });
    });
    servers.push(server);
    const plan = { ...PLAN, host: '127.0.0.1', port: server.port, timeoutMs: 20_000, deadlineMs: 20_000 };
    const tls = { ...PLAN.tls, when: 'starttls' } as const;
    const seen = await probe({ ...plan, tls, beyond: BEYOND }, systemIo(systemClock));
    expect(seen.end).toEqual({ kind: 'closed', step: 'tls', heard: '' });
    expect(seen.durationMs).toBeLessThan(5_000);
  });

  test.each([
    [
      'a refusal',
      '454-4.7.0 no TLS\r\n454 4.7.0 now\r\n',
      { kind: 'injected', heard: '454-4.7.0 no TLS\n454 4.7.0 now' },
    ],
    ['what is no reply', 'what do you want?\r\n', { kind: 'handshake' }],
  ])('and says %s in the place of TLS is read on a second connection', async (_, text, end) => {
    let connections = 0;
    const server = await loopbackServer((socket) => {
      connections += 1;
      let agreed = false;
      socket.write('220 x ESMTP\r\n');
      socket.on('data', (said) => {
        if (agreed) socket.write(text);
        if (/^EHLO/.test(String(said))) socket.write('250-x\r\n250 STARTTLS\r\n');
        if (/^STARTTLS/.test(String(said))) {
          agreed = true;
          socket.write('220 go\r\n');
        }
      });
    });
    servers.push(server);
    const plan = { ...PLAN, host: '127.0.0.1', port: server.port, timeoutMs: 20_000, deadlineMs: 20_000 };
    const tls = { ...PLAN.tls, when: 'starttls' } as const;
    const seen = await probe({ ...plan, tls, beyond: BEYOND }, systemIo(systemClock));
    expect(seen.end).toMatchObject({ ...end, step: 'tls' });
    expect(connections).toBe(2);
  });
});
