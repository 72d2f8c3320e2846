import { type Form, formsOf, SHORT } from './secret-forms.ts';
import { hexReadings, origin, type Reading, readings } from './secret-readings.ts';

type Range = readonly [from: number, to: number];

const HIDDEN = '***';
/** The lines of a value that are secrets for themselves, in characters. */
const SHORTEST_LINE = 4;

/**
 * What the protocol itself says, and what everybody knows: it would prove nothing as a password, and redacted it would
 * take the sense from every reply.
 */
const WORDS: ReadonlySet<string> = new Set(
  'smtp esmtp lmtp smtps starttls tls ssl auth plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external pipelining size 8bitmime smtputf8 chunking dsn enhancedstatuscodes binarymime etrn vrfy expn help ehlo helo lhlo mail rcpt data rset noop quit from to ok ready hello bye'.split(
    ' ',
  ),
);
/** SCRAM's proof, or CRAM-MD5's digest, at the end of a message. */
const PROOF = /,p=([A-Za-z\d+/=]+)$| ([\da-f]{32})$/;
const NUMBER = /^\d{1,3}$/;

/** Values that no output may show, in any form: one function, `redact`, stands before everything that is written. */
export class Secrets {
  readonly #values = new Set<string>();
  /** Values that are not in the indexes yet. */
  #waiting: string[] = [];
  readonly #texts = new Index();
  readonly #hex = new Index();
  readonly #short: string[] = [];
  #alone: RegExp | null = null;

  /** `others` are secrets as well: of many targets, each has its own and those of all. */
  constructor(
    values: Iterable<string> = [],
    readonly others: Secrets | null = null,
  ) {
    for (const value of values) this.add(value);
  }

  /** Takes one more value for a secret, and each line of it: from here on it is redacted, however it is encoded. */
  add(value: string): void {
    // What a PEM begins and ends with is the same for everybody.
    const isSecret = (line: string) => line.length >= SHORTEST_LINE && !line.startsWith('-----');
    for (const one of /[\r\n]/.test(value) ? value.split(/[\r\n]+/).filter(isSecret) : [value]) {
      if (one === '' || this.#isKnown(one) || WORDS.has(one.toLowerCase()) || NUMBER.test(one)) continue;
      this.#values.add(one);
      this.#waiting.push(one);
    }
  }

  #isKnown(value: string): boolean {
    if (this.#values.has(value)) return true;
    return this.others ? this.others.#isKnown(value) : false;
  }

  /** Takes a message of SASL that goes out, in base64, for a secret, and the proof in it (RFC 2195 §2, RFC 5802 §7). */
  addMessage(base64: string): void {
    this.add(base64);
    const [, proof, digest] = PROOF.exec(Buffer.from(base64, 'base64').toString('latin1')) ?? [];
    if (proof !== undefined) this.#addBoth(proof, Buffer.from(proof, 'base64').toString('hex'));
    if (digest !== undefined) this.#addBoth(digest, Buffer.from(digest, 'hex').toString('base64'));
  }

  #addBoth(value: string, otherwise: string): void {
    this.add(value);
    this.add(otherwise);
  }

  /** Makes ready for what will be redacted, so that it takes no part of the time in which a server answers. */
  prepare(): this {
    this.#index();
    return this;
  }

  get empty(): boolean {
    return this.#values.size === 0 && this.others?.empty !== false;
  }

