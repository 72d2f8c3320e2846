import type { Duplex } from 'node:stream';
import type { Cause, Deviation, TranscriptLine } from '../model/observation.ts';
import type { Secrets } from '../shared/redaction.ts';
import { type Reply, ReplyParser, replyText } from '../smtp/reply.ts';
import { type Deadline, Interrupted } from './deadline.ts';

/** How long bytes that cannot become a reply may go on arriving before they are taken for what they are. */
const SETTLE_MS = 1_000;

type Ended = { readonly kind: 'closed' } | { readonly kind: 'reset'; readonly errno: string };

/** How long a reply may take, in milliseconds, and what may be kept of a command that carries a secret. */
interface Exchange {
  readonly atMost?: number;
  /** What the transcript says of the command; the command itself, and the challenge that answers it, are secrets. */
  readonly shown?: string;
}

/** A command without its line end, and what the transcript says of one that carries a secret. */
export interface Command {
  readonly line: string;
  readonly shown?: string;
}

/**
 * One SMTP conversation over any stream. Nothing is written but by `send`, and nothing read but by `reply`; both end
 * within the deadline, both throw `Interrupted` with the first cause, and what they keep of the server's words holds no
 * secret.
 */
export class Conversation {
  readonly transcript: TranscriptLine[] = [];
  /** When the last bytes arrived, in milliseconds of the attempt: other work may keep a reply from being read at once. */
  heardAtMs = 0;
  #socket: Duplex;
  readonly #deadline: Deadline;
  readonly #secrets: Secrets;
  readonly #deviates: (deviation: Omit<Deviation, 'step'>) => void;
  #parser = new ReplyParser();
  #ended: Ended | undefined;
  /** What left a refusal unfinished: nothing more is said or heard behind it. */
  #spent: Interrupted | undefined;
  #wake = () => {};
  #detach = () => {};

  /** `deviates` is told what was off the protocol and could be read all the same. */
  constructor(
    socket: Duplex,
    deadline: Deadline,
    secrets: Secrets,
    deviates: (deviation: Omit<Deviation, 'step'>) => void = () => {},
  ) {
    this.#socket = socket;
    this.#deadline = deadline;
    this.#secrets = secrets;
    this.#deviates = deviates;
    this.#attach(socket);
  }

  /** Keeps what was said before the conversation, as it is shown. */
  began(shown: string): void {
    this.#record('client', shown);
  }

