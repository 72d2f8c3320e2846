import net from 'node:net';
import type { Duplex } from 'node:stream';
import type { ProxyPlan } from '../../src/probe/plan.ts';
import type { FakeClock } from './clock.ts';
import type { Script } from './scripted.ts';

/** A proxy at 198.51.100.8, as a plan has it. */
export function proxyPlan(over: Partial<ProxyPlan> = {}): ProxyPlan {
  return { scheme: 'http', host: '198.51.100.8', port: 3128, credentials: null, from: 'proxy', ca: null, ...over };
}

export const CREDENTIALS = { username: 'ada', password: 'p@ss:wörd/1' };

/** What a proxy does when it was asked; it may write, close, or hand the connection on. */
export type Reply = (socket: Duplex, clock: FakeClock) => void;

export const say =
  (...bytes: (string | Buffer)[]): Reply =>
  (socket) => {
    for (const part of bytes) socket.write(part);
  };

export const sayAndClose =
  (bytes: string | Buffer = ''): Reply =>
  (socket) => {
    socket.end(bytes);
  };

export const bytewise = (bytes: Buffer | string): Reply =>
  say(...[...Buffer.from(bytes)].map((byte) => Buffer.of(byte)));

/** Says the first, then is the server behind it. */
export const openTo =
  (reply: Reply, server: Script): Reply =>
  (socket, clock) => {
    reply(socket, clock);
    server(socket, clock);
  };

/** A proxy of HTTP that answers the first request with `reply`; `asked` receives the request. */
export const httpProxy =
  (reply: Reply, asked: string[] = []): Script =>
  (socket, clock) => {
    let text = '';
    const hear = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.endsWith('\r\n\r\n')) return;
      socket.off('data', hear);
      asked.push(text);
      reply(socket, clock);
    };
    socket.on('data', hear);
  };

/** A proxy of SOCKS that gives one reply to each message; `asked` receives them in hexadecimal. */
export const socksProxy =
  (replies: readonly (Reply | readonly number[])[], asked: string[] = []): Script =>
  (socket, clock) => {
    const left = [...replies];
    const hear = (chunk: Buffer) => {
      asked.push(chunk.toString('hex'));
      const reply = left.shift();
      if (left.length === 0) socket.off('data', hear);
      if (typeof reply === 'function') reply(socket, clock);
      else if (reply) socket.write(Buffer.from(reply));
    };
    socket.on('data', hear);
  };

/** What opens a connection in SOCKS, from an IPv4 address. */
export const OPENED = [5, 0, 0, 1, 192, 0, 2, 9, 4, 0] as const;

/** A real proxy of HTTP that opens every tunnel on loopback. */
export function tunnel(socket: net.Socket): void {
  socket.once('data', (chunk: Buffer) => {
    const port = Number(/^CONNECT \S+:(\d+) /.exec(chunk.toString())?.[1]);
    const there = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n');
      socket.pipe(there).pipe(socket);
    });
    there.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    socket.on('close', () => there.destroy());
  });
}
