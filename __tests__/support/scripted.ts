import { type Duplex, duplexPair } from 'node:stream';
import type { Address } from '../../src/model/observation.ts';
import type { Plan } from '../../src/probe/plan.ts';
import { type ProbeIo, probe } from '../../src/probe/probe.ts';
import { Secrets } from '../../src/shared/redaction.ts';
import { FakeClock } from './clock.ts';

/** What a scripted server does with a connection; time passes on `clock` alone. */
export type Script = (socket: Duplex, clock: FakeClock) => void;

/** How an address answers: with a script, with an errno, or not at all. */
export type Answer = Script | string | null;

export interface World {
  /** By address and port, or by address alone; every other address answers with `otherwise`. */
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly otherwise?: Answer;
  /** What the name resolves to, or the resolver's errno, or `null` for a resolver that never answers. */
  readonly resolves?: readonly string[] | string | null;
  readonly exists?: boolean | 'unknown';
}

/** Dials scripted servers in memory; `dials` and `ports` list what was dialled, in order, `lookUps` what was asked for. */
export function scriptedIo(
  world: World,
  clock = new FakeClock(),
): ProbeIo & { clock: FakeClock; dials: string[]; ports: number[]; lookUps: string[]; said: string[] } {
  const dials: string[] = [];
  const ports: number[] = [];
  const lookUps: string[] = [];
  const said: string[] = [];
  return {
    clock,
    dials,
    ports,
    lookUps,
    said,
    resolver: {
      async addresses(host, family) {
        lookUps.push(host);
        const { resolves = ['192.0.2.25'] } = world;
        if (resolves === null) return new Promise(() => {});
        if (typeof resolves === 'string') throw errno(resolves);
        const all = resolves.map((address): Address => ({ address, family: address.includes(':') ? 6 : 4 }));
        const wanted = all.filter((a) => family === 0 || a.family === family);
        if (wanted.length === 0) throw errno('ENOTFOUND');
        return wanted;
      },
      async exists(host) {
        lookUps.push(host);
        if (world.exists === 'unknown') throw errno('ECONNREFUSED');
        return world.exists ?? false;
      },
    },
    async dial(address, port, cancellation) {
      dials.push(address);
      ports.push(port);
      const answer = world.answers?.[`${address} ${port}`] ?? world.answers?.[address] ?? world.otherwise ?? null;
      if (typeof answer === 'string') throw errno(answer);
      if (answer === null) {
        return new Promise((__, reject) => cancellation.onCancel(() => reject(errno('ECANCELED'))));
      }
      const [ours, theirs] = duplexPair();
      theirs.on('error', () => {});
      theirs.on('data', (chunk: Buffer) => said.push(...chunk.toString().split('\r\n').filter(Boolean)));
      answer(theirs, clock);
      return ours;
    },
  };
}

export const PLAN: Plan = {
  host: 'mail.example.test',
  port: 25,
  family: 0,
  only: null,
  localAddress: null,
  timeoutMs: 10_000,
  deadlineMs: 30_000,
  proxy: null,
  proxyHeader: null,
  tls: {
    when: 'if-offered',
    strict: false,
    verify: true,
    minVersion: 'TLSv1.2',
    name: 'mail.example.test',
    ca: null,
    client: null,
  },
  protocol: 'smtp',
  beyond: null,
  secrets: new Secrets(),
};

/** Probes a scripted world to the end, in no time. */
export async function probeScript(world: World, plan: Partial<Plan> = {}) {
  const io = scriptedIo(world);
  const seen = await io.clock.runUntil(probe({ ...PLAN, ...plan }, io));
  return { ...seen, io };
}

/** Sends `text` at once, whole or byte by byte, and answers QUIT. */
export const greet =
  (text: string, { bytewise = false }: { bytewise?: boolean } = {}): Script =>
  (socket) => {
    if (bytewise) for (const byte of Buffer.from(text, 'latin1')) socket.write(Buffer.of(byte));
    else socket.write(Buffer.from(text, 'latin1'));
    socket.on('data', () => socket.end('221 2.0.0 bye\r\n'));
  };

export function errno(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'test' });
}
