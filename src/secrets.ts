/** Values that no output may show, in any form: one function, `redact`, stands before everything that is written. */
export class Secrets {
  readonly #values = new Set<string>();
  #forms: RegExp | undefined;

  constructor(values: Iterable<string> = []) {
    for (const value of values) this.add(value);
  }

  /** Takes one more value for a secret: from here on it is redacted as it is, escaped, and inside base64. */
  add(value: string): void {
    if (value === '') return;
    this.#values.add(value);
    this.#forms = undefined;
  }

  /** The text with `***` in the place of every secret. */
  redact(text: string): string {
    if (this.#values.size === 0) return text;
    this.#forms ??= new RegExp([...this.#values].flatMap(forms).sort(longestFirst).join('|'), 'g');
    const once = text.replace(this.#forms, '***');
    // What stood directly behind a match begins a word of its own only now.
    return once === text ? text : once.replace(this.#forms, '***');
  }
}

/** The ways in which a server, an error or a URL may repeat a value, as sources of regular expressions. */
function forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const url = encodeURIComponent(value);
  const escaped = [
    value,
    JSON.stringify(value).slice(1, -1),
    JSON.stringify(value).slice(1, -1).replaceAll('/', '\\/'),
    // As servers and languages without Unicode escape it.
    value.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ...[url, url.replaceAll('%20', '+'), url.replace(/[!'()*]/g, percent)].flatMap((form) => [form, lowerCase(form)]),
    hex,
    hex.toUpperCase(),
    bytes.toString('latin1'),
  ];
  return [...new Set(escaped)].map(literal).concat(insideBase64(value));
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** RFC 3986 §2.1: the digits of a percent-encoding may be of either case. */
function lowerCase(url: string): string {
  return url.replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase());
}

/** A short value is taken for itself only where it stands alone: inside of other words it would shred every text. */
function literal(value: string): string {
  const source = value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return value.length < SHORT ? `(?<![\\w-])${source}(?![\\w-])` : source;
}
const SHORT = 6;

/**
 * Base64 (RFC 4648 §4, §5) of anything that contains the value: three bytes become four characters, so the value's own
 * characters are the same for each of the three places where it can begin. The whole run of base64 goes.
 */
function insideBase64(value: string): string[] {
  const bytes = Buffer.from(value);
  const cores = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    return padded.toString('base64').slice(first, last);
  });
  return cores
    .filter((core) => core.length >= SHORTEST_CORE)
    .map(
      (core) =>
        `(?<![\\w+/-])[\\w+/-]*${core.replace(/[+/]/g, (sign) => (sign === '+' ? '[+-]' : '[/_]'))}[\\w+/-]*={0,2}`,
    )
    .concat(exactly(bytes));
}
const SHORTEST_CORE = 5;

/** The base64 of the value alone, which for a short one is all that can be told from other text. */
function exactly(bytes: Buffer): string[] {
  const text = bytes.toString('base64');
  return [`(?<![\\w+/=])${text.replace(/[+/]/g, '\\$&')}(?![\\w+/=])`];
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
