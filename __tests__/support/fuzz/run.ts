import { duplexPair } from 'node:stream';
import type tls from 'node:tls';
import { type GateResult, runGate } from '../../../src/gate/gate.ts';
import type { Settings } from '../../../src/inputs/settings.ts';
import type { Address, Observation } from '../../../src/model/observation.ts';
import { probeEach } from '../../../src/probe/all-addresses.ts';
import type { Dial } from '../../../src/probe/connect.ts';
import { type ProbeIo, probe } from '../../../src/probe/probe.ts';
import { authorities } from '../../../src/probe/tls/trust-store.ts';
import { NOTHING_PUBLISHED } from '../mail-domain.ts';
import { around } from '../observation.ts';
import { settings } from '../settings.ts';
// What is loaded when it is needed must not be loaded while time passes.
import '../../../src/probe/tls/handshake.ts';
import '../../../src/probe/session.ts';
import '../../../src/probe/look-around/second-connection.ts';
import '../../../src/probe/proxy/dial.ts';
import '../../../src/diagnosis/diagnose.ts';
import '../../../src/diagnosis/all-addresses.ts';
import { type Asked, type Case, isServer, PASSWORD, TOKEN, USER } from './script.ts';
import { type Bench, Connection, PulseClock } from './server.ts';

// Of the authorities, only those that are given: to read the well-known ones takes 25 ms a connection.
process.env.SSL_CERT_FILE = '/dev/null';
Object.assign(authorities, { all: (ca: string | null) => authorities.added(ca) });

/** What became of a case: the gate's result, what the servers saw, and what time it took on the fake clock. */
export interface Run {
  readonly asked: Asked;
  readonly settings: Settings;
  readonly result: GateResult;
  /** The connections in the order in which they were dialled. */
  readonly connections: readonly Connection[];
  /** Each observation, in the order in which they ended. */
  readonly seen: readonly Observation[];
  readonly tookMs: number;
  readonly secret: string;
  /** What a proxy was asked, and how far it went. */
  readonly proxied: readonly string[];
  readonly isProxied: boolean;
}

/** What a run may have besides its case: TLS, and something in between. */
export interface World {
  readonly identity?: tls.TlsOptions;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Dials in the place of the servers; what it gives is passed on. */
  readonly through?: (dial: Dial, bench: Bench) => Dial;
  readonly proxied?: readonly string[];
}

export const hostOf = (target: number): string => `h${target}.fuzz.test`;
const addressOf = (target: number, n: number) => `192.0.${target + 2}.${n + 1}`;

/** The inputs that ask for it. */
export function inputsOf({ asked, targets }: Case): Record<string, string> {
  const { login, recipients, tls: mode, lmtp, header, source } = asked;
  const port = mode === 'implicit' ? 465 : 587;
  const list = targets.map((_, i) => `${lmtp ? 'lmtp://' : ''}${hostOf(i)}:${port}`);
  const from = asked.utf8 ? 'zoë@client.fuzz.test' : 'gate@client.fuzz.test';
  return {
    ...(list.length === 1 && !lmtp
      ? { host: hostOf(0), port: String(port) }
      : { targets: list.join('\n'), quorum: asked.quorum }),
    tls: mode,
    timeout: `${asked.timeout}ms`,
    deadline: `${asked.deadline}ms`,
    wait: `${asked.wait}ms`,
    require: asked.require.join('\n'),
    ignore: asked.ignore.join('\n'),
    addresses: asked.all ? 'all' : 'first',
    ...(header ? { 'proxy-protocol': header } : {}),
    ...(source ? { 'source-address': source } : {}),
    ...(asked.banner === null ? {} : { 'expect-banner': asked.banner }),
    ...(recipients === null ? {} : { 'mail-from': from }),
    ...(recipients ? { 'rcpt-to': recipientsOf(recipients).join('\n') } : {}),
    ...(login
      ? {
          username: USER,
          ...(login.kind === 'password' ? { password: PASSWORD } : { 'access-token': TOKEN }),
          'auth-method': login.method,
          'auth-over-plaintext': String(login.overPlaintext),
        }
      : {}),
  };
}

export const recipientsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `r${i}@client.fuzz.test`);

const known = new Map<string, Settings>();

