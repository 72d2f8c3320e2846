/** A text as it is read under an encoding: for each of its characters, where it began and ended in the original. */
export interface Reading {
  readonly text: string;
  /** `null` where every character stands for itself. */
  readonly map: { readonly from: Uint32Array; readonly to: Uint32Array } | null;
  /** The lines of a reply in one: only what crosses the end of a line is of interest. */
  readonly joined: boolean;
}

/** The range of the original that a range of a reading was read from. */
export function origin({ map }: Reading, from: number, to: number): readonly [number, number] {
  return map ? [map.from[from] ?? 0, map.to[to - 1] ?? 0] : [from, to];
}

/** What a match of a pattern is read as. */
interface Decoder {
  readonly pattern: RegExp;
  readonly decode: (match: RegExpExecArray) => string;
  /** What a text has to contain for it to be written so. */
  readonly mark?: string;
}

const codePoint = (digits: string | undefined, radix: number) => {
  const code = Number.parseInt(digits ?? '', radix);
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\ufffd';
};

/** HTML's names for ASCII's punctuation. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  Tab: '\t',
  NewLine: '\n',
  excl: '!',
  quot: '"',
  QUOT: '"',
  num: '#',
  dollar: '$',
  percnt: '%',
  amp: '&',
  AMP: '&',
  apos: "'",
  lpar: '(',
  rpar: ')',
  ast: '*',
  midast: '*',
  plus: '+',
  comma: ',',
  hyphen: '-',
  dash: '-',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  lt: '<',
  LT: '<',
  equals: '=',
  gt: '>',
  GT: '>',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  Hat: '^',
  lowbar: '_',
  UnderBar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  VerticalLine: '|',
  rcub: '}',
  rbrace: '}',
};
/** HTML's names for U+00A0 to U+00FF, in order. */
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  );
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(PUNCTUATION),
  ...LATIN_1.map((name, i) => [name, String.fromCharCode(0xa0 + i)] as const),
]);

/** What a letter behind a backslash stands for in C, JSON and a shell's `$'…'`. */
const CONTROLS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

const hexByte = (match: RegExpExecArray) => codePoint(match[1], 16);

