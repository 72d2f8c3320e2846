/**
 * How far a match reaches: over itself; over the whole run of base64 around it, whose other characters may hold the
 * bits at the value's edges; or over the whole word, where only a piece of a long value is looked for.
 */
export type Reach = 'itself' | 'run' | 'word';

export interface Form {
  readonly text: string;
  readonly reach: Reach;
}

/** The ways in which a value may be repeated that are not undone by decoding, those in hexadecimal apart. */
export interface Forms {
  readonly texts: readonly Form[];
  /** In small letters, without separators. */
  readonly hex: readonly string[];
}

/** Values that are shorter are looked for only where they stand alone: inside of other words they would shred every text. */
export const SHORT = 6;
/** The least that is taken for a part of a value in base64, in characters. */
const SHORTEST_CORE = 5;
/** A longer value is looked for in pieces, so that an answer that was cut holds none, and their number is bounded. */
const LONG = 64;
const PIECE = 32;
const MOST_PIECES = 128;
const DIGESTS = ['md5', 'sha1', 'sha256', 'sha512'] as const;

/** Every target of a run has the same secrets: their forms are made once. */
const known = new Map<string, Forms>();
const MOST_KNOWN = 32;

/** The forms of a value of at least `SHORT` characters. */
export function formsOf(value: string): Forms {
  const forms = known.get(value) ?? makeForms(value);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(value, forms);
  return forms;
}

function makeForms(value: string): Forms {
  const pieces = value.length > LONG ? piecesOf(value) : [value];
  const whole = value.length > LONG ? 'word' : 'itself';
  const texts = new Map<string, Form>();
  const hex = new Set<string>();
  const add = (text: string, reach: Reach) => {
    if (text.length >= SHORTEST_CORE && !texts.has(text)) texts.set(text, { text, reach });
  };
  for (const piece of pieces) {
    for (const text of spellings(piece)) add(text, whole);
    for (const bytes of bytesOf(piece)) {
      hex.add(bytes.toString('hex'));
      for (const core of cores(bytes)) {
        addBase64(core, add);
        // Base64 of base64, as of a whole message that is wrapped once more.
        for (const outer of cores(Buffer.from(core))) addBase64(outer, add);
      }
    }
  }
  // Without login there is no need of it, and to load it takes time.
  const { createHash } = process.getBuiltinModule('node:crypto');
  for (const name of DIGESTS) {
    const digest = createHash(name).update(value).digest();
    hex.add(digest.toString('hex'));
    addBase64(digest.toString('base64').replace(/=+$/, ''), add);
  }
  return { texts: [...texts.values()], hex: [...hex].filter((text) => text.length >= 2 * SHORT) };
}

function addBase64(core: string, add: (text: string, reach: Reach) => void): void {
  add(core, 'run');
  add(core.replaceAll('+', '-').replaceAll('/', '_'), 'run');
}

/** A value as text: as it is, normalised (RFC 4013), in other case, and as UTF-8 that was read as Latin-1. */
function spellings(value: string): string[] {
  const normal = (['NFC', 'NFD', 'NFKC'] as const).map((form) => value.normalize(form));
  return [value, ...normal, value.toLowerCase(), value.toUpperCase()].flatMap((text) => [
    text,
    Buffer.from(text).toString('latin1'),
  ]);
}

/** A value as bytes: UTF-8, Latin-1 where it can be written so, and UTF-16 as Windows has it. */
function bytesOf(value: string): Buffer[] {
  const latin1 = /[^\0-\x7f]/.test(value) && /^[\0-\xff]*$/.test(value) ? [Buffer.from(value, 'latin1')] : [];
  return [Buffer.from(value), ...latin1, Buffer.from(value, 'utf16le')];
}

/**
 * Base64 (RFC 4648 §4) of anything that contains the bytes: three bytes become four characters, so their own characters
 * are the same for each of the three places where they can begin.
 */
function cores(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    const core = padded.toString('base64').slice(first, last);
    return core.length >= SHORTEST_CORE ? [core] : [];
  });
}

/** Pieces that cover a long value, or lie evenly in one that is longer than any line of a server. */
function piecesOf(value: string): string[] {
  const step = Math.max(PIECE, Math.ceil((value.length - PIECE) / (MOST_PIECES - 1)));
  const pieces: string[] = [];
  for (let at = 0; at + PIECE < value.length; at += step) pieces.push(value.slice(at, at + PIECE));
  return [...pieces, value.slice(-PIECE)];
}
