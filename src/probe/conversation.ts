import type { Duplex } from 'node:stream';
import type { Cause, TranscriptLine } from '../observation.ts';
import { type Reply, ReplyParser, replyText } from '../smtp/reply.ts';
import { type Deadline, Interrupted } from './deadline.ts';

/** How long bytes that cannot become a reply may go on arriving before they are taken for what they are. */
const SETTLE_MS = 1_000;

type Ended = { readonly kind: 'closed' } | { readonly kind: 'reset'; readonly errno: string };

/**
 * One SMTP conversation over any stream. Nothing is written but by `command`, and nothing read but by `reply`;
 * both end within the deadline, and both throw `Interrupted` with the first cause.
 */
export class Conversation {
  readonly transcript: TranscriptLine[] = [];
  readonly #socket: Duplex;
  readonly #deadline: Deadline;
  readonly #parser = new ReplyParser();
  #ended: Ended | undefined;
  #wake = () => {};

  constructor(socket: Duplex, deadline: Deadline) {
    this.#socket = socket;
    this.#deadline = deadline;
    socket.on('data', (chunk: Uint8Array) => {
      this.#parser.push(chunk);
      this.#wake();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#end({ kind: 'reset', errno: error.code ?? error.message });
    });
    const closed = () => this.#end({ kind: 'closed' });
    socket.on('end', closed);
    socket.on('close', closed);
  }

  /** Reads the next reply; every byte that arrives earns the server another timeout, up to the deadline. */
  async reply(limits: { atMost?: number } = {}): Promise<Reply> {
    for (;;) {
      const read = this.#parser.read();
      if (read && 'malformed' in read) throw this.#malformed(read);
      if (read) {
        this.#record('server', replyText(read));
        return read;
      }
      if (this.#ended) throw this.#interrupted({ ...this.#ended, heard: this.#parser.unread() });
      await this.#activity(limits);
    }
  }

  /**
   * The one place that writes. `shown` is what the transcript may say of `line`; a line may hold no CR, LF or NUL
   * (RFC 5321 §4.1.1), and nothing may have arrived that no command asked for.
   */
  async command(line: string, { shown = line, ...limits }: { shown?: string; atMost?: number } = {}): Promise<Reply> {
    if (/[\r\n\0]/.test(line)) throw new Error(`control character in the command ${JSON.stringify(shown)}`);
    const early = this.#parser.unread();
    if (early !== '') throw this.#interrupted({ kind: 'out-of-turn', heard: early });
    if (this.#ended) throw this.#interrupted({ ...this.#ended, heard: this.#parser.unread() });
    this.#record('client', shown);
    this.#socket.write(`${line}\r\n`);
    return this.reply(limits);
  }

  /** Lets go of the connection; what was sent is flushed by the operating system. */
  close(): void {
    this.#socket.destroy();
  }

  /** Waits for bytes or for the end of the connection. */
  async #activity(limits: { atMost?: number }): Promise<void> {
    const patience = this.#parser.hopeless ? { atMost: SETTLE_MS } : limits;
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
      if (this.#parser.hopeless) throw this.#malformed({ malformed: 'not-a-reply', text: this.#parser.unread() });
      throw this.#interrupted(error.end);
    }
  }

  #end(how: Ended): void {
    this.#ended ??= how;
    this.#wake();
  }

  #malformed(reply: Extract<Cause, { kind: 'malformed' }>['reply']): Interrupted {
    this.#record('server', reply.text);
    // A flood must not go on filling our memory while the finding is written.
    this.#socket.destroy();
    return new Interrupted({ kind: 'malformed', reply });
  }

  #interrupted(cause: Cause): Interrupted {
    if ('heard' in cause && cause.heard !== '') this.#record('server', cause.heard);
    return new Interrupted(cause);
  }

  #record(from: TranscriptLine['from'], text: string): void {
    const atMs = Math.round(this.#deadline.elapsed());
    for (const line of text.split('\n')) this.transcript.push({ from, atMs, text: line });
  }
}
