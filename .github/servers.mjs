// For the workflows: starts a healthy SMTP server in the background, and finds a port where nothing listens. The ports
// and the server's process become outputs of the step: port, closed-port, pid. Needs nothing but Node.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import net from 'node:net';

const host = '127.0.0.1';
/** However the job ends, the server does not outlive it by long. */
const LIFETIME_MS = 10 * 60_000;
const REPLIES = { EHLO: '250 mail.example.test', HELO: '250 mail.example.test', QUIT: '221 2.0.0 Bye' };

if (process.argv[2] === 'serve') serve();
else await start();

async function start() {
  const server = fork(import.meta.filename, ['serve'], { detached: true, stdio: 'ignore' });
  const [port] = await once(server, 'message');
  const closed = net.createServer().listen(0, host);
  await once(closed, 'listening');
  const { port: closedPort } = closed.address();
  closed.close();
  const outputs = `port=${port}\nclosed-port=${closedPort}\npid=${server.pid}\n`;
  process.stdout.write(outputs);
  if (process.env.GITHUB_OUTPUT) appendFileSync(process.env.GITHUB_OUTPUT, outputs);
  server.disconnect();
  server.unref();
}

function serve() {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 mail.example.test ESMTP ready\r\n');
    let heard = '';
    socket.on('data', (chunk) => {
      const lines = (heard + chunk).split('\r\n');
      heard = lines.pop();
      for (const line of lines) {
        const command = line.split(' ')[0].toUpperCase();
        socket.write(`${REPLIES[command] ?? '502 5.5.1 Not here'}\r\n`);
        if (command === 'QUIT') socket.end();
      }
    });
  });
  server.listen(0, host, () => process.send(server.address().port));
  setTimeout(() => process.exit(), LIFETIME_MS);
}
