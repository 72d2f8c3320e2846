import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** RFC 1035 §3.2.2, RFC 3596 §2.1, RFC 6698 §7.1. */
const TYPES = { A: 1, CNAME: 5, MX: 15, TXT: 16, AAAA: 28, TLSA: 52 } as const;
const RCODES = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;
const IN = 1;
/** QR and RA; RD is the question's own (RFC 1035 §4.1.1). */
const RESPONSE = 0x8080;

export type QuestionType = 'A' | 'AAAA' | 'MX' | 'TXT' | 'TLSA';

/** A name as text, or as its labels, which may then hold any byte. */
export type Name = string | readonly string[];

export type DnsRecord =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME'; readonly name: Name }
  | { readonly type: 'MX'; readonly preference: number; readonly name: Name }
  | { readonly type: 'TXT'; readonly strings: readonly string[] }
  | { readonly type: 'TLSA'; readonly parameters: readonly [number, number, number]; readonly data: Buffer };

/** An answer: its records (none: NODATA), a code of failure, or silence. */
export type DnsAnswer = readonly DnsRecord[] | Exclude<keyof typeof RCODES, 'NOERROR'> | 'silence';

export const mx = (preference: number, name: Name): DnsRecord => ({ type: 'MX', preference, name });
export const a = (address: string): DnsRecord => ({ type: 'A', address });
export const aaaa = (address: string): DnsRecord => ({ type: 'AAAA', address });

/** A TXT record of one string, or of several. */
export const txt = (...strings: string[]): DnsRecord => ({ type: 'TXT', strings });

export interface DnsServer {
  /** As `Resolver.setServers` takes it. */
  readonly at: string;
  /** What was asked, as `MX example.com`. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** A DNS server on loopback, over UDP; `answer` says what it makes of a question, whose name is in lower case. */
export async function dnsServer(answer: (type: QuestionType, name: string) => DnsAnswer): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const asked: string[] = [];
  socket.on('message', (message, { port, address }) => {
    const question = readQuestion(message);
    asked.push(`${question.type} ${question.name}`);
    const found = answer(question.type, question.name);
    if (found !== 'silence') socket.send(respond(message, question.end, found), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    at: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((done) => socket.close(() => done())),
  };
}

/** The one question of a message (RFC 1035 §4.1.2), and where it ends. */
function readQuestion(message: Buffer): { name: string; type: QuestionType; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const code = message.readUInt16BE(at + 1);
  const type = (['A', 'AAAA', 'MX', 'TXT', 'TLSA'] as const).find((type) => TYPES[type] === code);
  if (!type) throw new Error(`nobody should ask for the type ${code}`);
  return { name: labels.join('.').toLowerCase(), type, end: at + 5 };
}

/** The response (RFC 1035 §4.1): the question again, and the answers, each for the name in question. */
function respond(message: Buffer, end: number, answer: Exclude<DnsAnswer, 'silence'>): Buffer {
  const records = typeof answer === 'string' ? [] : answer;
  const header = Buffer.alloc(12);
  message.copy(header, 0, 0, 2);
  const rcode = RCODES[typeof answer === 'string' ? answer : 'NOERROR'];
  header.writeUInt16BE((message.readUInt16BE(2) & 0x0100) | RESPONSE | rcode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  return Buffer.concat([header, message.subarray(12, end), ...records.map(encodeRecord)]);
}

function encodeRecord(record: DnsRecord): Buffer {
  const data = encodeData(record);
  const head = Buffer.alloc(12);
  // A pointer to the question's name (RFC 1035 §4.1.4).
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(TYPES[record.type], 2);
  head.writeUInt16BE(IN, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function encodeData(record: DnsRecord): Buffer {
  if (record.type === 'CNAME') return encodeName(record.name);
  if (record.type === 'MX') {
    const preference = Buffer.alloc(2);
    preference.writeUInt16BE(record.preference);
    return Buffer.concat([preference, encodeName(record.name)]);
  }
  if (record.type === 'TXT') {
    return Buffer.concat(
      record.strings.map((text) => Buffer.concat([Buffer.of(Buffer.byteLength(text)), Buffer.from(text)])),
    );
  }
  if (record.type === 'TLSA') return Buffer.concat([Buffer.from(record.parameters), record.data]);
  if (record.type === 'A') return Buffer.from(record.address.split('.').map(Number));
  return Buffer.from(wholeGroups(record.address).flatMap((group) => [group >> 8, group & 0xff]));
}

function encodeName(name: Name): Buffer {
  const labels = typeof name === 'string' ? name.split('.').filter(Boolean) : name;
  const bytes = labels.flatMap((label) => {
    const text = Buffer.from(label, 'latin1');
    return [Buffer.of(text.length), text];
  });
  return Buffer.concat([...bytes, Buffer.of(0)]);
}

/** The eight groups of an IPv6 address, without `::`. */
function wholeGroups(address: string): number[] {
  const [left = '', right] = address.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const [head, tail] = [groups(left), groups(right ?? '')];
  const zeros = right === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(zeros).fill('0'), ...tail].map((group) => Number.parseInt(group, 16));
}
