import type { ProxyFailure } from '../../model/observation.ts';
import type { Secrets } from '../../shared/redaction.ts';
import type { Wire } from '../connect.ts';
import { type Deadline, Interrupted } from '../deadline.ts';
import { Incoming } from './socket-reader.ts';

/** What a proxy is asked for. */
export interface Destination {
  readonly host: string;
  readonly port: number;
}

export interface ExchangeIo {
  readonly deadline: Deadline;
  readonly secrets: Secrets;
}

/** The proxy's fault, as the end of an attempt. */
export function proxyFault(failure: ProxyFailure): Interrupted {
  return new Interrupted({ kind: 'proxy', ...failure });
}

/** The most that is kept of a proxy's words, in characters. */
const KEPT = 300;

/**
 * Asks a proxy and reads its answers, all in the time of one step. When the time is over, or the connection, a proxy
 * that has said something has said garbage, and one that has not cannot be reached.
 */
export async function exchange(
  socket: Wire,
  { deadline, secrets }: ExchangeIo,
  work: (talk: ProxyTalk) => Promise<void>,
): Promise<void> {
  const talk = new ProxyTalk(socket, secrets);
  try {
    await deadline.wait(() => work(talk));
  } catch (error) {
    if (!(error instanceof Interrupted) || error.end.kind === 'proxy') throw error;
    throw talk.broken('timeout');
  } finally {
    talk.release();
  }
}

/** The side of the conversation with a proxy that reads, and never beyond the proxy's own words. */
export class ProxyTalk {
  #heard = '';
  readonly #incoming: Incoming;

  constructor(
    private readonly socket: Wire,
    private readonly secrets: Secrets,
  ) {
    this.#incoming = new Incoming(socket);
  }

  /** Asks; what was heard before was another answer. */
  write(bytes: Uint8Array | string): void {
    this.#heard = '';
    this.socket.write(bytes);
  }

  /** Exactly `size` bytes. */
  async bytes(size: number): Promise<Buffer> {
    for (;;) {
      const bytes = this.#incoming.take(size);
      if (bytes) this.#heard += bytes.toString('latin1');
      if (bytes?.length === size) return bytes;
      if (bytes || this.#incoming.ending) throw this.broken(this.#incoming.ending ?? 'closed');
      await this.#incoming.more();
    }
  }

  /** Whatever has arrived, as one character a byte. */
  async some(): Promise<string> {
    for (;;) {
      const text = this.#incoming.take()?.toString('latin1') ?? '';
      this.#heard += text;
      if (text !== '') return text;
      if (this.#incoming.ending) throw this.broken(this.#incoming.ending);
      await this.#incoming.more();
    }
  }

  /** Gives back what belongs to the conversation behind the proxy's answer. */
  giveBack(text: string): void {
    this.#incoming.giveBack(Buffer.from(text, 'latin1'));
  }

  /** The proxy's words as they may be kept. */
  quote(text: string): string {
    const kept = this.secrets.redact(Buffer.from(text, 'latin1').toString());
    return kept.length > KEPT ? `${kept.slice(0, KEPT)}…` : kept;
  }

  /** An answer that is none: what was heard, whatever else has arrived with it included. */
  garbage(what: string): Interrupted {
    const all = this.#heard + (this.#incoming.take()?.toString('latin1') ?? '');
    return proxyFault({ what: 'garbage', said: `${what}: ${this.quote(all)}` });
  }

  /** The connection, or the time, is over before the answer was. */
  broken(errno: string): Interrupted {
    if (this.#heard !== '')
      return this.garbage(errno === 'timeout' ? 'half an answer in time' : `half an answer, then ${errno}`);
    return proxyFault({ what: 'unreachable', stage: 'answer', errno, dialled: [] });
  }

  release(): void {
    this.#incoming.release();
  }
}
