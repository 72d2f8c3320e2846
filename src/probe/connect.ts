import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressAttempt, Family } from '../model/observation.ts';
import type { Clock } from '../shared/clock.ts';
import { Cancellation } from './cancellation.ts';
import { type Deadline, errnoOf, Interrupted } from './deadline.ts';

/**
 * Opens one TCP connection; rejects with an error that has a `code`, or with `Interrupted` when a proxy is at fault;
 * gives up when it is cancelled. `from` is the local address to connect from.
 */
export type Dial = (address: string, port: number, cancellation: Cancellation, from?: string) => Promise<Wire>;

/** What can be dialled: an address, or a name that a proxy resolves. */
export interface Dialable {
  readonly address: string;
  readonly family: Family | null;
}

/** A connection: any stream, with the addresses and ports of both ends where it has them. */
export type Wire = Duplex & {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
};

/** RFC 8305 §5, "Connection Attempt Delay": how long an address is given before the next is tried beside it. */
const STAGGER_MS = 250;

export const tcpDial: Dial = (address, port, cancellation, from) =>
  new Promise((resolve, reject) => {
    const own = from === undefined ? {} : { localAddress: from };
    const socket = net.connect({ host: address, port, autoSelectFamily: false, noDelay: true, ...own });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // An error that comes before anybody listens must not end the process: the end of the stream tells as much.
      socket.on('error', () => {});
      resolve(socket);
    });
    cancellation.onCancel(() => {
      if (socket.connecting) socket.destroy(new Error('given up'));
    });
  });

interface ConnectIo {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly deadline: Deadline;
  readonly dialled: AddressAttempt[];
  /** Whether `dial` keeps to the deadline by itself. */
  readonly bounded?: boolean;
}

/** RFC 8305 §4: the resolver's order, the families taking turns. */
export function interleave<A extends Dialable>(addresses: readonly A[]): A[] {
  const first = addresses.filter((a) => a.family === addresses[0]?.family);
  const second = addresses.filter((a) => a.family !== addresses[0]?.family);
  return first
    .flatMap((address, i) => {
      const other = second[i];
      return other ? [address, other] : [address];
    })
    .concat(second.slice(first.length));
}

/**
 * Connects to the first of `addresses` that answers, as RFC 8305 says: one begins, the next joins it after 250 ms or
 * as soon as one fails, and each has the whole timeout for itself. `dialled` receives every attempt. Through a proxy,
 * `dial` bounds each of its steps itself, so that what is late is known.
 */
export async function connect(
  addresses: readonly Dialable[],
  port: number,
  io: ConnectIo,
): Promise<{ socket: Wire; address: string }> {
  const race = new Race(port, io);
  await race.run(interleave(addresses));
  if (race.winner) return race.winner;
  if (race.fault) throw race.fault;
  const outOfTime = io.dialled.find((a) => a.outcome === 'deadline');
  if (outOfTime) throw new Interrupted({ kind: 'deadline', ms: io.deadline.deadlineMs, heard: '' });
  throw new Interrupted({ kind: 'no-connection' });
}

/** Several addresses dialled beside each other, of which one is kept. */
class Race {
  winner: { socket: Wire; address: string } | undefined;
  /** What the proxy did wrong first. */
  fault: Interrupted | undefined;
  readonly #losers = new Cancellation();

  constructor(
    private readonly port: number,
    private readonly io: ConnectIo,
  ) {}

  /** Dials them in turn, each as soon as the one before has failed or taken too long; resolves when one is open, or all have failed. */
  async run(queue: Dialable[]): Promise<void> {
    await new Promise<void>((done, crash) => {
      let cancelNext = () => {};
      let open = 0;
      const launch = () => {
        cancelNext();
        const address = this.winner ? undefined : queue.shift();
        if (address === undefined) {
          if (this.winner || open === 0) done();
          return;
        }
        open += 1;
        if (queue.length > 0) cancelNext = this.io.clock.after(STAGGER_MS, launch);
        this.#attempt(address).then(() => {
          open -= 1;
          launch();
        }, crash);
      };
      launch();
    });
    this.#losers.cancel();
  }

  async #attempt(address: Dialable): Promise<void> {
    const { deadline, dialled } = this.io;
    const startMs = deadline.elapsed();
    const record = (outcome: AddressAttempt['outcome'], errno: string | null = null) =>
      dialled.push({ ...address, startMs, tookMs: deadline.elapsed() - startMs, outcome, errno });
    try {
      const socket = await this.#dial(address.address);
      if (this.winner) {
        socket.destroy();
        record('abandoned');
        return;
      }
      this.winner = { socket, address: address.address };
      record('connected');
    } catch (error) {
      record(...this.#failure(error));
    }
  }

  #dial(address: string): Promise<Wire> {
    const { dial, deadline, bounded = false } = this.io;
    if (bounded) return dial(address, this.port, this.#losers);
    return deadline.wait((cancellation) => {
      this.#losers.onCancel(() => cancellation.cancel());
      return dial(address, this.port, cancellation);
    });
  }

  #failure(error: unknown): [AddressAttempt['outcome'], errno?: string] {
    if (this.winner) return ['abandoned'];
    if (!(error instanceof Interrupted)) return ['failed', errnoOf(error)];
    if (error.end.kind !== 'proxy') return [error.end.kind === 'deadline' ? 'deadline' : 'timeout'];
    this.fault ??= error;
    return ['proxy-failed'];
  }
}
