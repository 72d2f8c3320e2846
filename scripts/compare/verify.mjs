// Asks nodemailer's verify() about the transport that the environment describes, and exits with 0 when it says yes.
import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';

const { ca, ...options } = JSON.parse(process.env.TRANSPORT);
if (options.tls && ca) options.tls.ca = readFileSync(ca);
try {
  process.exit((await createTransport(options).verify()) ? 0 : 1);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
