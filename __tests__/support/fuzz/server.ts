import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { FakeClock } from '../clock.ts';
import { type Login, type Said, serverLogin } from './sasl.ts';
import {
  expand,
  type Header,
  type Override,
  type Piece,
  type Point,
  type ServerScript,
  type Session,
} from './script.ts';

/** What a connection lived through, in order. */
export type Event =
  | {
      readonly kind: 'command';
      readonly at: number;
      readonly line: string;
      readonly index: number;
      readonly sasl: boolean;
      readonly secured: boolean;
      readonly alone: boolean;
    }
  /** `answers` is the command that this is the server's answer to; -1 for the greeting. */
  | {
      readonly kind: 'bytes';
      readonly at: number;
      readonly text: string;
      readonly answers: number;
      readonly secured: boolean;
    }
  /** The server proved in a login that it knows the password. */
  | { readonly kind: 'proof' }
  | { readonly kind: 'secured' }
  /** The client began with a PROXY header. */
  | { readonly kind: 'header'; readonly version: Header }
  | { readonly kind: 'ended'; readonly how: string }
  | { readonly kind: 'gone' };

/** What the connections of a run share; `pulse` counts whatever happens, and `busy` what is to happen without time passing. */
export interface Bench {
  readonly clock: PulseClock;
  readonly secret: string;
  pulse: number;
  busy: number;
  over: boolean;
}

/** A clock that stands still, and counts as a pulse that somebody has asked it to wake him. */
export class PulseClock extends FakeClock {
  constructor(
    readonly pulsed: () => void,
    readonly today: boolean,
  ) {
    super();
  }

  override after(ms: number, callback: () => void): () => void {
    this.pulsed();
    return super.after(ms, callback);
  }

  override date(): Date {
    return this.today ? new Date() : super.date();
  }
}

const HOST = 'mail.fuzz.test';
const USUAL: Readonly<Partial<Record<Point, string>>> = {
  greeting: `220 ${HOST} ESMTP ready`,
  helo: `250 ${HOST}`,
  mail: '250 2.1.0 ok',
  rcpt: '250 2.1.5 ok',
  rset: '250 2.0.0 ok',
  quit: '221 2.0.0 bye',
  other: '500 5.5.2 what?',
};
const VERBS: Readonly<Record<string, Point>> = {
  EHLO: 'ehlo',
  LHLO: 'ehlo',
  HELO: 'helo',
  STARTTLS: 'starttls',
  AUTH: 'auth',
  MAIL: 'mail',
  RCPT: 'rcpt',
  RSET: 'rset',
  QUIT: 'quit',
};
const MOST_FLOODED = 600_000;

/** How many turns of the loop what was said in TLS has to arrive, before a reset. */
const TLS_TURNS = 4;

/** What servers do that wait for a PROXY header: Postfix, after 5 s or at the first command. */
const WITHOUT_HEADER = '421 4.3.0 mail.fuzz.test Server local error\r\n';
const HEADER_MS = 5_000;
const HEADERS: readonly (readonly [Header, RegExp])[] = [
  ['v1', /^PROXY TCP[46] \S+ \S+ \d+ \d+\r\n/],
  ['v2', /^\r\n\r\n\0\r\nQUIT\n \0\0\0/],
];

/** The PROXY header that a connection begins with, and how long it is. */
function headerIn(chunk: Buffer): { readonly version: Header; readonly bytes: number } | null {
  const text = chunk.toString('latin1');
  for (const [version, pattern] of HEADERS) {
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { version, bytes: found.length };
  }
  return null;
}

/** What the system says of a connection that the other side has reset; it comes in a turn of its own. */
export const reset = () => Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });

/** One connection of a generated server, which keeps an account of what it heard and said. */
export class Connection {
  readonly events: Event[] = [];
  /** Whether TLS came about. */
  secured = false;
  #socket: Duplex;
  #commands = 0;
  #input = '';
  #mute = false;
  #gone = false;
  #paused = false;
  readonly #queue: (() => void)[] = [];
  readonly #counts = new Map<Point, number>();
  #held: { text: string; index: number } | null = null;
  #login: Login | null = null;
  #lastLine = '';
  #prefix = '';

