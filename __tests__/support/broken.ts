import { createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import tls from 'node:tls';
import { type GateResult, runGate } from '../../src/gate/gate.ts';
import { probeEach } from '../../src/probe/all-addresses.ts';
import type { Dial } from '../../src/probe/connect.ts';
import { type ProbeIo, probe } from '../../src/probe/probe.ts';
import { type Clock, systemClock } from '../../src/shared/clock.ts';
import { FakeClock } from './clock.ts';
import { NOTHING_PUBLISHED } from './mail-domain.ts';
import { around } from './observation.ts';
import { settings } from './settings.ts';

export const HOST = 'mail.example.test';
export const USER = 'clara';
export const PASSWORD = 'pencil-and-paper';
export const TOKEN = 'ya29.a-token-of-clara';

/** What a step is answered with: a text, or what a function does; `usual` is what a server in good health says. */
export type Reaction = string | ((talk: Talk, usual: string) => string | undefined);

/** The steps of a conversation at which a server may be broken. */
export type BreakPoint =
  | 'greeting'
  | 'ehlo'
  | 'helo'
  | 'starttls'
  | 'handshake'
  | 'ehlo-again'
  | 'mail'
  | 'rcpt'
  | 'rset'
  | 'quit';

/** An SMTP server in good health but for what is said here. */
export interface BrokenServer {
  /** When TLS begins; never, unless given. */
  readonly tls?: 'starttls' | 'implicit';
  readonly identity?: tls.TlsOptions;
  /** Capabilities beside STARTTLS; what is offered behind STARTTLS is the same, unless `secured` says otherwise. */
  readonly capabilities?: readonly string[];
  readonly secured?: readonly string[];
  readonly at?: Partial<Record<BreakPoint, Reaction>>;
  /** Answers to AUTH and to what follows it, in turn; one for all of them when it is no list. */
  readonly auth?: Reaction | readonly (Reaction | undefined)[];
}

/** What a server may do with a connection. */
export interface Talk {
  readonly clock: Clock;
  /** Writes exactly this (one byte a character). */
  raw(text: string): void;
  /** Writes this and closes. */
  end(text?: string): void;
  reset(): void;
  /** Never says a word again, and does not close. */
  stop(): void;
  /** Writes this for as long as the connection is open. */
  flood(first: string, chunk: string): void;
  /** Writes a byte a second for as long as the connection is open. */
  drip(first: string, byte: string): void;
}

export const silence: Reaction = (talk) => {
  talk.stop();
  return undefined;
};
export const close: Reaction = (talk) => {
  talk.end();
  return undefined;
};
export const reset: Reaction = (talk) => {
  talk.reset();
  return undefined;
};
/** The first half of the usual answer, and then the end. */
export const half: Reaction = (talk, usual) => {
  talk.end(usual.slice(0, Math.ceil(usual.length / 2)));
  return undefined;
};
/** Exactly these bytes, without an end of line. */
export const raw =
  (text: string): Reaction =>
  (talk) => {
    talk.raw(text);
    return undefined;
  };
export const endlessLines: Reaction = (talk) => {
  talk.flood('', '250-more\r\n');
  return undefined;
};
export const endlessLine: Reaction = (talk) => {
  talk.flood('250 ', 'a line without an end '.repeat(20));
  return undefined;
};
export const drip: Reaction = (talk) => {
  talk.drip('250-', 'x');
  return undefined;
};

const CAPABILITIES = ['SIZE 10240000', '8BITMIME', 'ENHANCEDSTATUSCODES'];
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const unbase64 = (text: string) => Buffer.from(text, 'base64').toString();
/** A challenge, as AUTH sends it. */
export const challenge = (text: string) => `334 ${base64(text)}`;
/** The usual challenge, changed. */
export const changed =
  (change: (text: string) => string): Reaction =>
  (_, usual) =>
    challenge(change(unbase64(usual.slice(4))));

const YES = '235 2.7.0 accepted';
const NO = '535 5.7.8 authentication failed';
const judge = (right: boolean) => (right ? YES : NO);

type Login = Generator<string, string, string>;

/** The server's side of a login: yields challenges, takes answers, returns the verdict. */
function* logIn(mechanism: string, initial: string | undefined): Login {
  switch (mechanism) {
    case 'PLAIN':
      return judge(unbase64(initial ?? (yield '334 ')) === `\0${USER}\0${PASSWORD}`);
    case 'LOGIN': {
      const name = unbase64(initial ?? (yield challenge('Username:')));
      const password = unbase64(yield challenge('Password:'));
      return judge(name === USER && password === PASSWORD);
    }
    case 'CRAM-MD5': {
      const text = '<1896.697170952@mail.example.test>';
      const answer = unbase64(yield challenge(text));
      return judge(answer === `${USER} ${createHmac('md5', PASSWORD).update(text).digest('hex')}`);
    }
    case 'SCRAM-SHA-1':
      return yield* scram('sha1', 20, initial);
    case 'SCRAM-SHA-256':
      return yield* scram('sha256', 32, initial);
    case 'OAUTHBEARER':
    case 'XOAUTH2':
      return judge(unbase64(initial ?? (yield '334 ')).includes(`\x01auth=Bearer ${TOKEN}\x01\x01`));
    default:
      return '504 5.5.4 unrecognised mechanism';
  }
}

/** RFC 5802 §3, from the server's side. */
function* scram(hash: 'sha1' | 'sha256', size: number, initial: string | undefined): Login {
  const first = unbase64(initial ?? (yield '334 '));
  const bare = first.replace(/^n,,/, '');
  const nonce = `${/r=(.*)$/.exec(bare)?.[1]}a-part-of-the-server`;
  const salt = Buffer.from('sixteen bytes of');
  const iterations = 4_096;
  const serverFirst = `r=${nonce},s=${base64(salt)},i=${iterations}`;
  const final = unbase64(yield challenge(serverFirst));
  const [, withoutProof = '', proof = ''] = /^(.*),p=(.*)$/.exec(final) ?? [];
  const hmac = (key: Buffer, text: string) => createHmac(hash, key).update(text).digest();
  const digest = (bytes: Buffer) => createHash(hash).update(bytes).digest();
  const salted = pbkdf2Sync(PASSWORD, salt, iterations, size, hash);
  const message = `${bare},${serverFirst},${withoutProof}`;
  const storedKey = digest(hmac(salted, 'Client Key'));
  const signature = hmac(storedKey, message);
  const clientKey = Buffer.from(Buffer.from(proof, 'base64').map((byte, i) => byte ^ (signature[i] ?? 0)));
  const known = timingSafeEqual(digest(clientKey), storedKey);
  if (!known || withoutProof !== `c=biws,r=${nonce}`) return NO;
  const last = yield challenge(`v=${base64(hmac(hmac(salted, 'Server Key'), message))}`);
  return judge(last === '');
}

/** What the connections of a server share. */
interface Bench {
  readonly clock: Clock;
  readonly bytewise: boolean;
  /** Counts whatever happens. */
  pulse: number;
  over: boolean;
}

/** In bytes. */
const MOST_UNREAD = 1_000_000;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** One connection of a broken server. */
class Connection implements Talk {
  readonly #bench: Bench;
  readonly #server: BrokenServer;
  readonly #plain: Duplex;
  #socket: Duplex;
  #secured = false;
  /** Whether it has closed, or will never say a word again. */
  #mute = false;
  #closed = false;
  #input = '';
  #writing: Promise<void> = Promise.resolve();
  #login: Login | null = null;
  #round = 0;

  constructor(socket: Duplex, server: BrokenServer, bench: Bench) {
    this.#plain = socket;
    this.#socket = socket;
    this.#server = server;
    this.#bench = bench;
    this.#bench.pulse += 1;
    socket.on('error', () => {}).on('close', () => this.#hangUp());
    if (server.tls === 'implicit') this.#startTls();
    else this.#begin();
  }

  get clock(): Clock {
    return this.#bench.clock;
  }

  raw(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    const socket = this.#socket;
    this.#queue(async () => {
      if (!this.#bench.bytewise) this.#write(socket, bytes);
      else {
        for (const byte of bytes) {
          this.#write(socket, Buffer.of(byte));
          await turn();
        }
      }
    });
  }

  end(text = ''): void {
    this.#mute = true;
    if (text !== '') this.raw(text);
    const socket = this.#socket;
    this.#queue(async () => {
      socket.end();
    });
  }

  reset(): void {
    this.#mute = true;
    if (this.#plain instanceof net.Socket) this.#plain.resetAndDestroy();
    else this.#plain.end();
  }

  stop(): void {
    this.#mute = true;
  }

  flood(first: string, chunk: string): void {
    this.stop();
    const more = (text: string) => {
      if (this.#isOver()) return;
      // Who does not read may not fill the memory of this process.
      if (this.#socket.writableLength > MOST_UNREAD) {
        this.#socket.once('drain', () => more(chunk));
        return;
      }
      this.raw(text);
      this.#queue(turn);
      this.#writing.then(() => more(chunk));
    };
    more(first + chunk);
  }

  drip(first: string, byte: string): void {
    this.stop();
    const more = (left: string) => {
      if (this.#isOver()) return;
      this.raw(left.charAt(0) || byte);
      this.clock.after(1_000, () => more(left.slice(1)));
    };
    more(first);
  }

  #isOver(): boolean {
    return this.#closed || this.#bench.over;
  }

  #hangUp(): void {
    this.#closed = true;
    this.#bench.pulse += 1;
  }

  #queue(work: () => Promise<void>): void {
    this.#writing = this.#writing.then(async () => {
      this.#bench.pulse += 1;
      await work();
      this.#bench.pulse += 1;
    });
  }

  #write(socket: Duplex, bytes: Uint8Array): void {
    this.#bench.pulse += 1;
    if (!this.#isOver() && socket.writable) socket.write(bytes);
  }

  #begin(): void {
    this.#listen(this.#socket);
    this.#react(this.#server.at?.greeting, `220 ${HOST} ESMTP ready`);
  }

  #listen(socket: Duplex): void {
    socket.on('data', (chunk: Buffer) => {
      this.#bench.pulse += 1;
      this.#input += chunk.toString('latin1');
      for (let end = this.#input.indexOf('\n'); end !== -1 && !this.#mute; end = this.#input.indexOf('\n')) {
        const line = this.#input.slice(0, end).replace(/\r$/, '');
        this.#input = this.#input.slice(end + 1);
        this.#answer(line);
      }
    });
  }

  #react(reaction: Reaction | undefined, usual: string): string {
    const said = typeof reaction === 'function' ? reaction(this, usual) : (reaction ?? usual);
    if (said !== undefined) this.raw(`${said}\r\n`);
    return said ?? '';
  }

  #answer(line: string): void {
    const { at = {} } = this.#server;
    if (this.#login) {
      this.#goOn(line);
      return;
    }
    switch (line.split(' ')[0]?.toUpperCase()) {
      case 'EHLO': {
        const again = this.#secured && this.#server.tls === 'starttls';
        this.#react(again ? at['ehlo-again'] : at.ehlo, this.#capabilities(again));
        return;
      }
      case 'HELO':
        this.#react(at.helo, `250 ${HOST}`);
        return;
      case 'STARTTLS':
        this.#answerStartTls(at.starttls);
        return;
      case 'AUTH': {
        const [, mechanism = '', initial] = line.split(' ');
        this.#login = logIn(mechanism.toUpperCase(), initial);
        this.#round = 0;
        this.#goOn('');
        return;
      }
      case 'MAIL':
        this.#react(at.mail, '250 2.1.0 ok');
        return;
      case 'RCPT':
        this.#react(at.rcpt, '250 2.1.5 ok');
        return;
      case 'RSET':
        this.#react(at.rset, '250 2.0.0 ok');
        return;
      case 'QUIT':
        this.#react(at.quit, '221 2.0.0 bye');
        if (!this.#mute) this.end();
        return;
      default:
        this.#react(undefined, '500 5.5.2 what?');
    }
  }

  #capabilities(again: boolean): string {
    const { capabilities = CAPABILITIES, secured = capabilities, tls } = this.#server;
    const offered = again ? secured : capabilities;
    const lines = [HOST, ...offered, ...(tls === 'starttls' && !this.#secured ? ['STARTTLS'] : [])];
    return lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
  }

  #answerStartTls(reaction: Reaction | undefined): void {
    if (this.#server.tls !== 'starttls') {
      this.#react(reaction, '502 5.5.1 not implemented');
      return;
    }
    this.#plain.removeAllListeners('data');
    const said = this.#react(reaction, '220 2.0.0 go ahead');
    if (this.#mute) return;
    if (said.startsWith('220') || said === '') this.#queue(async () => this.#startTls());
    else this.#listen(this.#plain);
  }

  #startTls(): void {
    const { at = {}, identity = {} } = this.#server;
    const { handshake } = at;
    if (handshake !== undefined) {
      this.#plain.once('data', () => this.#react(handshake, '500 5.5.2 what?'));
      return;
    }
    const secure = new tls.TLSSocket(this.#plain as net.Socket, { isServer: true, ...identity });
    this.#socket = secure;
    secure.on('error', () => this.#plain.destroy());
    secure.on('close', () => this.#hangUp());
    secure.once('secure', () => {
      this.#bench.pulse += 1;
      this.#secured = true;
      this.#input = '';
      if (this.#server.tls === 'implicit') this.#begin();
      else this.#listen(secure);
    });
  }

  /** The next answer of a login: to AUTH itself, or to what the client answered. */
  #goOn(line: string): void {
    const { auth } = this.#server;
    const login = this.#login;
    const { value: usual } = line === '*' ? { value: '501 5.7.0 called off' } : (login?.next(line) ?? { value: '' });
    const reaction = Array.isArray(auth) ? auth[this.#round] : (auth as Reaction | undefined);
    this.#round += 1;
    const said = this.#react(line === '*' ? undefined : reaction, usual ?? '503 5.5.1 out of order');
    if (!said.startsWith('334') && said !== '') this.#login = null;
  }
}

/** A clock whose time stands still, and whose date is today's: that is when certificates are valid. */
class ClockOfToday extends FakeClock {
  override date(): Date {
    return new Date();
  }
}

/**
 * Runs the gate against a broken server: in memory, or over loopback where there is TLS. Time passes only when nothing
 * else happens, so that a silence takes no time at all.
 */
export async function gateAgainst(
  server: BrokenServer,
  inputs: Readonly<Record<string, string>>,
  { bytewise = false }: { bytewise?: boolean } = {},
): Promise<GateResult> {
  const clock = new ClockOfToday();
  const bench: Bench = { clock, bytewise, pulse: 0, over: false };
  const { dial, stop } = server.tls ? await onLoopback(server, bench) : inMemory(server, bench);
  const io: ProbeIo = {
    clock,
    dial,
    resolver: { addresses: async () => [{ address: '127.0.0.1', family: 4 }], exists: async () => true },
  };
  const read = await settings({ host: HOST, ...inputs });
  try {
    const work = runGate(read, {
      clock,
      probe: (plan) => probe(plan, io),
      probeEach: (plan) => probeEach(plan, io),
      lookUpMx: () => Promise.reject(new Error('there are no MX records')),
      ...NOTHING_PUBLISHED,
      lookAround: async () => around(),
      progress() {},
    });
    return await letTimePass(work, bench, clock, server.tls ? 4 : 0);
  } finally {
    bench.over = true;
    await stop();
  }
}

function inMemory(server: BrokenServer, bench: Bench): { dial: Dial; stop: () => Promise<void> } {
  return {
    async dial() {
      const [ours, theirs] = duplexPair();
      new Connection(theirs, server, bench);
      return ours;
    },
    async stop() {},
  };
}

/** The server on a port of loopback, in real time, for programs that are not ours. */
export async function serve(server: BrokenServer): Promise<{ port: number; stop: () => Promise<void> }> {
  const bench: Bench = { clock: systemClock, bytewise: false, pulse: 0, over: false };
  const { port, stop } = await listen(server, bench);
  return {
    port,
    stop() {
      bench.over = true;
      return stop();
    },
  };
}

async function onLoopback(server: BrokenServer, bench: Bench): Promise<{ dial: Dial; stop: () => Promise<void> }> {
  const { port, stop } = await listen(server, bench);
  return {
    async dial() {
      const socket = net.connect({ host: '127.0.0.1', port, noDelay: true });
      await once(socket, 'connect');
      return socket;
    },
    stop,
  };
}

async function listen(server: BrokenServer, bench: Bench): Promise<{ port: number; stop: () => Promise<void> }> {
  const open = new Set<net.Socket>();
  const listener = net.createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    new Connection(socket, server, bench);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((done) => {
        for (const socket of open) socket.destroy();
        listener.close(() => done());
      }),
  };
}

async function letTimePass<T>(work: Promise<T>, bench: Bench, clock: FakeClock, restMs: number): Promise<T> {
  let done = false;
  const settled = work.finally(() => {
    done = true;
  });
  settled.catch(() => {});
  while (!done) {
    const { pulse } = bench;
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
    for (let i = 0; i < 20; i += 1) await turn();
    if (!done && pulse === bench.pulse) clock.runNext();
  }
  return settled;
}
