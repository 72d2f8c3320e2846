import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { AddressAttempt, Family } from '../model/observation.ts';
import type { Clock } from '../shared/clock.ts';
import { Cancellation } from './cancellation.ts';
import { type Deadline, errnoOf, Interrupted } from './deadline.ts';

/**
 * Opens one TCP connection; rejects with an error that has a `code`, or with `Interrupted` when a proxy is at fault;
 * gives up when it is cancelled.
 */
export type Dial = (address: string, port: number, cancellation: Cancellation) => Promise<Wire>;

/** What can be dialled: an address, or a name that a proxy resolves. */
export interface Dialable {
  readonly address: string;
  readonly family: Family | null;
}

/** A connection: any stream, with the address of our end where it has one. */
export type Wire = Duplex & { readonly localAddress?: string | undefined };

/** RFC 8305 §5, "Connection Attempt Delay": how long an address is given before the next is tried beside it. */
const STAGGER_MS = 250;

export const tcpDial: Dial = (address, port, cancellation) =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port, autoSelectFamily: false, noDelay: true });
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
  { dial, clock, deadline, dialled, bounded = false }: ConnectIo,
): Promise<{ socket: Wire; address: string }> {
  const queue = interleave(addresses);
  const losers = new Cancellation();
  const faults: Interrupted[] = [];
  let winner: { socket: Wire; address: string } | undefined;

  const attempt = async (address: Dialable): Promise<void> => {
    const startMs = deadline.elapsed();
    const record = (outcome: AddressAttempt['outcome'], errno: string | null = null) =>
      dialled.push({ ...address, startMs, tookMs: deadline.elapsed() - startMs, outcome, errno });
    try {
      const socket = await (bounded
        ? dial(address.address, port, losers)
        : deadline.wait((cancellation) => {
            losers.onCancel(() => cancellation.cancel());
            return dial(address.address, port, cancellation);
          }));
      if (winner) {
        socket.destroy();
        record('abandoned');
        return;
      }
      winner = { socket, address: address.address };
      record('connected');
    } catch (error) {
      if (winner) record('abandoned');
      else if (!(error instanceof Interrupted)) record('failed', errnoOf(error));
      else if (error.end.kind === 'proxy') {
        record('proxy-failed');
        faults.push(error);
      } else record(error.end.kind === 'deadline' ? 'deadline' : 'timeout');
    }
  };

  await new Promise<void>((done, crash) => {
    let cancelNext = () => {};
    let open = 0;
    const launch = () => {
      cancelNext();
      const address = winner ? undefined : queue.shift();
      if (address === undefined) {
        if (winner || open === 0) done();
        return;
      }
      open += 1;
      if (queue.length > 0) cancelNext = clock.after(STAGGER_MS, launch);
      attempt(address).then(() => {
        open -= 1;
        launch();
      }, crash);
    };
    launch();
  });
  losers.cancel();
  if (winner) return winner;
  const fault = faults[0];
  if (fault) throw fault;
  const outOfTime = dialled.find((a) => a.outcome === 'deadline');
  if (outOfTime) throw new Interrupted({ kind: 'deadline', ms: deadline.deadlineMs, heard: '' });
  throw new Interrupted({ kind: 'no-connection' });
}
