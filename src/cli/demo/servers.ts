import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A server on loopback, on a port that the system chose. */
export interface DemoServer {
  readonly port: number;
  close(): void;
}

/** A real SMTP server, in good health. */
export async function healthy(): Promise<DemoServer> {
  const server = new SMTPServer({
    name: 'mail.example.test',
    banner: 'ready',
    disableReverseLookup: true,
    // Its own certificate has expired, and is the same for everybody.
    disabledCommands: ['STARTTLS'],
    logger: false,
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, close: () => server.close() };
}

/** A server that greets with `greeting`, or says nothing at all. */
export async function greetsWith(greeting: string | null): Promise<DemoServer> {
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', () => {
      if (greeting !== null) socket.end('221 bye\r\n');
    });
    if (greeting !== null) socket.write(`${greeting}\r\n`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** A port that was free a moment ago. */
export async function closed(): Promise<DemoServer> {
  const server = await greetsWith(null);
  server.close();
  return server;
}