  constructor(
    readonly place: { readonly address: string; readonly port: number; readonly isLook: boolean },
    private readonly ours: Duplex,
    private readonly plain: Duplex,
    private readonly server: ServerScript,
    private readonly session: Session,
    private readonly bench: Bench,
    private readonly identity: tls.TlsOptions | null,
  ) {
    this.#socket = plain;
    plain.on('error', () => {});
    ours.once('close', () => this.#hangUp());
    if (server.headers) this.#awaitHeader(server.headers);
    else this.#start();
  }

  get address(): string {
    return this.place.address;
  }

  /** Whether it is a second look at a port, which asks for nothing. */
  get isLook(): boolean {
    return this.place.isLook;
  }

  #start(): void {
    if (this.server.tls === 'implicit') this.#awaitTls();
    else this.#begin(this.plain);
  }

  /** The header comes before all else, TLS included; without one nobody is served. */
  #awaitHeader(wanted: readonly Header[]): void {
    let over = false;
    const giveUp = () => {
      if (over || this.#gone) return;
      over = true;
      this.#write(WITHOUT_HEADER, -1);
      this.#end('fin');
    };
    this.plain.once('data', (chunk: Buffer) => {
      this.bench.pulse += 1;
      const header = headerIn(chunk);
      if (over) return;
      if (!header || !wanted.includes(header.version)) {
        giveUp();
        return;
      }
      over = true;
      this.events.push({ kind: 'header', version: header.version });
      this.#start();
    });
    this.bench.clock.after(HEADER_MS, giveUp);
  }

