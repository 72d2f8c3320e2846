// The plain loop: the same conversation as the gate's with each port, as many at once, over tls.connect with one context.
// Its arguments are a file with the authority, how many are talked to at once, and the ports.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [ca, atOnce, ...ports] = process.argv.slice(2);
const secureContext = tls.createSecureContext({ ca: [...tls.rootCertificates, readFileSync(ca, 'utf8')] });

const heard = (socket) => new Promise((resolve, reject) => socket.once('data', resolve).once('error', reject));

async function ask(socket, line) {
  const reply = heard(socket);
  socket.write(`${line}\r\n`);
  return String(await reply);
}

async function talk(port) {
  const plain = net.connect({ host: '127.0.0.1', port, noDelay: true });
  await heard(plain);
  await ask(plain, 'EHLO gate.example.test');
  await ask(plain, 'STARTTLS');
  const secure = tls.connect({ socket: plain, secureContext, servername: 'localhost' });
  await new Promise((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  await ask(secure, 'EHLO gate.example.test');
  await ask(secure, 'QUIT');
  secure.destroy();
}

const left = [...ports];
const work = async () => {
  for (let port = left.pop(); port !== undefined; port = left.pop()) await talk(Number(port));
};
await Promise.all(Array.from({ length: Number(atOnce) }, work));
