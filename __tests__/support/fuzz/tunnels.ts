import { type Duplex, duplexPair } from 'node:stream';
import fc from 'fast-check';
import type { Dial } from '../../../src/probe/connect.ts';
import { NASTY } from '../nasty.ts';
import type { World } from './run.ts';
import type { Piece } from './script.ts';
import { type Bench, reset } from './server.ts';

const ADDRESS = '198.51.100.8';
export const PROXY_USER = 'ada';
export const PROXY_PASSWORD = 'tr0ub4dor&3/pr0xy';

/** A proxy: what it says to each message in turn, and whether it then opens the connection. */
export interface ProxyScript {
  readonly scheme: 'http' | 'socks5' | 'socks5h';
  readonly withCredentials: boolean;
  readonly say: readonly (readonly Piece[])[];
  readonly opens: boolean;
  readonly chunk: number;
}

/** The world in which servers are reached through the proxy alone. */
export function worldOf(script: ProxyScript): World {
  const { scheme, withCredentials } = script;
  const login = `${PROXY_USER}:${encodeURIComponent(PROXY_PASSWORD)}@`;
  return {
    inputs: { proxy: `${scheme}://${withCredentials ? login : ''}${ADDRESS}:3128`, addresses: 'first' },
    proxied: withCredentials
      ? [
          PROXY_PASSWORD,
          Buffer.from(`${PROXY_USER}:${PROXY_PASSWORD}`).toString('base64').replace(/=+$/, ''),
          encodeURIComponent(PROXY_PASSWORD),
        ]
      : [],
    through: (direct, bench) => async (address, port, cancellation) => {
      if (address !== ADDRESS) return direct(address, port, cancellation);
      const [ours, theirs] = duplexPair();
      new FuzzProxy(ours, theirs, script, bench, () => direct('192.0.2.1', 25, cancellation));
      bench.pulse += 1;
      return ours;
    },
  };
}

class FuzzProxy {
  #heard = Buffer.alloc(0);
  #stage = 0;
  #gone = false;

  constructor(
    private readonly ours: Duplex,
    private readonly theirs: Duplex,
    private readonly script: ProxyScript,
    private readonly bench: Bench,
    private readonly open: () => ReturnType<Dial>,
  ) {
    theirs.on('error', () => {}).on('data', this.#hear);
    ours.once('close', () => {
      this.#gone = true;
      bench.pulse += 1;
      theirs.destroy();
    });
  }

  readonly #hear = (chunk: Buffer): void => {
    this.bench.pulse += 1;
    this.#heard = Buffer.concat([this.#heard, chunk]);
    if (this.script.scheme === 'http' && !this.#heard.includes('\r\n\r\n')) return;
    const message = this.#heard;
    this.#heard = Buffer.alloc(0);
    void this.#answer(message);
  };

  async #answer(message: Buffer): Promise<void> {
    const stage = this.#stage;
    this.#stage += 1;
    const isHttp = this.script.scheme === 'http';
    // RFC 1929's message begins with 1, all others of SOCKS with 5.
    const asksToOpen = isHttp || (message[0] === 5 && stage > 0);
    for (const piece of this.script.say[stage] ?? ['usual' as const]) {
      if (!(await this.#do(piece, isHttp, stage, message))) return;
    }
    if (asksToOpen && this.script.opens && !this.#gone) await this.#join();
  }

  async #do(piece: Piece, isHttp: boolean, stage: number, message: Buffer): Promise<boolean> {
    if (this.#gone) return false;
    if (piece === 'usual' || piece === 'hold') await this.#say(isHttp ? TUNNEL : this.#socks(stage, message));
    else if ('raw' in piece) {
      const basic = /Basic (\S+)/.exec(message.toString('latin1'))?.[1] ?? '';
      const said = piece.raw.replaceAll('{basic}', basic).replaceAll('{password}', PROXY_PASSWORD);
      await this.#say(Buffer.from(said, 'latin1'));
    } else if ('wait' in piece) {
      await new Promise<void>((resolve) => this.bench.clock.after(piece.wait, resolve));
      this.bench.pulse += 1;
    } else if ('end' in piece) {
      this.bench.pulse += 1;
      if (piece.end === 'fin') this.theirs.end();
      if (piece.end === 'rst') setImmediate(() => this.ours.destroy(reset()));
      return false;
    } else {
      const text = 'flood' in piece ? piece.flood : piece.drip;
      for (let bytes = 0; bytes < 600_000 && !this.#gone; bytes += 16_384) {
        await this.#say(Buffer.from(text.repeat(Math.ceil(16_384 / text.length)), 'latin1'));
        await this.#turn();
      }
    }
    return true;
  }

  #socks(stage: number, message: Buffer): Buffer {
    if (stage === 0) return Buffer.of(5, message.includes(2, 2) ? 2 : 0);
    if (message[0] === 1) return Buffer.of(1, 0);
    return Buffer.of(5, 0, 0, 1, 192, 0, 2, 9, 4, 0);
  }

  async #say(bytes: Buffer): Promise<void> {
    const { chunk } = this.script;
    for (let at = 0; at < bytes.length && !this.#gone; at += chunk || bytes.length) {
      this.bench.pulse += 1;
      if (this.theirs.writable) this.theirs.write(bytes.subarray(at, at + (chunk || bytes.length)));
      if (chunk > 0) await this.#turn();
    }
  }

  #turn(): Promise<void> {
    this.bench.busy += 1;
    return new Promise((resolve) =>
      setImmediate(() => {
        this.bench.busy -= 1;
        this.bench.pulse += 1;
        resolve();
      }),
    );
  }

