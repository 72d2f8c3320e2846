import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { type Identity, makeAuthority, makeCertificate } from '../../__tests__/support/certificates.ts';
import { closedPort } from '../../__tests__/support/servers.ts';

/** A host of the pictures: its address, and the loopback port behind each of its ports. */
export interface ExampleHost {
  readonly address: string;
  readonly ports: Readonly<Record<number, number>>;
}

/** The servers of the pictures, on loopback. */
export interface ExampleServers {
  readonly hosts: Readonly<Record<string, ExampleHost>>;
  /** The authority that issued their certificates, as PEM text. */
  readonly authority: string;
  close(): Promise<void>;
}

/** Starts what the example hosts need, each of which fails or works in its own way. */
export async function startServers(): Promise<ExampleServers> {
  const issuer = await makeAuthority('Example Internal CA');
  const issued = (name: string, to: number) => makeCertificate({ names: [name], issuer, from: -60, to });
  const closers: (() => unknown)[] = [];
  const smtp = async (name: string, days: number, options: SmtpOptions = {}) => {
    const server = smtpServer(name, await issued(name, days), options);
    closers.push(() => new Promise<void>((done) => server.close(done)));
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return (server.server.address() as AddressInfo).port;
  };
  const host = (last: number, ports: ExampleHost['ports']) => ({ address: `192.0.2.${last}`, ports });
  const hosts = {
    'mail.example.com': host(25, { 587: await smtp('mail.example.com', 70) }),
    'smtp.example.com': host(26, { 587: await smtp('smtp.example.com', 80) }),
    'backup.example.com': host(27, { 465: await smtp('backup.example.com', 12, { secure: true }) }),
    'relay-a.example.com': host(28, { 587: await smtp('relay-a.example.com', -3) }),
    'relay-b.example.com': host(29, { 2525: await closedPort() }),
    'news.example.com': host(30, { 587: await smtp('news.example.com', 75, { refusesRecipients: true }) }),
  };
  return {
    hosts,
    authority: issuer.cert,
    close: async () => {
      for (const close of closers) await close();
    },
  };
}

interface SmtpOptions {
  readonly secure?: boolean;
  readonly refusesRecipients?: boolean;
}

function smtpServer(name: string, { key, cert }: Identity, { secure = false, refusesRecipients }: SmtpOptions) {
  const server = new SMTPServer({
    name,
    banner: 'Postfix',
    key,
    cert,
    secure,
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    onRcptTo: (_, __, answer) =>
      answer(refusesRecipients ? Object.assign(new Error('5.7.1 Relay access denied'), { responseCode: 554 }) : null),
  });
  server.on('error', () => {});
  return server;
}
