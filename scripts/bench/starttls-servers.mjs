// SMTP servers with STARTTLS on as many ports of loopback as the first argument says; the second and third are files with
// their certificate and key. In a process of its own, so that it takes no time from what is measured.
import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const [count, cert, key] = process.argv.slice(2);
const secureContext = tls.createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) });

/** Answers each line of a conversation; `offers` is what is offered behind EHLO. */
function talk(socket, offers, startTls) {
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    const verb = chunk.toString().slice(0, 4);
    if (verb === 'EHLO') socket.write(`250-mail.example.test\r\n250 ${offers}\r\n`);
    else if (verb === 'STAR') startTls();
    else socket.end('221 bye\r\n');
  });
}

function serve(socket) {
  socket.setNoDelay(true);
  socket.write('220 mail.example.test ESMTP\r\n');
  talk(socket, 'STARTTLS', () => {
    socket.removeAllListeners('data');
    socket.write('220 go ahead\r\n');
    talk(new tls.TLSSocket(socket, { isServer: true, secureContext }), '8BITMIME');
  });
}

const listening = () =>
  new Promise((resolve) => {
    const server = net.createServer(serve).listen(0, '127.0.0.1', () => resolve(server.address().port));
  });
process.stdout.write(`${(await Promise.all(Array.from({ length: Number(count) }, listening))).join(' ')}\n`);
