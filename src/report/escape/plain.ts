/**
 * Controls, formatting characters (bidirectional and zero-width ones among them), separators, lone surrogates, and marks
 * that pile up on a character until they cover the lines around it.
 */
const INVISIBLE = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]|(?<=\\p{M}{4})\\p{M}';
let invisible: RegExp | undefined;

/** Anything but ASCII, and the punctuation and bars of our own. */
const UNUSUAL = /[^\x20-\x7e\u2010-\u2027\u2190-\u21ff\u2500-\u27bf]/;

/** What the runner takes for a command at the beginning of a line; an address such as ::ffff:192.0.2.1 is none. */
const COMMAND = /^(\s*)::(?=[a-z])(?![\da-f:.]+$)/i;

/**
 * The first gate of all text that is not ours: one line, nothing invisible, nothing that a runner executes.
 * Line ends become ` / `, what cannot be seen becomes an escape, and both grammars of workflow commands are broken
 * (`##[…]` anywhere, `::…::` at the beginning). Longer text is cut to `max` characters.
 */
export function plain(text: string, max = 1_000): string {
  if (text.length <= max && isOrdinary(text)) return text;
  // As a literal it would be read at every start, which takes a millisecond, though most text does not need it.
  invisible ??= new RegExp(INVISIBLE, 'gu');
  const line = text
    .replace(/\r?\n/g, ' / ')
    .replaceAll('\t', ' ')
    .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
    .replaceAll('##[', '##\\[')
    .replace(COMMAND, '$1\\::');
  const characters = line.length > max ? [...line] : [];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}

/** Most text needs none of the expressions above, which are slow to compile. */
function isOrdinary(text: string): boolean {
  return !UNUSUAL.test(text) && !text.includes('##[') && !text.trimStart().startsWith('::');
}

/** The longest command, in characters: cut, it is of no use. */
export const COMMAND_LENGTH = 16_000;
const WHOLE: ReadonlySet<string> = new Set(['verify', 'commands']);

/** Every string in a value made plain; what the value consists of otherwise stays. */
export function plainDeep<T>(value: T, key = ''): T {
  if (typeof value === 'string') return plain(value, WHOLE.has(key) ? COMMAND_LENGTH : 1_000) as T;
  if (value === null || typeof value !== 'object') return value;
  return (Array.isArray(value) ? plainList(value, key) : plainObject(value as Record<string, unknown>)) as T;
}

// Most text is plain, and is then shared rather than copied: of ten thousand targets, the copies would weigh.

function plainList(list: readonly unknown[], key: string): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i += 1) {
    const made = plainDeep(list[i], key);
    if (made === list[i]) continue;
    copy ??= [...list];
    copy[i] = made;
  }
  return copy ?? list;
}

function plainObject(object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let copy: Record<string, unknown> | undefined;
  // Nothing is inherited, and a list of the names would cost half as much again.
  for (const name in object) {
    const item = object[name];
    const made = plainDeep(item, name);
    if (made === item) continue;
    copy ??= { ...object };
    copy[name] = made;
  }
  return copy ?? object;
}
