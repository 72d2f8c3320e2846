import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Identity } from '../../__tests__/support/certificates.ts';

export interface SubmissionServer {
  readonly port: number;
  /** How many clients logged in, and how many recipients were accepted. */
  readonly seen: { logins: number; recipients: number };
  close(): void;
}

/**
 * A real server with STARTTLS (TLS 1.3), PIPELINING and AUTH PLAIN, which accepts every login and every envelope.
 * It watches for clients that speak before its greeting, for 100 ms; over a link that long they pass unnoticed.
 */
export async function submissionServer({ key, cert }: Identity): Promise<SubmissionServer> {
  const seen = { logins: 0, recipients: 0 };
  const server = new SMTPServer({
    key,
    cert,
    minVersion: 'TLSv1.3',
    authMethods: ['PLAIN'],
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username }, _session, done) => {
      seen.logins += 1;
      done(null, { user: username });
    },
    onRcptTo: (_address, _session, done) => {
      seen.recipients += 1;
      done();
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return { port: (server.server.address() as AddressInfo).port, seen, close: () => server.close() };
}
