// SMTP servers on as many ports of loopback as the first argument says, each of which greets after as many milliseconds as
// the second. In a process of its own, so that it takes no time from what is measured.
import net from 'node:net';

const [count, delay] = process.argv.slice(2).map(Number);
const listening = (server) =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const greet = (socket) => {
  setTimeout(() => socket.write('220 mail.example.test ESMTP\r\n'), delay);
  socket.on('data', () => socket.end('221 bye\r\n')).on('error', () => {});
};
const ports = await Promise.all(Array.from({ length: count }, () => listening(net.createServer(greet))));
process.stdout.write(`${ports.join(' ')}\n`);
