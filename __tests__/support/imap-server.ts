import type { Duplex } from 'node:stream';
import tls, { TLSSocket } from 'node:tls';
import type { Identity } from './certificates.ts';
import { type LoopbackServer, loopbackServer } from './servers.ts';

/** A message as the server keeps it. */
export interface Stored {
  readonly uid: number;
  readonly text: string;
  readonly date?: Date;
  readonly flags: Set<string>;
  readonly emailId?: string;
  /** What X-GM-LABELS says. */
  readonly labels?: string;
}

export interface Box {
  uidValidity: number;
  uidNext: number;
  messages: Stored[];
  readonly use?: string;
}

/** How the server differs from one that does as it should: a line to say in the place of an answer, `null` for none. */
export type Twist = (command: string, write: (text: string) => void, socket: Duplex) => boolean;

export interface ImapServer extends LoopbackServer {
  readonly boxes: Map<string, Box>;
  /** Puts a message into a folder. */
  deliver(folder: string, text: string, more?: Partial<Stored>): Stored;
  /** Every command of every connection, without tags and logins. */
  readonly commands: string[];
  twist: Twist | null;
}

export interface ImapOptions {
  readonly identity: Identity;
  readonly implicit?: boolean;
  readonly password?: string;
  readonly capabilities?: readonly string[];
}

/** A small IMAP server (RFC 9051), in memory, with two folders. */
export async function imapServer({
  identity,
  implicit = true,
  password = 'tulip-garden',
  capabilities = ['UIDPLUS', 'MOVE', 'SPECIAL-USE'],
}: ImapOptions): Promise<ImapServer> {
  const boxes = new Map<string, Box>([
    ['INBOX', { uidValidity: 7, uidNext: 1, messages: [] }],
    ['Junk', { uidValidity: 8, uidNext: 1, messages: [], use: '\\Junk' }],
  ]);
  const commands: string[] = [];
  const context = { key: identity.key, cert: identity.cert };
  let self: ImapServer;
  const serve = (socket: Duplex, secure: boolean) => {
    new Conversation(socket, { boxes, commands, password, capabilities, context, secure, twist: () => self.twist });
  };
  const server = await loopbackServer(
    (socket) => {
      serve(socket, implicit);
    },
    implicit ? { server: tls.createServer(context) } : {},
  );
  self = Object.assign(server, {
    boxes,
    commands,
    twist: null,
    deliver(folder: string, text: string, more: Partial<Stored> = {}): Stored {
      const box = boxes.get(folder);
      if (!box) throw new Error(`no folder ${folder}`);
      const message: Stored = { uid: box.uidNext, text, flags: new Set(), date: new Date(), ...more };
      box.uidNext = message.uid + 1;
      box.messages.push(message);
      return message;
    },
  });
  return self;
}

interface World {
  readonly boxes: Map<string, Box>;
  readonly commands: string[];
  readonly password: string;
  readonly capabilities: readonly string[];
  readonly context: tls.SecureContextOptions;
  secure: boolean;
  readonly twist: () => Twist | null;
}

class Conversation {
  #socket: Duplex;
  #rest = '';
  #tag: string | null = null;
  #selected: Box | null = null;
  #readOnly = true;

  constructor(
    socket: Duplex,
    private readonly world: World,
  ) {
    this.#socket = socket;
    this.#attach(socket);
    if (!this.world.twist()?.('', (text) => this.#write(text), socket)) this.#write('* OK IMAP ready\r\n');
  }

  #attach(socket: Duplex): void {
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      const lines = (this.#rest + chunk.toString()).split('\r\n');
      this.#rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(line);
    });
  }

  #write(text: string): void {
    if (!this.#socket.destroyed) this.#socket.write(text);
  }

  #hear(line: string): void {
    if (this.#tag !== null) {
      this.#login(line);
      return;
    }
    const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    this.world.commands.push(command.replace(/^(LOGIN|AUTHENTICATE \w+).*/, '$1'));
    if (this.world.twist()?.(command, (text) => this.#write(text.replaceAll('TAG', tag)), this.#socket)) return;
    const [, handle] = this.#handlers.find(([begin]) => begin.test(command)) ?? [];
    if (handle) handle(command, tag);
    else this.#ok(tag);
  }

  #ok(tag: string): void {
    this.#write(`${tag} OK done\r\n`);
  }

