// Prints how many milliseconds nodemailer's verify() takes: connect, STARTTLS and login, its modules already loaded.
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

const [port, ca] = process.argv.slice(2);
const transport = createTransport({
  host: '127.0.0.1',
  port: Number(port),
  requireTLS: true,
  tls: { ca: readFileSync(ca), servername: 'localhost' },
  auth: { user: process.env.SMTP_GATE_USERNAME, pass: process.env.SMTP_GATE_PASSWORD },
  authMethod: 'PLAIN',
});
const from = performance.now();
await transport.verify();
console.log(performance.now() - from);
