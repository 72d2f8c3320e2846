import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Identity } from './certificates.ts';

/** What a policy host sends: the text of a policy as `text/plain`, or whatever a function makes of the request. */
export type Serves = string | ((response: ServerResponse, request: IncomingMessage) => void);

export interface PolicyHost {
  readonly port: number;
  /** What was asked for, as `GET mta-sts.example.com /.well-known/mta-sts.txt`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** A policy host on loopback. */
export async function policyHost({ key, cert }: Pick<Identity, 'key' | 'cert'>, serves: Serves): Promise<PolicyHost> {
  const asked: string[] = [];
  const open = new Set<Duplex>();
  const server = createServer({ key, cert }, (request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`);
    if (typeof serves === 'function') serves(response, request);
    else response.setHeader('Content-Type', 'text/plain').end(serves);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => {}).on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        server.close(() => done());
      }),
  };
}