  readonly #handlers: readonly (readonly [RegExp, (command: string, tag: string) => void])[] = [
    [/^CAPABILITY/i, (_, tag) => this.#offer(tag)],
    [/^STARTTLS/i, (_, tag) => this.#startTls(tag)],
    [/^AUTHENTICATE PLAIN/i, (command, tag) => this.#authenticate(command, tag)],
    [/^LOGOUT/i, (_, tag) => this.#leave(tag)],
    [/^LIST/i, (command, tag) => this.#list(command, tag)],
    [/^(?:SELECT|EXAMINE)/i, (command, tag) => this.#select(command, tag)],
    [/^(?:UID )?FETCH/i, (command, tag) => this.#fetch(command, tag)],
    [/^UID STORE/i, (command, tag) => this.#store(command, tag)],
    [/^UID EXPUNGE/i, (command, tag) => this.#expungeUids(command, tag)],
    [/^UID MOVE/i, (command, tag) => this.#move(command, tag)],
  ];

  #offer(tag: string): void {
    const { secure, capabilities } = this.world;
    const offer = secure ? ['AUTH=PLAIN', 'SASL-IR'] : ['STARTTLS', 'LOGINDISABLED'];
    this.#write(`* CAPABILITY ${['IMAP4rev1', ...offer, ...capabilities].join(' ')}\r\n`);
    this.#ok(tag);
  }

  #authenticate(command: string, tag: string): void {
    this.#tag = tag;
    const initial = command.split(' ')[2];
    if (initial === undefined) this.#write('+ \r\n');
    else this.#login(initial);
  }

  #leave(tag: string): void {
    this.#write('* BYE\r\n');
    this.#ok(tag);
    this.#socket.end();
  }

  #list(command: string, tag: string): void {
    const [, pattern = '*'] = /"" "?([^"]*)"?$/.exec(command) ?? [];
    for (const [name, { use }] of this.world.boxes) {
      if (pattern === '*' || pattern === name) this.#write(`* LIST (${use ?? ''}) "/" "${name}"\r\n`);
    }
    this.#ok(tag);
  }

  #store(command: string, tag: string): void {
    for (const one of this.#inRange(command.split(' ')[2] ?? '', true)) one.flags.add('\\Deleted');
    this.#ok(tag);
  }

  #expungeUids(command: string, tag: string): void {
    const range = this.#inRange(command.split(' ')[2] ?? '', true);
    this.#expunge(range.filter(({ flags }) => flags.has('\\Deleted')));
    this.#ok(tag);
  }

  #login(base64: string): void {
    const [, user, pass] = Buffer.from(base64, 'base64').toString().split('\0');
    const tag = this.#tag;
    this.#tag = null;
    if (pass === this.world.password) this.#write(`${tag} OK logged in\r\n`);
    else this.#write(`${tag} NO [AUTHENTICATIONFAILED] Authentication failed for ${user}.\r\n`);
  }

  #startTls(tag: string): void {
    this.#ok(tag);
    const plain = this.#socket;
    plain.removeAllListeners('data');
    this.world.secure = true;
    const secureContext = tls.createSecureContext(this.world.context);
    this.#socket = new TLSSocket(plain as never, { isServer: true, secureContext });
    this.#attach(this.#socket);
  }

