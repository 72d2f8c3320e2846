import { ipBytes } from '../../shared/ip-bytes.ts';
import type { Wire } from '../connect.ts';
import type { ProxyPlan } from '../plan.ts';
import { type Destination, type ExchangeIo, exchange, type ProxyTalk, proxyFault } from './exchange.ts';

const VERSION = 5;
/** RFC 1928 §3. */
const METHODS = { none: 0x00, password: 0x02, noneFits: 0xff } as const;
/** Ways to log in that are registered with IANA or left to private use (RFC 1928 §3), and that this gate does not have. */
const OTHER_METHODS: ReadonlyMap<number, string> = new Map([
  [0x01, 'GSSAPI'],
  [0x03, 'CHAP'],
  [0x05, 'challenge-response'],
  [0x06, 'TLS'],
  [0x07, 'NDS'],
  [0x08, 'MAF'],
  [0x09, 'JSON'],
]);
const PRIVATE_METHODS = 0x80;
const CONNECT = 1;
/** RFC 1928 §4. */
const ADDRESS_TYPES = { ipv4: 1, name: 3, ipv6: 4 } as const;

/** RFC 1928 §6, from 1 on. */
const REPLIES = [
  'general SOCKS server failure',
  'connection not allowed by ruleset',
  'network unreachable',
  'host unreachable',
  'connection refused',
  'TTL expired',
  'command not supported',
  'address type not supported',
] as const;

/** Opens a connection through SOCKS 5 (RFC 1928), with user and password (RFC 1929) where there are any. */
export async function openSocks(
  socket: Wire,
  destination: Destination,
  plan: ProxyPlan,
  io: ExchangeIo,
): Promise<void> {
  await exchange(socket, io, async (talk) => {
    await logIn(talk, plan);
    talk.write(Buffer.of(VERSION, CONNECT, 0, ...addressOf(destination.host), ...twoBytes(destination.port)));
    const [version, reply = 0] = await talk.bytes(2);
    if (version !== VERSION) throw talk.garbage('no SOCKS 5');
    if (reply !== 0) {
      const said = `SOCKS reply ${reply}: ${REPLIES[reply - 1] ?? 'unassigned'}`;
      throw proxyFault({ what: 'refused', answer: reply, said });
    }
    await passBoundAddress(talk);
  });
}

async function logIn(talk: ProxyTalk, { credentials }: ProxyPlan): Promise<void> {
  const offered: number[] = credentials ? [METHODS.none, METHODS.password] : [METHODS.none];
  talk.write(Buffer.of(VERSION, offered.length, ...offered));
  const [version, method = 0] = await talk.bytes(2);
  if (version !== VERSION) throw talk.garbage('no SOCKS 5');
  if (method === METHODS.noneFits) {
    throw proxyFault({
      what: 'auth',
      said: `SOCKS: no acceptable method (offered: ${sayMethods(offered)})`,
      offers: [],
    });
  }
  if (!offered.includes(method)) throw notOffered(talk, method);
  if (!credentials || method === METHODS.none) return;
  const [username, password] = [credentials.username, credentials.password].map((text) => Buffer.from(text));
  talk.write(Buffer.concat([Buffer.of(1), counted(username), counted(password)]));
  const [subversion = 0, status] = await talk.bytes(2);
  // Some servers answer with the version of SOCKS.
  if (subversion !== 1 && subversion !== VERSION) throw talk.garbage('no answer to user and password');
  if (status !== 0)
    throw proxyFault({ what: 'auth', said: `SOCKS: user and password rejected (status ${status})`, offers: [] });
}

/** A method that was not offered: a login that would help, one that this gate does not have, or nothing that anybody knows. */
function notOffered(talk: ProxyTalk, method: number): Error {
  const chosen = `method ${method}, which was not offered`;
  if (method === METHODS.password) {
    return proxyFault({ what: 'auth', said: `SOCKS: user and password (${chosen})`, offers: [] });
  }
  const name = OTHER_METHODS.get(method) ?? (method >= PRIVATE_METHODS ? 'a private method' : null);
  if (name === null) return talk.garbage('a method that was not offered');
  return proxyFault({ what: 'auth', said: `SOCKS: ${name} (${chosen})`, offers: [name] });
}

function sayMethods(offered: readonly number[]): string {
  return offered.includes(METHODS.password) ? 'no login, or user and password' : 'no login';
}

/** The proxy's own end of the connection, which nobody needs: read to its last byte, since the server's follow. */
async function passBoundAddress(talk: ProxyTalk): Promise<void> {
  const [, type] = await talk.bytes(2);
  if (type === ADDRESS_TYPES.ipv4) await talk.bytes(4);
  else if (type === ADDRESS_TYPES.ipv6) await talk.bytes(16);
  else if (type === ADDRESS_TYPES.name) {
    const [length = 0] = await talk.bytes(1);
    if (length > 0) await talk.bytes(length);
  } else throw talk.garbage('an address of no known type');
  await talk.bytes(2);
}

function addressOf(host: string): number[] {
  const bytes = ipBytes(host);
  if (bytes) return [bytes.length === 4 ? ADDRESS_TYPES.ipv4 : ADDRESS_TYPES.ipv6, ...bytes];
  return [ADDRESS_TYPES.name, ...counted(Buffer.from(host))];
}

function counted(bytes = Buffer.alloc(0)): Buffer {
  if (bytes.length > 255) throw new Error('more than SOCKS can count');
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function twoBytes(port: number): number[] {
  return [port >> 8, port & 0xff];
}
