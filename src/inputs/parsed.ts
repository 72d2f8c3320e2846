/** A value, or what is wrong with the text and what to write instead. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** Reads the trimmed text of one option. */
export type Parse<T> = (text: string) => Parsed<T>;

/** The variables of the process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads it with a module that is loaded only when there is something to read: a banner probe starts without it. */
export function later<T>(
  empty: T,
  load: () => Promise<(text: string, env: Environment) => Parsed<T>>,
): (text: string, env: Environment) => Parsed<T> | Promise<Parsed<T>> {
  return (text, env) => (text === '' ? { value: empty } : load().then((parse) => parse(text, env)));
}

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
  if (/^[\x21-\x7e]$/.test(character)) return `the character ${character}`;
  if (new RegExp(VISIBLE, 'u').test(character)) return `the character ${character} (${code})`;
  return `an invisible character (${code})`;
}

/** A value as it is quoted in a message: short, and on one line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
