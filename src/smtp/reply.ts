/** A reply (RFC 5321 §4.2): one code over one or more lines, each without its code and line end. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Bytes that are no reply, or too many of them. `text` is the offending line, or its beginning. */
export interface Malformed {
  readonly malformed: 'not-a-reply' | 'codes-differ' | 'line-too-long' | 'too-many-lines' | 'too-many-bytes';
  readonly text: string;
}

/** What is off RFC 5321 §4.2 in a way that common mail clients read all the same. */
export type DeviationKind = 'empty-line' | 'mixed-codes' | 'odd-separator';

/** Bounds of what one conversation may send us: RFC 5321 §4.5.3.1 asks for 512 bytes a line; servers send more. */
export const BOUNDS = { lineBytes: 4096, replyLines: 256, conversationBytes: 256 * 1024 } as const;

const LF = 0x0a;
const CR = 0x0d;
const EMPTY: Uint8Array = new Uint8Array(0);
const LINE = /^([2-5]\d\d)(?:([ -])(.*))?$/s;

/**
 * Cuts a byte stream into replies: push what arrives, then read until `undefined`, which asks for more.
 * A bare LF ends a line as CR LF does. What was malformed stays malformed.
 */
export class ReplyParser {
  #bytes = EMPTY;
  #received = 0;
  #lines: string[] = [];
  #code = 0;
  #malformed: Malformed | undefined;

  push(chunk: Uint8Array): void {
    this.#received += chunk.length;
    if (this.#received > BOUNDS.conversationBytes) return;
    this.#bytes = this.#bytes.length === 0 ? chunk : concat(this.#bytes, chunk);
  }

  /** The next complete reply, the reason why there can be none, or `undefined` when more bytes are needed. */
  read(): Reply | Malformed | undefined {
    while (!this.#malformed) {
      const line = this.#nextLine();
      if (line === undefined) break;
      const reply = this.#take(line);
      if (reply) return reply;
    }
    if (!this.#malformed && this.#received > BOUNDS.conversationBytes) {
      this.#fail('too-many-bytes', this.unread());
    }
    return this.#malformed;
  }

  /** What has arrived and belongs to no complete reply yet, lines joined with LF. */
  unread(): string {
    const whole = this.#lines.map((text) => `${this.#code}-${text}`);
    const rest = decode(this.#bytes.subarray(0, BOUNDS.lineBytes)).replaceAll('\r\n', '\n');
    return [...whole, ...(rest === '' ? [] : [rest])].join('\n');
  }

  /** True when what has arrived of this line cannot become a reply, whatever follows. */
  get hopeless(): boolean {
    const first = this.#bytes[0];
    return this.#malformed !== undefined || (first !== undefined && (first < 0x32 || first > 0x35));
  }

  #nextLine(): string | undefined {
    const end = this.#bytes.indexOf(LF);
    const length = end === -1 ? this.#bytes.length : end;
    if (length > BOUNDS.lineBytes) this.#fail('line-too-long', decode(this.#bytes.subarray(0, 128)));
    if (end === -1 || this.#malformed) return undefined;
    const text = decode(this.#bytes.subarray(0, this.#bytes[end - 1] === CR ? end - 1 : end));
    this.#bytes = this.#bytes.subarray(end + 1);
    return text;
  }

  #take(line: string): Reply | undefined {
    const match = LINE.exec(line);
    if (!match) return this.#fail('not-a-reply', line);
    const code = Number(match[1]);
    if (this.#lines.length > 0 && code !== this.#code) return this.#fail('codes-differ', line);
    if (this.#lines.length === BOUNDS.replyLines) return this.#fail('too-many-lines', line);
    this.#code = code;
    this.#lines.push(match[3] ?? '');
    if (match[2] === '-') return undefined;
    const lines = this.#lines;
    this.#lines = [];
    return { code, lines };
  }

  #fail(malformed: Malformed['malformed'], text: string): undefined {
    this.#malformed = { malformed, text };
    this.#bytes = EMPTY;
  }
}

/** A reply as it was sent, lines joined with LF. */
export function replyText(reply: Reply): string {
  const last = reply.lines.length - 1;
  return reply.lines.map((text, i) => `${reply.code}${i === last ? ' ' : '-'}${text}`).join('\n');
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Text as UTF-8 (RFC 6531 §3.7.4), or byte by byte when it is none, so that no byte is lost. */
function decode(bytes: Uint8Array): string {
  if (bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not TextDecoder, whose "latin1" is windows-1252 on newer versions of Node.
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
}