/** Settings, read once for the same inputs. */
async function settingsOf(inputs: Readonly<Record<string, string>>): Promise<Settings> {
  const key = JSON.stringify(inputs);
  const found = known.get(key);
  if (found) return found;
  const read = await settings(inputs);
  if (known.size > 5_000) known.clear();
  known.set(key, read);
  return read;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** So many turns of the loop without a pulse mean that nobody has anything more to do before time passes. */
const REST = 3;
const REST_TLS = 16;
/** A run that takes longer than this has lost its way. */
const MOST_TURNS = 200_000;

/** Runs the gate against generated servers in memory; time passes only when nothing else happens. */
export async function runCase(one: Case, world: World = {}): Promise<Run> {
  const { asked, targets } = one;
  const secret = asked.login?.kind === 'token' ? TOKEN : PASSWORD;
  const inputs = { ...inputsOf(one), ...world.inputs };
  const read = await settingsOf(inputs);
  const bench: Bench = {
    clock: new PulseClock(() => {
      bench.pulse += 1;
    }, world.identity !== undefined),
    secret: asked.login && !asked.login.right ? `${secret}x` : secret,
    pulse: 0,
    busy: 0,
    over: false,
  };
  const connections: Connection[] = [];
  const dials = new Map<string, number>();
  // A look at a port comes behind the conversation, without a step of its own.
  let attempts = 0;
  const attempted = new Map<string, number>();
  const direct: Dial = async (address, port, cancellation) => {
    bench.pulse += 1;
    const script = scriptAt(targets, address);
    if (typeof script === 'string') throw Object.assign(new Error(script), { code: script, syscall: 'connect' });
    if (!isServer(script)) {
      return new Promise((_, reject) =>
        cancellation.onCancel(() =>
          reject(Object.assign(new Error('given up'), { code: 'ECANCELED', syscall: 'connect' })),
        ),
      );
    }
    const nth = dials.get(address) ?? 0;
    dials.set(address, nth + 1);
    const session = script.sessions[Math.min(nth, script.sessions.length - 1)] ?? { overrides: [], chunk: 0 };
    const [ours, theirs] = duplexPair();
    const isLook = attempted.get(address) === attempts;
    attempted.set(address, attempts);
    const place = { address, port, isLook };
    connections.push(new Connection(place, ours, theirs, script, session, bench, world.identity ?? null));
    return ours;
  };
  const io: ProbeIo = {
    clock: bench.clock,
    begins: (step) => {
      if (step === 'connect') attempts += 1;
    },
    dial: world.through ? world.through(direct, bench) : direct,
    resolver: {
      addresses: async (host) => addressesOf(targets, host),
      exists: async () => true,
    },
  };
  const seen: Observation[] = [];
  const work = runGate(read, {
    clock: bench.clock,
    probe: async (plan) => {
      const one = await probe(plan, io);
      seen.push(one);
      return one;
    },
    probeEach: async (plan) => {
      const each = await probeEach(plan, io);
      seen.push(...each);
      return each;
    },
    lookUpMx: () => Promise.reject(new Error('there are no MX records')),
    ...NOTHING_PUBLISHED,
    lookAround: async () => around(),
    progress() {},
  });
  try {
    const result = await drive(work, bench, world.identity ? REST_TLS : REST);
    const proxied = world.proxied ?? [];
    const isProxied = world.through !== undefined;
    return { isProxied, asked, settings: read, result, connections, seen, tookMs: bench.clock.now(), secret, proxied };
  } finally {
    bench.over = true;
  }
}

async function drive<T>(work: Promise<T>, bench: Bench, rest: number): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  settled.catch(() => {});
  for (let turns = 0; turns < MOST_TURNS; ) {
    for (let idle = 0; idle < rest && !done; turns += 1) {
      const { pulse, busy } = bench;
      await turn();
      idle = busy === 0 && pulse === bench.pulse ? idle + 1 : 0;
    }
    if (done) return settled;
    if (!bench.clock.runNext()) throw new Error('it waits for nothing that could happen');
  }
  throw new Error(`it goes on and on (${bench.clock.now()} ms on the fake clock)`);
}

const addressesOf = (targets: Case['targets'], host: string): Address[] =>
  (targets[Number(/^h(\d+)\./.exec(host)?.[1])] ?? []).map((_, n) => ({
    address: addressOf(Number(/^h(\d+)\./.exec(host)?.[1]), n),
    family: 4,
  }));

function scriptAt(targets: Case['targets'], address: string): Case['targets'][number][number] | undefined {
  const [, , target = '', n = ''] = address.split('.');
  return targets[Number(target) - 2]?.[Number(n) - 1];
}