/** Each pattern takes a bounded number of characters, or a run that no other match can begin in: all are linear. */
const DECODERS: readonly Decoder[] = [
  // HTML, with leading zeros and without the semicolon.
  {
    pattern: /&(?:#0*(\d{1,7})|#[xX]0*([\da-fA-F]{1,6})|([a-zA-Z]{2,12}\d{0,2}));?/g,
    decode: ([all, decimal, hex, name = '']) =>
      decimal !== undefined
        ? codePoint(decimal, 10)
        : hex !== undefined
          ? codePoint(hex, 16)
          : (ENTITIES.get(name) ?? all),
  },
  // Percent (RFC 3986 §2.1), IIS's %uXXXX, and forms, where a plus sign is a space.
  { pattern: /%(?:u([\da-fA-F]{4})|([\da-fA-F]{2}))/g, decode: ([, long, byte]) => codePoint(long ?? byte, 16) },
  {
    pattern: /\+|%([\da-fA-F]{2})/g,
    decode: ([all, byte]) => (all === '+' ? ' ' : codePoint(byte, 16)),
  },
  // C, JSON, JavaScript, and shells; a quote in a quoted word, too.
  {
    pattern: /'\\''|'"'"'|\\(?:u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|x([\da-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g,
    decode: ([all, unit, point, byte, octal, other]) => {
      if (all.startsWith("'")) return "'";
      if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
      if (octal !== undefined) return codePoint(octal, 8);
      if (other !== undefined) return CONTROLS[other] ?? other;
      return codePoint(point ?? byte, 16);
    },
  },
  // A quote in a word that a shell reads between quotes, where nothing else has a meaning.
  { pattern: /'\\''|'"'"'/g, decode: () => "'" },
  // A word that a shell sees as it is: a backslash takes the meaning from the next character, whatever it is.
  { pattern: /\\([^\n])/g, decode: ([, other = '']) => other },
  // Names of the DNS (RFC 1035 §5.1).
  {
    pattern: /\\(?:(\d{3})|([\s\S]))/g,
    decode: ([, decimal, other = '']) => (decimal ? codePoint(decimal, 10) : other),
  },
  // Distinguished names (RFC 4514 §2.4).
  { pattern: /\\(?:([\da-fA-F]{2})|([\s\S]))/g, decode: ([, hex, other = '']) => (hex ? codePoint(hex, 16) : other) },
  // Quoted-printable (RFC 2045 §6.7), its soft line ends included.
  {
    pattern: /=(?:([\da-fA-F]{2})|\r?\n(?:\d{3}[ -])?(?:\d\.\d{1,3}\.\d{1,3}[ \t])?)/g,
    decode: ([, hex]) => (hex ? codePoint(hex, 16) : ''),
  },
  // The same in an encoded word (RFC 2047 §4.2).
  { pattern: /_|=([\da-fA-F]{2})/g, decode: ([, hex]) => (hex ? codePoint(hex, 16) : ' '), mark: '=?' },
  // SMTP's own (RFC 3461 §4).
  { pattern: /\+([\da-fA-F]{2})/g, decode: hexByte },
  // SQL, CSV and PowerShell double a quote.
  { pattern: /''|""/g, decode: ([all]) => all.charAt(0) },
];

/** The end of a line of a reply with the code before the next one, with its enhanced code, and with spaces behind. */
const LINE_END = /\r?\n(?:\d{3}[ -])?/g;
const LINE_END_AND_CODES = /\r?\n(?:\d{3}[ -])?(?:\d\.\d{1,3}\.\d{1,3}[ \t])?/g;
const LINE_END_AND_SPACES = /\r?\n(?:\d{3}[ -]?)?(?:\d\.\d{1,3}\.\d{1,3}[ \t])?[ \t]*/g;
const PACKED: Decoder = { pattern: LINE_END_AND_SPACES, decode: () => '' };
const JOINS: readonly Decoder[] = [
  { pattern: LINE_END, decode: () => '' },
  { pattern: LINE_END_AND_CODES, decode: () => '' },
  PACKED,
  { pattern: LINE_END_AND_SPACES, decode: () => ' ' },
];

/** What may stand between two bytes in hexadecimal. */
const BETWEEN_BYTES: Decoder = { pattern: /\r?\n\d{3}[ -]|\\?0?x|[\s:,.;-]/gi, decode: () => '' };

/** In a longer text what is encoded twice is not looked for: it takes the square of the number of encodings. */
const TWICE_AT_MOST = 8_192;

/** The text under every encoding by itself, and under each two of them where it is short. */
export function readings(text: string): Reading[] {
  const plain: Reading = { text, map: null, joined: false };
  const bases = [plain, ...(text.includes('\n') ? under(plain, JOINS).map((one) => ({ ...one, joined: true })) : [])];
  const isLong = text.length > TWICE_AT_MOST;
  const once = bases.slice(0, isLong ? 2 : bases.length).flatMap((base) => under(base, DECODERS));
  const twice = isLong ? [] : once.flatMap((one) => under(one, DECODERS));
  const seen = new Set<string>();
  return [...bases, ...once, ...twice].filter((reading) => {
    const key = `${reading.joined} ${reading.text}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The text as hexadecimal, whatever separates the bytes, and over the lines of a reply. */
export function hexReadings(text: string): Reading[] {
  const plain: Reading = { text, map: null, joined: false };
  const bases = text.includes('\n') ? [plain, ...under(plain, [PACKED])] : [plain];
  return bases.map((base) => {
    const packed = decoded(base, BETWEEN_BYTES) ?? base;
    // Not the whole of Unicode, whose small letters may be more characters than the capitals.
    return { ...packed, text: packed.text.replace(/[A-F]+/g, (digits) => digits.toLowerCase()) };
  });
}

function under(reading: Reading, decoders: readonly Decoder[]): Reading[] {
  return decoders.flatMap((decoder) => decoded(reading, decoder) ?? []);
}

/** A reading under one more encoding; `null` where nothing is encoded so. */
function decoded(reading: Reading, { pattern, decode, mark = '' }: Decoder): Reading | null {
  const { text, joined } = reading;
  if (!text.includes(mark) || text.search(pattern) === -1) return null;
  const from = new Uint32Array(text.length);
  const to = new Uint32Array(text.length);
  const { map } = reading;
  const parts: string[] = [];
  let length = 0;
  let behind = 0;
  const copy = (until: number) => {
    if (map) {
      from.set(map.from.subarray(behind, until), length);
      to.set(map.to.subarray(behind, until), length);
      length += until - behind;
    } else {
      for (let i = behind; i < until; i += 1) {
        from[length] = i;
        to[length] = i + 1;
        length += 1;
      }
    }
    parts.push(text.slice(behind, until));
  };
  for (const match of text.matchAll(pattern)) {
    copy(match.index);
    behind = match.index + match[0].length;
    const said = decode(match);
    from.fill(map ? (map.from[match.index] ?? 0) : match.index, length, length + said.length);
    to.fill(map ? (map.to[behind - 1] ?? 0) : behind, length, length + said.length);
    length += said.length;
    parts.push(said);
  }
  copy(text.length);
  return { text: parts.join(''), map: { from, to }, joined };
}
