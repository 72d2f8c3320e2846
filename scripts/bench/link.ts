import net, { type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoopbackServer, loopbackServer } from '../../__tests__/support/servers.ts';

/** How long a packet is under way, in one direction. */
export const ONE_WAY_MS = 50;

/**
 * A port of loopback that leads to `port` over a link on which every packet is under way for 50 ms: each chunk, and the
 * end of each stream, is handed on 50 ms after it arrived, in order.
 *
 * On loopback a connection is there at once. What setting it up costs over the link is therefore charged to the first
 * bytes, as if the client had sent its SYN when it was accepted here: SYN-ACK is back after two packets, so that what
 * the client says sets out then; the server knows of the connection after three, ACK included, so that its greeting sets
 * out then and arrives after two round trips.
 */
export function farAway(port: number): Promise<LoopbackServer> {
  const server = net.createServer({ allowHalfOpen: true, noDelay: true });
  return loopbackServer(
    (client) => {
      const accepted = performance.now();
      const upstream = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
      upstream.on('error', () => {});
      carry(client, upstream, accepted + 2 * ONE_WAY_MS);
      carry(upstream, client, accepted + 3 * ONE_WAY_MS);
    },
    { server },
  );
}

/** Hands on what `from` says, and that it ends; nothing sets out before `opens`. */
function carry(from: Socket, to: Socket, opens: number): void {
  let queue = Promise.resolve();
  const later = (deliver: () => void) => {
    const underWay = sleep(Math.max(0, opens - performance.now()) + ONE_WAY_MS);
    queue = queue.then(() => underWay).then(deliver);
  };
  from.on('data', (chunk: Buffer) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  from.on('close', () => later(() => to.destroy()));
}