  #begin(socket: Duplex): void {
    this.#listen(socket);
    // The client has to take the connection over first; what it says before the greeting is answered behind it.
    this.#paused = true;
    this.#react('greeting', -1, () => USUAL.greeting ?? '');
    this.#soon(() => {
      this.#paused = false;
      this.#pump();
    });
  }

  /**
   * What is written comes in a turn of its own, as from a socket: a pair of streams hands it over within the call that
   * writes it, and node:tls loses the end of a handshake that answers itself.
   */
  #deferred(): Duplex {
    const { plain } = this;
    const stream = new Duplex({
      read() {},
      write: (chunk, _, done) =>
        this.#soon(() => {
          if (plain.writable) plain.write(chunk);
          done();
        }),
      final: (done) => {
        plain.end();
        done();
      },
      destroy: (error, done) => {
        plain.destroy();
        done(error);
      },
    });
    plain
      .on('data', (chunk) => stream.push(chunk))
      .once('end', () => stream.push(null))
      .once('close', () => stream.destroy());
    return stream.on('error', () => {});
  }

  #soon(work: () => void): void {
    this.bench.busy += 1;
    setImmediate(() => {
      this.bench.busy -= 1;
      this.bench.pulse += 1;
      work();
    });
  }

  #later(turns: number, work: () => void): void {
    this.#soon(() => (turns > 1 ? this.#later(turns - 1, work) : work()));
  }

  #hangUp(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.bench.pulse += 1;
    this.events.push({ kind: 'gone' });
    this.plain.destroy();
  }

  readonly #hear = (chunk: Buffer): void => {
    this.bench.pulse += 1;
    const header = this.#commands === 0 && this.#input === '' && !this.secured ? headerIn(chunk) : null;
    if (header) this.#mistake(chunk.subarray(0, header.bytes), header.version);
    else this.#hearLines(chunk);
  };

  /** Takes a header for commands, and its end for the beginning of the next one. */
  #mistake(header: Buffer, version: Header): void {
    this.events.push({ kind: 'header', version });
    const lines = header.toString('latin1').split('\n');
    this.#prefix = lines.pop() ?? '';
    for (const line of lines) this.#take(line.replace(/\r$/, ''), -1);
  }

  #hearLines(chunk: Buffer): void {
    this.#input += chunk.toString('latin1');
    const lines = this.#input.split('\n');
    this.#input = lines.pop() ?? '';
    const first = this.#commands;
    // All that came together was said together, whatever is answered to its beginning.
    for (const [i, line] of lines.entries())
      this.#note(line.replace(/\r$/, ''), i === lines.length - 1 && this.#input === '');
    for (const [i, line] of lines.entries()) {
      const prefix = this.#prefix;
      this.#prefix = '';
      this.#take(prefix + line.replace(/\r$/, ''), first + i);
    }
  }

  #listen(socket: Duplex): void {
    socket.on('data', this.#hear);
  }

  #note(line: string, alone: boolean): void {
    const [index, sasl] = [this.#commands, this.#login !== null];
    this.#commands += 1;
    this.events.push({ kind: 'command', at: this.bench.clock.now(), line, index, sasl, secured: this.secured, alone });
  }

  #take(line: string, index: number): void {
    this.#lastLine = line;
    const sasl = this.#login !== null;
    if (sasl) {
      this.#react('sasl', index, () => (line === '*' ? '501 5.7.0 called off' : this.#goOn(line)));
      return;
    }
    const [word = '', mechanism = '', initial] = line.split(' ');
    const point = this.#pointOf(word.toUpperCase());
    if (point === 'auth') {
      this.#login = serverLogin(mechanism.toUpperCase(), initial, this.bench.secret);
      this.#react('auth', index, () => this.#goOn(''));
    } else if (point === 'ehlo') this.#react('ehlo', index, () => this.#capabilities());
    else if (point === 'starttls') this.#startTls(index);
    else this.#react(point, index, () => USUAL[point] ?? '');
  }

  #pointOf(verb: string): Point {
    const { language } = this.server;
    if (language === 'smtp' && verb === 'LHLO') return 'other';
    if (language === 'lmtp' && (verb === 'EHLO' || verb === 'HELO')) return 'other';
    return VERBS[verb] ?? 'other';
  }

  #goOn(line: string): string {
    const next = this.#login?.next(line);
    const said: Said | undefined = next?.value;
    if (said?.proof) this.events.push({ kind: 'proof' });
    return said?.text ?? '503 5.5.1 out of order';
  }

  #capabilities(): string {
    const { capabilities, tls: mode } = this.server;
    const lines = [HOST, ...capabilities, ...(mode === 'starttls' && !this.secured ? ['STARTTLS'] : [])];
    return lines.map((text, i) => `250${i === lines.length - 1 ? ' ' : '-'}${text}`).join('\r\n');
  }

  #override(point: Point): Override | undefined {
    const nth = this.#counts.get(point) ?? 0;
    this.#counts.set(point, nth + 1);
    return this.session.overrides.find((one) => one.at === point && (one.nth === null || one.nth === nth));
  }

  /** Answers a command, behind whatever is still to be said. */
  #react(point: Point, index: number, usual: () => string): void {
    const said = this.#override(point)?.say ?? ['usual'];
    for (const piece of said) this.#queue.push(() => this.#do(piece, index, usual));
    if (point === 'quit') this.#queue.push(() => this.#do({ end: 'fin' }, index, usual));
    this.#pump();
  }

  #pump(): void {
    while (!this.#paused && !this.#mute && !this.#gone) {
      const next = this.#queue.shift();
      if (!next) return;
      next();
    }
  }

  #do(piece: Piece, index: number, usual: () => string): void {
    if (piece === 'usual') this.#say(`${usual()}\r\n`, index);
    else if (piece === 'hold') this.#held = { text: `${usual()}\r\n`, index };
    else if ('raw' in piece) this.#say(expand(piece.raw, this.bench.secret, this.#lastLine), index);
    else if ('wait' in piece) {
      this.#paused = true;
      this.bench.clock.after(piece.wait, () => {
        this.bench.pulse += 1;
        this.#paused = false;
        this.#pump();
      });
    } else if ('end' in piece) this.#end(piece.end);
    else if ('flood' in piece) this.#flood(piece.flood, index, 0);
    else this.#drip(piece.drip, index);
  }

  #say(all: string, index: number): void {
    const held = this.#held;
    this.#held = null;
    if (held) this.#write(held.text, held.index);
    if (this.#login && !/(?:^|\n)334[^\n]*\n$/.test(all)) this.#login = null;
    const { chunk } = this.session;
    if (chunk === 0 || all.length <= chunk) {
      this.#write(all, index);
      return;
    }
    this.#paused = true;
    const more = (rest: string) => {
      this.#write(rest.slice(0, chunk), index);
      const left = rest.slice(chunk);
      if (left === '' || this.#gone) {
        this.#paused = false;
        this.#pump();
      } else this.#soon(() => more(left));
    };
    more(all);
  }

  #write(text: string, answers: number): void {
    if (this.#gone || !this.#socket.writable || text === '') return;
    this.bench.pulse += 1;
    this.events.push({ kind: 'bytes', at: this.bench.clock.now(), text, answers, secured: this.secured });
    this.#socket.write(Buffer.from(text, 'latin1'));
  }

  #end(how: 'fin' | 'rst' | 'mute'): void {
    this.#mute = true;
    this.bench.pulse += 1;
    this.events.push({ kind: 'ended', how });
    if (how === 'fin') this.#socket.end();
    if (how === 'rst') this.#later(this.secured ? TLS_TURNS : 1, () => this.ours.destroy(reset()));
  }

  #flood(text: string, index: number, before: number): void {
    this.#paused = true;
    if (this.#gone || this.bench.over || before > MOST_FLOODED) return;
    this.#write(text.repeat(Math.ceil(16_384 / text.length)), index);
    this.#soon(() => this.#flood(text, index, before + 16_384));
  }

  #drip(text: string, index: number): void {
    this.#paused = true;
    let i = 0;
    const more = () => {
      if (this.#gone || this.bench.over) return;
      this.#write(text.charAt(i % text.length), index);
      i += 1;
      this.bench.clock.after(1_000, more);
    };
    more();
  }

  #startTls(index: number): void {
    if (this.server.tls !== 'starttls' || this.secured || !this.identity) {
      this.#react('starttls', index, () => '454 4.7.0 TLS not available');
      return;
    }
    const before = this.events.length;
    this.#react('starttls', index, () => '220 2.0.0 go ahead');
    this.#queue.push(() => {
      const said = this.events.slice(before).map((event) => (event.kind === 'bytes' ? event.text : ''));
      if (/^\s*220/.test(said.join(''))) this.#awaitTls();
    });
    this.#pump();
  }

  /** TLS begins with the client's next bytes, or what stands in its place. */
  #awaitTls(): void {
    this.plain.off('data', this.#hear);
    const odd = this.#override('handshake');
    if (odd) {
      this.plain.once('data', () => {
        this.bench.pulse += 1;
        for (const piece of odd.say) this.#queue.push(() => this.#do(piece, -1, () => '500 5.5.2 what?'));
        this.#pump();
      });
      return;
    }
    if (!this.identity) return;
    const secure = new tls.TLSSocket(this.#deferred() as never, { isServer: true, ...this.identity });
    secure.on('error', () => this.plain.destroy());
    // Every record counts, so that no time passes while the two sides still talk.
    this.plain.on('data', () => {
      this.bench.pulse += 1;
    });
    secure.once('secure', () => {
      this.bench.pulse += 1;
      this.secured = true;
      this.#socket = secure;
      this.#input = '';
      this.events.push({ kind: 'secured' });
      if (this.server.tls === 'implicit') this.#begin(secure);
      else this.#listen(secure);
    });
  }
}
