import { Duplex } from 'node:stream';

/** How much of the beginning is kept, in bytes: more than one reply, less than a flood. */
const KEPT = 1_024;

/**
 * A stream that hands everything on and keeps the first bytes that arrive. TLS reads a socket by itself, so that nothing
 * else tells what a server said in the place of a handshake.
 */
export class RecordedStream extends Duplex {
  #beginning = Buffer.alloc(0);
  readonly #inner: Duplex;

  constructor(inner: Duplex) {
    super();
    this.#inner = inner;
    inner.on('data', (chunk: Buffer) => {
      this.#beginning = Buffer.concat([this.#beginning, chunk.subarray(0, KEPT - this.#beginning.length)]);
      if (!this.push(chunk)) inner.pause();
    });
    inner.once('end', () => this.push(null));
    inner.once('error', (error) => this.destroy(error));
    inner.once('close', () => this.destroy());
  }

  /** The first bytes that arrived, as text. */
  get beginning(): string {
    return this.#beginning.toString('latin1');
  }

  override _read(): void {
    this.#inner.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#inner.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#inner.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#inner.destroy();
    done(error);
  }
}