  /** Reads the next reply; every byte that arrives earns the server another timeout, up to the deadline. */
  async reply({ atMost, shown }: Exchange = {}): Promise<Reply> {
    const begin = this.#deadline.elapsed();
    for (;;) {
      if (this.#spent) throw this.#spent;
      const read = this.#parser.read();
      if (read && 'malformed' in read) return this.#giveUp({ kind: 'malformed', reply: read });
      if (read) return this.#heard(read, shown !== undefined);
      if (this.#ended) return this.#giveUp({ ...this.#ended, heard: this.#parser.unread() });
      // A limit is for the whole answer, however often a byte of it comes.
      const cause = await this.#activity(
        atMost === undefined ? undefined : Math.max(0, begin + atMost - this.#deadline.elapsed()),
      );
      if (cause) return this.#giveUp(cause);
    }
  }

  /** Waits for the end of the connection, or for the time to pass; another reply is one too many, and what cannot be read is odd. */
  async expectNothing(exchange: Exchange): Promise<void> {
    let extra: Reply;
    try {
      extra = await this.reply(exchange);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (error.end.kind === 'malformed') this.#deviates({ kind: 'unreadable', text: error.end.reply.text });
      return;
    }
    throw new Interrupted({ kind: 'out-of-turn', heard: replyText(extra) });
  }

  /** Says one command and reads its reply. A challenge to a secret command (334) comes back as it was sent. */
  async command(line: string, exchange: Exchange = {}): Promise<Reply> {
    this.send([{ line, ...exchange }]);
    return this.reply(exchange);
  }

  /**
   * The one place that writes: commands that go out together (RFC 2920 §3.1). A line may hold no CR, LF or NUL
   * (RFC 5321 §4.1.1), and nothing may have arrived that no command asked for.
   */
  send(commands: readonly Command[]): void {
    for (const { line, shown = line } of commands) {
      if (/[\r\n\0]/.test(line)) throw new Error(`control character in the command ${JSON.stringify(shown)}`);
    }
    if (this.#spent) throw this.#spent;
    this.#noteDeviations();
    const early = this.#parser.unread();
    if (early !== '') throw this.#interrupted({ kind: 'out-of-turn', heard: early });
    if (this.#ended) throw this.#interrupted({ ...this.#ended, heard: '' });
    for (const { line, shown = line } of commands) this.#record('client', shown);
    this.#socket.write(commands.map(({ line }) => `${line}\r\n`).join(''));
  }

  /**
   * Goes on over TLS: `secure` makes the connection of what is left of this one. A byte behind the answer to STARTTLS is
   * none of TLS's (RFC 3207 §6), and everything that was said before is forgotten.
   */
  async upgrade(secure: (socket: Duplex) => Promise<Duplex>): Promise<void> {
    const plain = this.#socket;
    this.#detach();
    const behind = this.#parser.unread();
    if (behind !== '' || plain.readableLength > 0) throw this.#interrupted({ kind: 'injected', heard: behind });
    if (this.#ended) throw this.#interrupted({ ...this.#ended, heard: '' });
    this.#parser = new ReplyParser();
    // Its errors reach us through TLS.
    plain.on('error', () => {});
    this.#socket = await secure(plain);
    this.#attach(this.#socket);
  }

  /** Lets go of the connection; what was sent is flushed by the operating system. */
  close(): void {
    this.#socket.destroy();
  }

  #attach(socket: Duplex): void {
    const data = (chunk: Uint8Array) => {
      this.heardAtMs = this.#deadline.happened();
      this.#parser.push(chunk);
      this.#wake();
    };
    const error = ({ code, message }: NodeJS.ErrnoException) => this.#end({ kind: 'reset', errno: code ?? message });
    const closed = () => this.#end({ kind: 'closed' });
    socket.on('data', data).on('error', error).on('end', closed).on('close', closed);
    // What happened before anybody listened is not said again.
    if (socket.errored) error(socket.errored);
    else if (socket.destroyed || socket.readableEnded) closed();
    this.#detach = () => {
      socket.pause();
      socket.off('data', data).off('error', error).off('end', closed).off('close', closed);
    };
  }

  /** Waits for bytes or for the end of the connection; or tells why neither comes. */
  async #activity(atMost: number | undefined): Promise<Cause | undefined> {
    const patience = this.#parser.hopeless ? { atMost: SETTLE_MS } : atMost === undefined ? {} : { atMost };
    try {
      await this.#deadline.wait(
        () =>
          new Promise<void>((resolve) => {
            this.#wake = resolve;
          }),
        { heard: () => this.#parser.unread(), ...patience },
      );
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      // Bytes that cannot become a reply say more than the silence that follows them.
      if (this.#parser.hopeless)
        return { kind: 'malformed', reply: { malformed: 'not-a-reply', text: this.#parser.unread() } };
      return error.end;
    }
    return undefined;
  }

  /** A reply that is whole; a challenge to a secret command is returned as it was sent, and not kept. */
  #heard(reply: Reply, toSecret: boolean): Reply {
    this.#noteDeviations();
    if (!toSecret || reply.code !== 334) return this.#keep(reply);
    this.#record('server', '334 ***');
    return reply;
  }

  /** A reply as it may be kept. */
  #keep(reply: Reply): Reply {
    const kept = { ...reply, lines: this.#secrets.redactLines(reply.lines) };
    this.#record('server', replyText(kept));
    return kept;
  }

  /** The refusal that was not finished, which decides whatever keeps it from its end; or else that cause. */
  #giveUp(cause: Cause): Reply {
    const refusal = this.#parser.takeRefusal();
    if (!refusal) throw cause.kind === 'malformed' ? this.#malformed(cause.reply) : this.#interrupted(cause);
    this.#noteDeviations();
    const kept = this.#keep(refusal);
    if (cause.kind === 'malformed') {
      const behind = cause.reply.text.split('\n').at(-1) ?? '';
      this.#spent = this.#malformed({ ...cause.reply, text: behind });
    } else this.#spent = new Interrupted('heard' in cause ? { ...cause, heard: '' } : cause);
    return kept;
  }

  /** Empty lines behind a reply are its own. */
  #noteDeviations(): void {
    this.#parser.skipEmptyLines();
    for (const { kind, text } of this.#parser.takeDeviations()) {
      this.#deviates({ kind, text: this.#secrets.redact(text) });
    }
  }

  #end(how: Ended): void {
    this.#ended ??= how;
    this.#wake();
  }

  #malformed({ malformed, text }: Extract<Cause, { kind: 'malformed' }>['reply']): Interrupted {
    const kept = this.#secrets.redact(text, { cut: true });
    this.#record('server', kept);
    // A flood must not go on filling our memory while the finding is written.
    this.#socket.destroy();
    return new Interrupted({ kind: 'malformed', reply: { malformed, text: kept } });
  }

  #interrupted(cause: Cause): Interrupted {
    if (!('heard' in cause) || cause.heard === '') return new Interrupted(cause);
    const heard = this.#secrets.redact(cause.heard, { cut: true });
    this.#record('server', heard);
    return new Interrupted({ ...cause, heard });
  }

  #record(from: TranscriptLine['from'], text: string): void {
    const atMs = Math.round(this.#deadline.elapsed());
    for (const line of text.split('\n')) this.transcript.push({ from, atMs, text: line });
  }
}
