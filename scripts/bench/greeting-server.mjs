// One SMTP server on all addresses of loopback, in a process of its own, so that it takes no time from what is measured.
import net from 'node:net';

const server = net.createServer((socket) => {
  socket.write('220 mail.example.test ESMTP\r\n');
  socket.on('data', () => socket.end('221 bye\r\n')).on('error', () => {});
});
server.listen(0, '0.0.0.0', 1_024, () => process.stdout.write(`${server.address().port}\n`));