  async #join(): Promise<void> {
    this.theirs.off('data', this.#hear);
    const server = await this.open().catch(() => null);
    if (!server) {
      this.theirs.end();
      return;
    }
    const beat = () => {
      this.bench.pulse += 1;
    };
    this.ours.once('close', () => server.destroy());
    server.on('data', beat).on('error', (error) => this.ours.destroy(error));
    this.theirs.on('data', beat);
    server.pipe(this.theirs).pipe(server);
  }
}

const TUNNEL = Buffer.from('HTTP/1.1 200 Connection established\r\nVia: 1.1 fuzz\r\n\r\n');

const status = fc.constantFrom(
  'HTTP/1.1 200 OK',
  'HTTP/1.0 200 Connection established',
  'HTTP/1.1 204 No Content',
  'HTTP/1.1 100 Continue',
  'HTTP/1.1 101 Switching Protocols',
  'HTTP/1.1 301 Moved',
  'HTTP/1.1 401 Unauthorized',
  'HTTP/1.1 403 Forbidden',
  'HTTP/1.1 407 Proxy Authentication Required',
  'HTTP/1.1 500 Unable to connect',
  'HTTP/1.1 502 Bad Gateway',
  'HTTP/1.1 503 x',
  'HTTP/1.1 999 x',
  'HTTP/1.1 20',
  'HTTP/1.1',
  'HTTP/2 200',
  'HTTP/1.1 200',
  'ICY 200 OK',
  '',
  'SSH-2.0-x',
  '220 mail.fuzz.test ESMTP',
);
const latin1 = (text: string) => Buffer.from(text).toString('latin1');
const nasty = fc.constantFrom(...NASTY.map(([, text]) => latin1(text)).filter((text) => text.length < 500));
const header = fc.oneof(
  fc.constantFrom(
    'Proxy-Authenticate: Basic realm="x"',
    'Proxy-Authenticate: Negotiate',
    'Proxy-Authenticate: NTLM',
    'Content-Type: text/html',
    'Content-Length: 99',
    'X-Echo: {basic} {password}',
    `X: ${'y'.repeat(70_000)}`,
    ' folded',
    ':',
  ),
  nasty,
);
const end = fc.oneof(
  { weight: 6, arbitrary: fc.constant('\r\n') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r', '') },
);
const behind = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<html><body>Blocked</body></html>',
      '250 ok\r\n',
      '220 fake ESMTP\r\n',
      '\r\n',
      'HTTP/1.1 200 OK\r\n\r\n',
    ),
  },
);
const httpAnswer = fc
  .record({ status, headers: fc.array(header, { maxLength: 3 }), end, empty: end, behind })
  .map(({ status, headers, end, empty, behind }) => `${[status, ...headers].join(end)}${end}${empty}${behind}`);
const socksAnswer = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.constantFrom(
    '\x05\x00',
    '\x05\x02',
    '\x05\xff',
    '\x05\x01',
    '\x04\x5a',
    '\x01\x00',
    '\x01\x01',
    '\x05\x05',
    '\x05\x02\x00\x01\x00\x00\x00\x00\x00\x00',
    '\x05\x00\x00\x03\x04test\x00\x19',
    '\x05\x00\x00\x03\x00\x00\x19',
    '\x05\x00\x00\x04',
    '\x05\x00\x00\x09',
    'HTTP/1.1 400 Bad Request\r\n\r\n',
  ),
);
const other = fc.constantFrom<Piece>(
  { wait: 0 },
  { wait: 999 },
  { wait: 9_999 },
  { wait: 10_001 },
  { wait: 60_000 },
  { end: 'fin' },
  { end: 'rst' },
  { end: 'mute' },
  { flood: 'HTTP/1.1 100 Continue\r\n\r\n' },
  { flood: 'x' },
  { flood: 'X: y\r\n' },
  { flood: '\x05\x00' },
  { flood: '220 x\r\n' },
);
const usual = fc.constant<Piece>('usual');

const answers = (raw: fc.Arbitrary<string>): fc.Arbitrary<Piece[]> => {
  const said = raw.map((raw): Piece => ({ raw }));
  return fc.oneof(
    { weight: 4, arbitrary: usual.map((one) => [one]) },
    { weight: 3, arbitrary: said.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(said, usual).map((all): Piece[] => all) },
    { weight: 1, arbitrary: fc.tuple(usual, said).map((all): Piece[] => all) },
    { weight: 2, arbitrary: fc.array(fc.oneof(said, other, usual), { maxLength: 4 }) },
  );
};

/** Proxies, half of which open the connection as they should. */
export const proxyScript: fc.Arbitrary<ProxyScript> = fc
  .constantFrom<ProxyScript['scheme']>('http', 'http', 'socks5', 'socks5h')
  .chain((scheme) =>
    fc.record({
      scheme: fc.constant(scheme),
      withCredentials: fc.boolean(),
      say:
        scheme === 'http'
          ? answers(httpAnswer).map((one) => [one])
          : fc.array(answers(socksAnswer), { minLength: 1, maxLength: 3 }),
      opens: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
      chunk: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
      ),
    }),
  );
