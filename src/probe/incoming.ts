import type { Duplex } from 'node:stream';

/** How a connection ended. */
export type Ending = { readonly kind: 'closed' } | { readonly kind: 'reset'; readonly errno: string };

/**
 * Reads the beginning of a connection and no further: what lies behind it stays in the stream, for whoever takes the
 * connection over after `release`.
 */
export class Incoming {
  ending: Ending | null = null;
  readonly #socket: Duplex;
  #wake = () => {};
  readonly #readable = () => this.#wake();
  readonly #failed = ({ code, message }: NodeJS.ErrnoException) => this.#end({ kind: 'reset', errno: code ?? message });
  readonly #closed = () => this.#end({ kind: 'closed' });

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('readable', this.#readable).on('error', this.#failed).on('end', this.#closed).on('close', this.#closed);
  }

  /** What has arrived: `size` bytes, or all of it. `null` when there is not so much, and fewer at the connection's end. */
  take(size?: number): Buffer | null {
    return this.#socket.read(size) as Buffer | null;
  }

  giveBack(bytes: Buffer): void {
    if (bytes.length > 0) this.#socket.unshift(bytes);
  }

  /** Waits for more, or for the end. */
  async more(): Promise<void> {
    if (this.ending) return;
    await new Promise<void>((resolve) => {
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

  #end(how: Ending): void {
    this.ending ??= how;
    this.#wake();
  }
}
