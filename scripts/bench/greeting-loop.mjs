// The plain loop: connects to each host on one port, as many at once, reads the greeting and says QUIT. Its arguments are
// a file with a host a line, how many are talked to at once, and the port.
import { readFileSync } from 'node:fs';
import net from 'node:net';

const [file, atOnce, port] = process.argv.slice(2);
const left = readFileSync(file, 'utf8').trim().split('\n');

function talk(host) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port: Number(port), noDelay: true });
    let heard = '';
    let isLeaving = false;
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      if (isLeaving || !heard.endsWith('\n')) return;
      if (!heard.startsWith('220')) reject(new Error(heard));
      isLeaving = true;
      socket.write('QUIT\r\n');
    });
    socket.once('error', reject).once('close', () => resolve(heard));
  });
}

const work = async () => {
  for (let host = left.pop(); host !== undefined; host = left.pop()) await talk(host);
};
await Promise.all(Array.from({ length: Number(atOnce) }, work));
