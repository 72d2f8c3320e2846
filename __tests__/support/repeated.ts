/** How a server may repeat a value; each is what another library's encoder would write, and none is taken from src/. */
export type Encoder = (value: string) => string;

const bytesOf = (text: string) => [...Buffer.from(text)];
const hexOf = (byte: number) => byte.toString(16).padStart(2, '0');
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64');
const each = (encode: (byte: number, i: number) => string) => (value: string) =>
  bytesOf(value)
    .map((byte, i) => encode(byte, i))
    .join('');
const eachUnit = (encode: (unit: number, i: number) => string) => (value: string) =>
  Array.from({ length: value.length }, (_, i) => encode(value.charCodeAt(i), i)).join('');
const eachPoint = (encode: (point: number, i: number) => string) => (value: string) =>
  [...value].map((character, i) => encode(character.codePointAt(0) ?? 0, i)).join('');
const isWord = (byte: number) => /[a-zA-Z\d]/.test(String.fromCharCode(byte));

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '!': '&excl;',
  '#': '&num;',
  $: '&dollar;',
  '%': '&percnt;',
  '(': '&lpar;',
  ')': '&rpar;',
  '*': '&ast;',
  '+': '&plus;',
  ',': '&comma;',
  '.': '&period;',
  '/': '&sol;',
  ':': '&colon;',
  ';': '&semi;',
  '=': '&equals;',
  '?': '&quest;',
  '@': '&commat;',
  '[': '&lsqb;',
  '\\': '&bsol;',
  ']': '&rsqb;',
  '^': '&Hat;',
  _: '&lowbar;',
  '`': '&grave;',
  '{': '&lcub;',
  '|': '&verbar;',
  '}': '&rcub;',
  ö: '&ouml;',
  é: '&eacute;',
};

/** Forms that stand in a line. */
export const ENCODERS: Readonly<Record<string, Encoder>> = {
  'as it is': (value) => value,
  'in capitals': (value) => value.toUpperCase(),
  'as JSON': (value) => JSON.stringify(value),
  'as JSON with every character escaped': eachUnit((unit) => `\\u${unit.toString(16).padStart(4, '0')}`),
  'as JSON with some characters escaped': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[a-m]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`),
  'as HTML': (value) => value.replace(/[&<>"']/g, (character) => NAMED[character] ?? ''),
  'as HTML with all names there are': (value) => value.replace(/./gu, (character) => NAMED[character] ?? character),
  'as HTML in decimal': eachPoint((point) => `&#${point};`),
  'as HTML in decimal with leading zeros': eachPoint((point) => `&#${String(point).padStart(12, '0')};`),
  'as HTML in hexadecimal': eachPoint((point, i) =>
    i % 2 ? `&#x${point.toString(16)};` : `&#X00${point.toString(16).toUpperCase()};`,
  ),
  'as HTML twice': (value) => value.replace(/[^a-z]/gu, (character) => `&amp;#${character.codePointAt(0)};`),
  'as a URL': encodeURIComponent,
  'as a URL with every byte escaped': each((byte) => `%${hexOf(byte)}`),
  'as a URL with every other byte escaped': each((byte, i) =>
    isWord(byte) && i % 2 ? String.fromCharCode(byte) : `%${hexOf(byte).toUpperCase()}`,
  ),
  'as a form': (value) => new URLSearchParams([['', value]]).toString().slice(1),
  'as a URL twice': (value) => encodeURIComponent(encodeURIComponent(value)),
  'in a shell’s quotes': (value) => `'${value.replaceAll("'", "'\\''")}'`,
  'in a shell’s other quotes': (value) => `'${value.replaceAll("'", `'"'"'`)}'`,
  'in a shell’s double quotes': (value) => `"${value.replace(/[$`"\\!]/g, '\\$&')}"`,
  'with backslashes': (value) => value.replace(/[^a-zA-Z\d]/gu, '\\$&'),
  'in C’s hexadecimal': each((byte) => `\\x${hexOf(byte)}`),
  'in C’s octal': each((byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  'in the DNS’s decimal': each((byte) =>
    isWord(byte) ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`,
  ),
  'as a distinguished name': each((byte) =>
    isWord(byte) ? String.fromCharCode(byte) : `\\${hexOf(byte).toUpperCase()}`,
  ),
  'in quoted-printable': each((byte) => `=${hexOf(byte).toUpperCase()}`),
  'in some quoted-printable': each((byte) =>
    isWord(byte) ? String.fromCharCode(byte) : `=${hexOf(byte).toUpperCase()}`,
  ),
  'in xtext': each((byte) => (isWord(byte) ? String.fromCharCode(byte) : `+${hexOf(byte).toUpperCase()}`)),
  'with its quotes doubled': (value) => `"${value.replaceAll('"', '""')}"`,
  'in hexadecimal': each(hexOf),
  'in hexadecimal with colons': (value) => bytesOf(value).map(hexOf).join(':').toUpperCase(),
  'in hexadecimal with spaces': (value) => bytesOf(value).map(hexOf).join(' '),
  'in hexadecimal with 0x': (value) =>
    bytesOf(value)
      .map((byte) => `0x${hexOf(byte)}`)
      .join(', '),
  'in base64': base64,
  'in base64 without padding': (value) => base64(value).replace(/=+$/, ''),
  'in base64 for URLs': (value) => Buffer.from(value).toString('base64url'),
  'in base64 amid more': (value) => base64(`\0clara\0${value}\x01\x01`),
  'in base64 of UTF-16': (value) => base64(Buffer.from(value, 'utf16le')),
  'in base64 of base64': (value) => base64(base64(value)),
  'in base64 of base64 amid more': (value) => base64(`<${base64(`\0clara\0${value}`)}>`),
  'in base64 in a URL': (value) => encodeURIComponent(base64(value)),
};

const wrapped = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [];

/** Forms that are spread over lines of a reply. */
export const SPREADERS: Readonly<Record<string, (value: string) => string[]>> = {
  'over two lines': (value) => [value.slice(0, value.length >> 1), value.slice(value.length >> 1)],
  'over three lines': (value) => wrapped(value, Math.ceil(value.length / 3)),
  'in base64 over lines': (value) => wrapped(base64(value), 8),
  'in hexadecimal over lines': (value) => wrapped(Buffer.from(value).toString('hex'), 8),
  'in quoted-printable with soft line ends': (value) =>
    wrapped(value.replaceAll('=', '=3D'), 5).map((part, i, all) => (i < all.length - 1 ? `${part}=` : part)),
};
