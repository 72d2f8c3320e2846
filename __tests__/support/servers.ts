import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

export interface LoopbackServer {
  readonly port: number;
  /** Everything that clients said, line by line. */
  readonly said: string[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A real server on loopback that hands each connection to `talk`; secure when it is given a listener of its own. */
export async function loopbackServer(
  talk: (socket: Socket) => void,
  { host = '127.0.0.1', server = net.createServer() }: { host?: string; server?: net.Server } = {},
): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  const said: string[] = [];
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => {});
  server.on('setSecureContext' in server ? 'secureConnection' : 'connection', (socket: Socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => said.push(...chunk.toString().split('\r\n').filter(Boolean)));
    talk(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    said,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Greets, and answers QUIT. */
export const greeter =
  (greeting: string) =>
  (socket: Socket): void => {
    socket.write(greeting);
    socket.on('data', () => socket.end('221 2.0.0 bye\r\n'));
  };

/** A port of loopback that refuses connections. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
