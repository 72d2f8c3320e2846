import type { Duplex } from 'node:stream';

/** The most that is taken at once, in bytes, so that what is kept of a flood can be bounded by who takes it. */
const MOST_TAKEN = 64 * 1024;

/**
 * Reads the beginning of a connection and no further: what lies behind it stays in the stream, for whoever takes the
 * connection over after `release`.
 */
export class Incoming {
  /** How the connection ended: `closed`, or the errno. */
  ending: string | null = null;
  readonly #socket: Duplex;
  #wake = () => {};
  readonly #readable = () => this.#wake();
  readonly #failed = ({ code, message }: NodeJS.ErrnoException) => this.#end(code ?? message);
  readonly #closed = () => this.#end('closed');

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('readable', this.#readable).on('error', this.#failed).on('end', this.#closed).on('close', this.#closed);
  }

  /**
   * What has arrived: `size` bytes, or up to 64 KiB of it. `null` when there is not so much, and fewer at the
   * connection's end. What is not taken stays in the stream, which reads no further while it is full.
   */
  take(size?: number): Buffer | null {
    const most = this.#socket.readableLength > MOST_TAKEN ? MOST_TAKEN : undefined;
    return this.#socket.read(size ?? most) as Buffer | null;
  }

  giveBack(bytes: Buffer): void {
    if (bytes.length > 0) this.#socket.unshift(bytes);
  }

  /** Waits for more, or for the end, which has not come yet. */
  more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  release(): void {
    const socket = this.#socket;
    socket
      .off('readable', this.#readable)
      .off('error', this.#failed)
      .off('end', this.#closed)
      .off('close', this.#closed);
  }

  #end(how: string): void {
    this.ending ??= how;
    this.#wake();
  }
}
