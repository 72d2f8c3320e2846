import { afterEach, expect, test } from '@jest/globals';
import type { Progress } from '../../src/gate/retry.ts';
import { systemGateIo } from '../../src/gate/system-io.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { PLAN } from '../support/scripted.ts';
import { greeter, type LoopbackServer, loopbackServer } from '../support/servers.ts';

const servers: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

test('the gate’s world is this machine’s', async () => {
  const server = await loopbackServer(greeter('220 mail ESMTP\r\n'));
  servers.push(server);
  const progress: Progress[] = [];
  const io = systemGateIo((event) => progress.push(event), {});
  const plan = { ...PLAN, host: '127.0.0.1', port: server.port };
  expect(io.clock).toBe(systemClock);
  expect(await io.probe(plan)).toMatchObject({ greeting: { code: 220 }, end: null });
  expect(await io.probeEach(plan)).toMatchObject([{ greeting: { code: 220 }, address: '127.0.0.1' }]);
  const event = { kind: 'retry', target: plan, code: 'connect-refused', attempt: 1, inMs: 1 } as const;
  io.progress(event);
  expect(progress).toEqual([event]);
});

test('the gate’s world tells of each step as it begins', async () => {
  const server = await loopbackServer(greeter('220 mail ESMTP\r\n'));
  servers.push(server);
  const begun: string[] = [];
  const io = systemGateIo(
    () => {},
    {},
    ({ host, port }, step) => begun.push(`${host}:${port} ${step}`),
  );
  const plan = { ...PLAN, host: '127.0.0.1', port: server.port };
  const steps = ['connect', 'greeting', 'quit'].map((step) => `127.0.0.1:${server.port} ${step}`);
  const seen = await io.probe(plan);
  expect(begun.splice(0)).toEqual(steps);
  await io.probeEach(plan);
  expect(begun.splice(0)).toEqual(steps);
  await io.lookAround({ ...plan, timeoutMs: 100 }, seen);
  expect(begun).toEqual([`127.0.0.1:${server.port} look-around`]);
});