  #select(command: string, tag: string): void {
    const [, verb = '', name = ''] = /^(\w+) "?([^" ]*)"?/.exec(command) ?? [];
    const box = this.world.boxes.get(name);
    if (!box) {
      this.#write(`${tag} NO [NONEXISTENT] no such folder\r\n`);
      return;
    }
    this.#selected = box;
    this.#readOnly = verb.toUpperCase() === 'EXAMINE';
    this.#write(
      [
        `* ${box.messages.length} EXISTS`,
        '* FLAGS (\\Deleted \\Seen)',
        '* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)]',
        `* OK [UIDVALIDITY ${box.uidValidity}]`,
        `* OK [UIDNEXT ${box.uidNext}]`,
        `${tag} OK [READ-${this.#readOnly ? 'ONLY' : 'WRITE'}] done`,
        '',
      ].join('\r\n'),
    );
  }

  #inRange(range: string, byUid: boolean): Stored[] {
    const messages = this.#selected?.messages ?? [];
    const numberOf = (one: Stored, i: number) => (byUid ? one.uid : i + 1);
    const last = Math.max(0, ...messages.map(numberOf));
    const parts = range.split(',').map((part) => part.split(':').map((n) => (n === '*' ? last : Number(n))));
    // `n:*` holds the last message whatever its number is (RFC 9051 §6.4.9).
    return messages.filter((one, i) =>
      parts.some(([a = 0, b = a]) => numberOf(one, i) >= Math.min(a, b) && numberOf(one, i) <= Math.max(a, b)),
    );
  }

  #fetch(command: string, tag: string): void {
    const byUid = /^UID /i.test(command);
    const range = command.replace(/^UID /i, '').split(' ')[1] ?? '';
    const messages = this.#selected?.messages ?? [];
    for (const one of this.#inRange(range, byUid)) {
      const items = [`UID ${one.uid}`];
      if (one.emailId !== undefined) items.push(`X-GM-MSGID ${one.emailId}`);
      if (command.includes('X-GM-LABELS')) items.push(`X-GM-LABELS (${one.labels ?? ''})`);
      if (command.includes('INTERNALDATE') && one.date) items.push(`INTERNALDATE "${internalDate(one.date)}"`);
      const part = /BODY\.PEEK\[([^\]]*)\](?:<0\.(\d+)>)?/.exec(command);
      if (part) {
        const text = partOf(one.text, part[1] ?? '').slice(0, Number(part[2] ?? Number.POSITIVE_INFINITY));
        items.push(`BODY[${part[1]}]${part[2] ? '<0>' : ''} {${Buffer.byteLength(text)}}\r\n${text}`);
      }
      this.#write(`* ${messages.indexOf(one) + 1} FETCH (${items.join(' ')})\r\n`);
    }
    this.#ok(tag);
  }

  #expunge(gone: readonly Stored[]): void {
    const box = this.#selected;
    if (!box || this.#readOnly) return;
    for (const one of gone) {
      this.#write(`* ${box.messages.indexOf(one) + 1} EXPUNGE\r\n`);
      box.messages = box.messages.filter((other) => other !== one);
    }
  }

  #move(command: string, tag: string): void {
    const [, range = '', name = ''] = /^UID MOVE (\S+) "?([^"]*)"?/i.exec(command) ?? [];
    const to = this.world.boxes.get(name);
    const moved = this.#inRange(range, true);
    if (!to || !moved[0]) {
      this.#write(`${tag} NO there is no such thing\r\n`);
      return;
    }
    const uid = to.uidNext;
    to.messages.push({ ...moved[0], uid });
    to.uidNext += 1;
    this.#write(`* OK [COPYUID ${to.uidValidity} ${moved[0].uid} ${uid}] moved\r\n`);
    this.#expunge(moved);
    this.#write(`${tag} OK done\r\n`);
  }
}

function partOf(text: string, section: string): string {
  const end = text.indexOf('\r\n\r\n');
  const header = end === -1 ? text : text.slice(0, end + 4);
  if (section === 'TEXT') return end === -1 ? '' : text.slice(end + 4);
  const [, names] = /^HEADER\.FIELDS \(([^)]*)\)/i.exec(section) ?? [];
  if (names === undefined) return header;
  const wanted = names.toLowerCase().replaceAll('"', '').split(' ');
  const lines = header.replace(/\r\n([ \t])/g, '\n$1').split('\r\n');
  const fields = lines.filter((line) => wanted.includes((line.split(':')[0] ?? '').toLowerCase()));
  return `${[...fields, '', ''].join('\r\n').replace(/\n(?=[ \t])/g, '\r\n')}`;
}

function internalDate(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d\d) (\w+) (\d+) (\S+)/.exec(date.toUTCString()) ?? [];
  return `${day}-${month}-${year} ${time} +0000`;
}
