/** A value, or what is wrong with the text and what to write instead. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads the trimmed text of one option. */
export type Parse<T> = (text: string) => Parsed<T>;

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

const NAMES: Record<string, string> = {
  '"': 'a double quote (")',
  "'": "a single quote (')",
  ',': 'a comma (,)',
  ';': 'a semicolon (;)',
  ' ': 'a space',
  '\t': 'a tab',
  '\n': 'a line feed',
  '\r': 'a carriage return',
  '\0': 'a NUL',
  '\u00a0': 'a no-break space (U+00A0)',
};

/** Not an expression yet: one with Unicode classes is slow to read, and would be read at every start. */
const VISIBLE = '^[\\p{L}\\p{N}\\p{S}\\p{P}]$';

/** A character as a person can recognise it, whether or not it can be seen. */
export function nameCharacter(character: string): string {
  const known = NAMES[character];
  if (known) return known;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (/[\x21-\x7e]/.test(character)) return `the character ${character}`;
  if (new RegExp(VISIBLE, 'u').test(character)) return `the character ${character} (${code})`;
  return `an invisible character (${code})`;
}

/** An at sign as it may be written: as it is, percent-encoded once or more, escaped, or one that looks like it. */
const AT = /@|%(?:25)*40|&#0{0,8}64;|&#x0{0,8}40;|&commat;|\\u0040|\\x40|[\uff20\ufe6b]/gi;
/** What is called a secret, and the sign before its value. */
const NAMED_SECRET = /(?:pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key)["']?\s{0,3}(?:[=:]|%(?:25)*3[ad])/i;
const LONGEST_QUOTE = 60;
const LONGEST_PATH = 255;

/** Whether a text has an at sign, in any of the ways to write one. */
export function hasAt(text: string): boolean {
  return text.search(AT) !== -1;
}

/** A text without what may be credentials: all up to its last at sign (RFC 3986 §3.2.1), and what is called a secret. */
export function withoutCredentials(text: string): string {
  return withoutUserinfo(withoutNamedSecret(text));
}

function withoutNamedSecret(text: string): string {
  const named = NAMED_SECRET.exec(text);
  return named === null ? text : `${text.slice(0, named.index + named[0].length)}…`;
}

function withoutUserinfo(text: string): string {
  let end = -1;
  for (const { 0: sign, index } of text.matchAll(AT)) end = index + sign.length;
  return end === -1 ? text : `…@${text.slice(end)}`;
}

/**
 * A value as it is quoted in a message: short, on one line, and without what may be credentials, which are taken out
 * before anything is cut.
 */
export function quote(text: string): string {
  return shorten(withoutCredentials(text));
}

/** A path as it is quoted in a message: whole, since its end says most, unless it is very long. */
export function quotePath(path: string): string {
  return shorten(withoutCredentials(path), LONGEST_PATH);
}

/** A value in which `local@domain` is what belongs there; with a colon before the at sign it may be a password. */
export function quoteMailbox(text: string): string {
  const named = withoutNamedSecret(text);
  const at = named.lastIndexOf('@');
  const mayBeLogin = hasAt(named.replaceAll('@', '')) || /:|%(?:25)*3a/i.test(named.slice(0, Math.max(0, at)));
  return shorten(mayBeLogin ? withoutUserinfo(named) : named);
}

function shorten(text: string, longest = LONGEST_QUOTE): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