  /** Whether a text holds a secret that is long enough to be found inside of words. */
  holds(text: string): boolean {
    if (this.empty) return false;
    this.#index();
    if (this.others?.holds(text)) return true;
    const found = readings(text).some((reading) => this.#texts.find(reading.text, false).length > 0);
    return found || hexReadings(text).some((reading) => this.#hex.find(reading.text, false).length > 0);
  }

  /**
   * The text with `***` in the place of every secret, and of every line that holds a part of one. Of a text that was
   * `cut`, the beginning of a secret at its end goes as well.
   */
  redact(text: string, { cut = false }: { cut?: boolean } = {}): string {
    if (this.empty || text === '') return text;
    this.#index();
    const once = hide(text, this.#rangesIn(text, cut));
    // What stood directly behind a match begins a word of its own only now.
    return once === text || !this.#hasShort ? once : hide(once, this.#rangesIn(once, false));
  }

  /** The lines of one reply, redacted as the one text that they are; as many as there were. */
  redactLines(lines: readonly string[]): string[] {
    if (this.empty) return [...lines];
    // A line end in a line would make two of it.
    if (lines.some((line) => line.includes('\n'))) return lines.map((line) => this.redact(line));
    return this.redact(lines.join('\n')).split('\n');
  }

  #index(): void {
    if (this.others) this.others.#index();
    if (this.#waiting.length === 0) return;
    for (const value of this.#waiting) {
      if (value.length < SHORT) this.#short.push(value);
      else {
        const { texts, hex } = formsOf(value);
        for (const form of texts) this.#texts.add(form);
        for (const text of hex) this.#hex.add({ text, reach: 'itself' });
      }
    }
    this.#waiting = [];
    const sources = this.#short.flatMap(aloneForms).sort((a, b) => b.length - a.length);
    this.#alone = sources.length > 0 ? new RegExp(sources.join('|'), 'g') : null;
  }

  get #hasShort(): boolean {
    if (this.#alone) return true;
    return this.others ? this.others.#hasShort : false;
  }

  #rangesIn(text: string, cut: boolean): Range[] {
    const ranges: Range[] = this.others ? this.others.#rangesIn(text, cut) : [];
    const look = (reading: Reading, index: Index) => {
      for (const [from, to] of index.find(reading.text, !reading.joined)) {
        const range = origin(reading, from, to);
        if (!reading.joined || text.slice(...range).includes('\n')) ranges.push(range);
      }
    };
    for (const reading of readings(text)) {
      look(reading, this.#texts);
      if (!this.#alone || reading.joined) continue;
      for (const match of reading.text.matchAll(this.#alone)) {
        ranges.push(origin(reading, match.index, match.index + match[0].length));
      }
    }
    for (const reading of hexReadings(text)) look(reading, this.#hex);
    if (cut) ranges.push(...this.#beginningIn(text));
    return ranges;
  }

  /** The beginning of a secret that stands at the end of a text, whatever it is read as, where there is one. */
  #beginningIn(text: string): Range[] {
    // A soft line end is one only with the line end.
    const all = readings(`${text}\n`).map((reading) => [reading, this.#texts] as const);
    const hex = hexReadings(text).map((reading) => [reading, this.#hex] as const);
    const starts = [...all, ...hex].flatMap(([reading, index]) => {
      const end = reading.text.endsWith('\n') ? reading.text.length - 1 : reading.text.length;
      const kept = index.beginningAt(reading.text, end);
      return kept > 0 ? [origin(reading, end - kept, end)[0]] : [];
    });
    return starts.length > 0 ? [[Math.min(...starts), text.length]] : [];
  }
}

/** The text without these ranges; lines that share one go as a whole. */
function hide(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let behind = 0;
  let hidden = -1;
  const whole = ranges.map(([from, to]) => wholeLines(text, from, to)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  for (const [from, to] of whole) {
    if (to <= hidden) continue;
    const start = Math.max(from, behind);
    if (from >= hidden) parts.push(text.slice(behind, start), HIDDEN);
    const more = text.slice(start, to).split('\n').length - 1;
    parts.push(`\n${HIDDEN}`.repeat(more));
    behind = to;
    hidden = to;
  }
  return parts.length === 0 ? text : parts.concat(text.slice(behind)).join('');
}

function wholeLines(text: string, from: number, to: number): Range {
  if (!text.slice(from, to).includes('\n')) return [from, to];
  const end = text.indexOf('\n', to);
  return [from === 0 ? 0 : text.lastIndexOf('\n', from - 1) + 1, end === -1 ? text.length : end];
}

/** What a form that was found covers; `null` within what a run or a word has already reached. */
function rangeOf(
  { text: { length }, reach: how }: Form,
  { text, start, reached, mayReach }: { text: string; start: number; reached: number; mayReach: boolean },
): Range | null {
  const end = start + length;
  if (how === 'itself' || !mayReach) return [start, end];
  return end > reached ? reach(text, [start, end], how === 'run' ? IN_BASE64 : IN_WORD, reached) : null;
}

/** Finds any of many forms in one pass over a text, by their first four characters. */
class Index {
  readonly #byBeginning = new Map<number, Form[]>();
  /** Whether any form may have a beginning: far quicker to ask than the map. Without forms there is none. */
  #may: Uint8Array | null = null;

  add(form: Form): void {
    const key = beginningOf(form.text);
    const forms = this.#byBeginning.get(key);
    this.#may ??= new Uint8Array(FILTER);
    this.#may[filterOf(key)] = 1;
    if (!forms) this.#byBeginning.set(key, [form]);
    else if (!forms.some(({ text }) => text === form.text)) forms.push(form);
  }

  /** Where the forms are, each with what it reaches to. */
  find(text: string, mayReach: boolean): Range[] {
    const may = this.#may;
    if (!may) return [];
    const found: Range[] = [];
    let key = 0;
    let reached = 0;
    for (let i = 0; i < text.length; i += 1) {
      key = pushed(key, text, i);
      const start = i - KEY + 1;
      const forms = start >= 0 && may[filterOf(key)] ? this.#byBeginning.get(key) : undefined;
      if (!forms) continue;
      for (const form of forms) {
        const range = text.startsWith(form.text, start) ? rangeOf(form, { text, start, reached, mayReach }) : null;
        if (!range) continue;
        found.push(range);
        reached = Math.max(reached, range[1]);
      }
    }
    return found;
  }

  /** How many characters before `end`, at least `KEY`, are the beginning of a form. */
  beginningAt(text: string, end: number): number {
    for (let start = Math.max(0, end - LONGEST); start <= end - KEY; start += 1) {
      const tail = text.slice(start, end);
      const forms = this.#byBeginning.get(beginningOf(tail)) ?? [];
      if (forms.some((form) => form.text.startsWith(tail))) return tail.length;
    }
    return 0;
  }
}

/** How many characters a form is found by; less of a beginning is not taken for one. */
const KEY = 4;
/** The most of a beginning that is looked for, which is more than any form has. */
const LONGEST = 256;
const FILTER = 0x1_00_00;

function filterOf(key: number): number {
  return (key ^ (key >>> 13)) & (FILTER - 1);
}

function pushed(key: number, text: string, at: number): number {
  return (key << 8) | (text.charCodeAt(at) & 0xff);
}

function beginningOf(text: string): number {
  let key = 0;
  for (let i = 0; i < KEY; i += 1) key = pushed(key, text, i);
  return key;
}

const IN_BASE64 = /[\w+/-]/;
const IN_WORD = /\S/;

/** A range with the characters of one kind on both sides of it, and padding behind it, but none before `least`. */
function reach(text: string, [from, to]: Range, kind: RegExp, least: number): Range {
  let start = from;
  let end = to;
  while (start > least && kind.test(text.charAt(start - 1))) start -= 1;
  while (end < text.length && kind.test(text.charAt(end))) end += 1;
  for (let i = 0; i < 2 && text.charAt(end) === '='; i += 1) end += 1;
  return [start, end];
}

/** A short value where it stands alone, as itself or in base64 or hexadecimal, as sources of regular expressions. */
function aloneForms(value: string): string[] {
  const bytes = Buffer.from(value);
  const base64 = bytes.toString('base64');
  const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const spelled = [...new Set([value, bytes.toString('latin1')])];
  // Two characters of base64 or hexadecimal may mean anything.
  const hex = bytes.length > 2 ? [bytes.toString('hex'), bytes.toString('hex').toUpperCase()] : [];
  const padding = /=*$/.exec(base64)?.[0] ?? '';
  const open = literal(base64.slice(0, base64.length - padding.length));
  return [
    ...[...spelled, ...hex].map((text) => `(?<![\\w-])${literal(text)}(?![\\w-])`),
    `(?<![\\w+/=-])${open}${bytes.length > 2 ? `(?:${padding})?` : padding}(?![\\w+/=-])`,
  ];
}
