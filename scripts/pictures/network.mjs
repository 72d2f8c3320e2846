// Loaded into the action before it starts (`node --import`): gives the example hosts of PICTURE_HOSTS addresses of the
// documentation (RFC 5737), and leads their ports to servers on loopback. A port that has no server never answers.
import dns from 'node:dns';
import net from 'node:net';

/** By host: its address, and the loopback port behind each of its ports. */
const hosts = JSON.parse(process.env.PICTURE_HOSTS);
const byAddress = new Map(Object.values(hosts).map(({ address, ports }) => [address, ports]));

function addressOf(host) {
  const found = hosts[host.replace(/\.$/, '')];
  if (found) return found.address;
  throw Object.assign(new Error(`queryA ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'queryA' });
}

dns.promises.lookup = async (host, { family = 0 } = {}) => {
  if (family === 6) throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
  return [{ address: addressOf(host), family: 4 }];
};
dns.promises.Resolver.prototype.resolve4 = async (host) => [addressOf(host)];
dns.promises.Resolver.prototype.resolve6 = async () => {
  throw Object.assign(new Error('ENODATA'), { code: 'ENODATA', syscall: 'queryAaaa' });
};

const { connect } = net;
net.connect = net.createConnection = (options, ...rest) => {
  const ports = byAddress.get(options.host);
  if (!ports) return connect(options, ...rest);
  const port = ports[options.port];
  if (port !== undefined) return connect({ ...options, host: '127.0.0.1', port }, ...rest);
  const socket = new net.Socket();
  socket.connecting = true;
  return socket;
};
