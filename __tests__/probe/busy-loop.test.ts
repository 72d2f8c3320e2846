import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runGate } from '../../src/gate/gate.ts';
import { systemGateIo } from '../../src/gate/system-io.ts';
import type { Observation } from '../../src/model/observation.ts';
import { connect, tcpDial } from '../../src/probe/connect.ts';
import { Deadline } from '../../src/probe/deadline.ts';
import { probe, systemIo } from '../../src/probe/probe.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { makeCertificate } from '../support/certificates.ts';
import { PLAN } from '../support/scripted.ts';
import { settings } from '../support/settings.ts';

/** How long the loop is blocked each time, in milliseconds: every limit here is measured by it. */
const BLOCK_MS = 200;
/** How long it is free in between where a timer blocks it: less could make two blocks one. */
const FREE_MS = 10;
/** How long a server in good health takes to greet, in milliseconds. */
const PROMPT_MS = 10;

/** A submission server in a thread of its own, which answers while ours is busy. */
const SERVER = `
const { parentPort, workerData } = require('node:worker_threads');
const net = require('node:net');
const tls = require('node:tls');
const ANSWERS = { EHLO: '250-x\\r\\n250 AUTH PLAIN', AUTH: '235 ok', MAIL: '250 ok', RCPT: '250 ok', RSET: '250 ok', QUIT: '221 bye' };
function talk(socket, answers) {
  socket.on('error', () => {});
  socket.on('data', (said) => {
    const verb = String(said).slice(0, 4);
    socket.write(answers[verb] + '\\r\\n');
    if (verb !== 'STAR') return;
    socket.removeAllListeners('data');
    talk(new tls.TLSSocket(socket, { isServer: true, ...workerData.identity }), ANSWERS);
  });
}
const server = net.createServer((socket) => {
  setTimeout(() => socket.write('220 x ESMTP\\r\\n'), workerData.afterMs);
  talk(socket, { ...ANSWERS, EHLO: '250-x\\r\\n250 STARTTLS', STAR: '220 go' });
});
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

const workers: Worker[] = [];
let stop = () => {};
afterEach(async () => {
  stop();
  for (const worker of workers.splice(0)) await worker.terminate();
});

async function serverThatGreets(afterMs: number): Promise<{ port: number; ca: string }> {
  const { cert, key } = await makeCertificate();
  const worker = new Worker(SERVER, { eval: true, workerData: { afterMs, identity: { cert, key } } });
  workers.push(worker);
  const [port] = (await once(worker, 'message')) as [number];
  return { port, ca: cert };
}

const NEVER_WOKEN = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/** Holds the thread, and takes no time of the processor, which the server and other tests need. */
function block(): void {
  Atomics.wait(NEVER_WOKEN, 0, 0, BLOCK_MS);
}

/** Blocks the loop at each of its turns, before it hears of what happened or after, until `stop`. */
function keepBusy(when: 'before' | 'after'): void {
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const again = () => {
    if (when === 'before') timer = setTimeout(work, FREE_MS);
    else immediate = setImmediate(work);
  };
  const work = () => {
    block();
    again();
  };
  stop = () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
  again();
}

/** A whole conversation. */
const planFor = ({ port, ca }: { port: number; ca: string }) => ({
  ...PLAN,
  host: 'localhost',
  port,
  family: 4 as const,
  tls: { ...PLAN.tls, when: 'starttls' as const, strict: true, name: 'localhost', ca },
  beyond: {
    ehloName: 'gate.example.com',
    login: {
      credentials: { kind: 'password' as const, username: 'u', password: 'p' },
      mechanism: 'auto' as const,
      overPlaintext: false,
    },
    envelope: null,
  },
});

const longest = ({ steps }: Observation) => Math.max(...steps.map(({ tookMs }) => tookMs));

describe.each(['before', 'after'] as const)('while our own work blocks the loop %s events are handled', (when) => {
  test('no step of a prompt server takes as long as the block', async () => {
    const server = await serverThatGreets(PROMPT_MS);
    keepBusy(when);
    const seen = await probe(planFor(server), systemIo(systemClock));
    expect(seen.end).toBeNull();
    expect(seen.auth).toMatchObject({ outcome: 'answered', reply: { code: 235 } });
    expect(seen.latencyMs).toBeLessThan(BLOCK_MS);
    expect(longest(seen)).toBeLessThan(BLOCK_MS);
    expect(seen.dialled[0]?.tookMs).toBeLessThan(BLOCK_MS);
  });

  test('a limit that is shorter than the block is kept by a prompt server', async () => {
    const server = await serverThatGreets(PROMPT_MS);
    keepBusy(when);
    const limits = { timeoutMs: BLOCK_MS / 2, deadlineMs: BLOCK_MS - 1 };
    const seen = await probe({ ...planFor(server), ...limits }, systemIo(systemClock));
    expect(seen.end).toBeNull();
    expect(seen.farewell).toMatchObject({ code: 221 });
  });

  test('a prompt server is not called slow', async () => {
    const { port } = await serverThatGreets(PROMPT_MS);
    const asked = await settings({ host: '127.0.0.1', port: String(port), 'latency-fail': `${BLOCK_MS}ms` });
    keepBusy(when);
    const { status, targets } = await runGate(
      asked,
      systemGateIo(() => {}),
    );
    expect(targets[0]?.findings).toEqual([]);
    expect(status).toBe('pass');
  });

  test('a slow server is slow all the same', async () => {
    const { port } = await serverThatGreets(4 * BLOCK_MS);
    keepBusy(when);
    const seen = await probe({ ...PLAN, host: '127.0.0.1', port }, systemIo(systemClock));
    expect(seen.latencyMs).toBeGreaterThan(2 * BLOCK_MS);
  });

  test('a server that says nothing ends at the limit', async () => {
    const { port } = await serverThatGreets(1_000_000);
    keepBusy(when);
    const limits = { timeoutMs: BLOCK_MS / 4, deadlineMs: BLOCK_MS };
    const seen = await probe({ ...PLAN, ...limits, host: '127.0.0.1', port }, systemIo(systemClock));
    expect(seen.end).toMatchObject({ kind: 'silence', step: 'greeting', ms: BLOCK_MS / 4 });
  });

  test('no second address is dialled beside one that has answered', async () => {
    const { port } = await serverThatGreets(PROMPT_MS);
    const deadline = new Deadline(systemClock, PLAN);
    const dials: string[] = [];
    const dial: typeof tcpDial = (address, ...rest) => {
      dials.push(address);
      return tcpDial(address, ...rest);
    };
    const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 as const }));
    const connecting = connect(addresses, port, { dial, clock: systemClock, deadline, dialled: [] });
    block();
    block();
    (await connecting).socket.destroy();
    expect(dials).toEqual(['127.0.0.1']);
  });
});
