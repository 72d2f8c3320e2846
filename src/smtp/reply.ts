/** A reply (RFC 5321 §4.2): one code over one or more lines, each without its code and line end. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
  /** The code of each line, where a server has mixed them: the last one counts. */
  readonly codes?: readonly number[];
}

/** Bytes that are no reply, or too many of them. `text` is the offending line, or its beginning. */
export interface Malformed {
  readonly malformed: 'not-a-reply' | 'line-too-long' | 'too-many-lines' | 'too-many-bytes';
  readonly text: string;
}

/** What is off RFC 5321 §4.2 in a way that common mail clients read all the same. */
export type DeviationKind = 'empty-line' | 'mixed-codes' | 'odd-separator' | 'unfinished';

/** One deviation, and the line or the reply that has it. */
export interface LineDeviation {
  readonly kind: DeviationKind;
  readonly text: string;
}

/** Bounds of what one conversation may send us: RFC 5321 §4.5.3.1 asks for 512 bytes a line; servers send more. */
export const BOUNDS = { lineBytes: 4096, replyLines: 256, conversationBytes: 256 * 1024 } as const;

const LF = 0x0a;
const CR = 0x0d;
const EMPTY: Uint8Array = new Uint8Array(0);
const LINE = /^([2-5]\d\d)(?:((?=\p{L})|[^\p{L}\p{N}])(.*))?$/su;

/**
 * Cuts a byte stream into replies: push what arrives, then read until `undefined`, which asks for more.
 * A bare LF ends a line as CR LF does; what common mail clients tolerate is read, and kept as a deviation. What was
 * malformed stays malformed.
 */
export class ReplyParser {
  #bytes = EMPTY;
  #received = 0;
  #lines: string[] = [];
  #codes: number[] = [];
  #deviations: LineDeviation[] = [];
  #malformed: Malformed | undefined;
  #torn: Reply | undefined;

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

  /** The deviations since this was asked last, each kind once. */
  takeDeviations(): LineDeviation[] {
    const taken = this.#deviations;
    this.#deviations = [];
    return taken;
  }

  /**
   * What a reply that will not be finished has said so far, where every line of it refuses with one code: nothing that
   * could follow makes it a yes. It is taken out, with what came behind it.
   */
  takeRefusal(): Reply | undefined {
    const torn = this.#torn ?? this.#refusal(decode(this.#bytes.subarray(0, BOUNDS.lineBytes)).replace(/\r$/, ''));
    if (!torn) return undefined;
    this.#torn = undefined;
    this.#bytes = EMPTY;
    this.#lines = [];
    this.#codes = [];
    this.#deviates('unfinished', replyText(torn));
    return torn;
  }

