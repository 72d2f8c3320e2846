/** The fields of a header (RFC 5322 §2.2), unfolded, in their order; names in lower case. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** So many fields are read; a message has some dozens. */
const MOST_FIELDS = 1_000;

/** Reads a header, which may be cut off anywhere: what is no field is passed over. */
export function readFields(bytes: Uint8Array): Fields {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  const end = lines.indexOf('');
  const logical: string[][] = [];
  for (const line of end === -1 ? lines : lines.slice(0, end)) {
    if (/^[ \t]/.test(line)) logical.at(-1)?.push(line.trim());
    else logical.push([line]);
  }
  return logical.flatMap((parts) => fieldIn(parts.join(' '))).slice(0, MOST_FIELDS);
}

function fieldIn(line: string): [string, string][] {
  const colon = line.indexOf(':');
  const name = colon > 0 ? line.slice(0, colon).trimEnd() : '';
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) return [];
  return [[name.toLowerCase(), line.slice(colon + 1).trim()]];
}

/** The values of all fields of one name, the topmost first. */
export function valuesOf(fields: Fields, name: string): string[] {
  return fields.filter(([one]) => one === name).map(([, value]) => value);
}

/** An escaped character, a run of plain ones (bounded, because a long one takes the stack), or one that has a meaning. */
const PIECES = /\\.|[^\\"()]{1,1024}|./gs;

/** A value without its comments (RFC 5322 §3.2.2), which nest; what is in quotes stays. In linear time. */
export function withoutComments(value: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (const [piece] of value.matchAll(PIECES)) {
    const before = depth;
    if (!quoted) depth = depthBehind(piece, depth);
    // A comment parts two words, as white space does.
    if (before > 0) out += depth === 0 ? ' ' : '';
    else if (depth === 0) out += piece;
    if (before === 0 && piece === '"') quoted = !quoted;
  }
  return out;
}

function depthBehind(piece: string, depth: number): number {
  if (piece === '(') return depth + 1;
  return piece === ')' ? Math.max(0, depth - 1) : depth;
}

/** A value in parts at a sign that is not in quotes. */
export function splitOutsideQuotes(value: string, sign: string): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  for (let i = 0; i < value.length; i += 1) {
    const one = value.charAt(i);
    if (quoted && one === '\\') i += 1;
    else if (one === '"') quoted = !quoted;
    else if (!quoted && one === sign) {
      parts.push(value.slice(from, i));
      from = i + 1;
    }
  }
  return [...parts, value.slice(from)];
}

/** A word or a quoted string as the text that it stands for. */
export function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text.trim())?.[1];
  return inner === undefined ? text.trim() : inner.replace(/\\(.)/gs, '$1');
}

/** What of encoded words (RFC 2047 §2) can be read whatever their charset: ASCII. White space between two of them is no text. */
export function withoutEncoding(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?\s]{1,75}\?([bq])\?([^?\s]*)\?=/gi, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('latin1') : fromQ(text),
    );
}

/** RFC 2047 §4.2. */
function fromQ(text: string): string {
  return text
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