  /** The lines that are whole, and the beginning of the next one if it has a code. */
  #refusal(rest: string): Reply | undefined {
    const [, digits, , text = ''] = LINE.exec(rest) ?? [];
    const codes = [...this.#codes, ...(digits === undefined ? [] : [Number(digits)])];
    const lines = [...this.#lines, ...(digits === undefined ? [] : [text])];
    const [code] = codes;
    if (code === undefined || code < 400 || codes.some((other) => other !== code)) return undefined;
    return { code, lines };
  }

  /** Passes over empty lines, which belong to no reply. */
  skipEmptyLines(): void {
    while (!this.#malformed && this.#startsEmpty()) this.#nextLine();
  }

  /** What has arrived and belongs to no complete reply yet, lines joined with LF. */
  unread(): string {
    const whole = this.#lines.map((text, i) => `${this.#codes[i]}-${text}`);
    const rest = decode(this.#bytes.subarray(0, BOUNDS.lineBytes))
      .replaceAll('\r\n', '\n')
      .replace(/^[\r\n]+/, '');
    return [...whole, ...(rest === '' ? [] : [rest])].join('\n');
  }

  /** True when what has arrived of this line cannot become a reply, whatever follows. */
  get hopeless(): boolean {
    const first = this.#bytes.find((byte) => byte !== CR && byte !== LF);
    return this.#malformed !== undefined || (first !== undefined && (first < 0x32 || first > 0x35));
  }

  #startsEmpty(): boolean {
    return this.#bytes[0] === LF || (this.#bytes[0] === CR && this.#bytes[1] === LF);
  }

  #deviates(kind: DeviationKind, text: string): void {
    if (!this.#deviations.some((deviation) => deviation.kind === kind)) this.#deviations.push({ kind, text });
  }

  #nextLine(): string | undefined {
    const end = this.#bytes.indexOf(LF);
    const length = end === -1 ? this.#bytes.length : end;
    if (length > BOUNDS.lineBytes) this.#fail('line-too-long', decode(this.#bytes.subarray(0, 128)));
    if (end === -1 || this.#malformed) return undefined;
    const text = decode(this.#bytes.subarray(0, this.#bytes[end - 1] === CR ? end - 1 : end));
    this.#bytes = this.#bytes.subarray(end + 1);
    if (text === '') this.#deviates('empty-line', '');
    return text;
  }

  #take(line: string): Reply | undefined {
    if (line === '') return undefined;
    const [, digits, separator, text = ''] = LINE.exec(line) ?? [];
    if (digits === undefined) return this.#fail('not-a-reply', line);
    if (this.#lines.length === BOUNDS.replyLines) return this.#fail('too-many-lines', line);
    if (separator !== undefined && !/[ -]/.test(separator)) this.#deviates('odd-separator', line);
    this.#codes.push(Number(digits));
    this.#lines.push(text);
    return separator === '-' ? undefined : this.#complete();
  }

  /** RFC 5321 §4.2.1 wants one code in all lines; of several, clients take the last one. */
  #complete(): Reply {
    const [lines, codes] = [this.#lines, this.#codes];
    this.#lines = [];
    this.#codes = [];
    const code = codes.at(-1) ?? 0;
    if (codes.every((other) => other === code)) return { code, lines };
    const mixed = { code, lines, codes };
    this.#deviates('mixed-codes', replyText(mixed));
    return mixed;
  }

  #fail(malformed: Malformed['malformed'], text: string): undefined {
    // What is over a bound is no refusal: it has no end.
    if (malformed === 'not-a-reply') this.#torn = this.#refusal('');
    this.#malformed = { malformed, text };
    this.#bytes = EMPTY;
    this.#lines = [];
    this.#codes = [];
  }
}

/** Codes of 2xx that mean one thing alone (RFC 5321 §4.2.3, RFC 4954 §4): in another's place they answer another command. */
const OF_ONE_COMMAND: ReadonlySet<number> = new Set([211, 214, 220, 221, 235, 250]);

/** Whether a reply says yes where `meant` is the code for it; an unknown code counts by its first digit (RFC 5321 §4.3.2). */
export function isYes({ code }: Reply, meant: 220 | 250): boolean {
  return code === meant || (code >= 200 && code < 300 && !OF_ONE_COMMAND.has(code));
}

/** Whether a command is not known, not implemented, or out of sequence (RFC 5321 §4.2.4). */
export function isUnknownCommand({ code }: Reply): boolean {
  return code === 500 || code === 502 || code === 503;
}

/** Whether a reply, as it was sent, refuses a command as one that is not known, cannot be read, or is out of sequence (RFC 5321 §4.2.4). */
export function refusesCommand(text: string): boolean {
  return /^50[0-3](?:[ -]|$)/.test(text);
}

/** A reply as it was sent, lines joined with LF. */
export function replyText(reply: Reply): string {
  const last = reply.lines.length - 1;
  const code = (i: number) => reply.codes?.[i] ?? reply.code;
  return reply.lines.map((text, i) => `${code(i)}${i === last ? ' ' : '-'}${text}`).join('\n');
}

/** What decides of a reply whose lines have different codes: those with the last line's; of any other, all of it. */
export function decidingPart(reply: Reply): Reply {
  const { code, lines, codes } = reply;
  return codes ? { code, lines: lines.filter((_, i) => codes[i] === code) } : reply;
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
