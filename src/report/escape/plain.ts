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

/** Commands, which are of no use when they are cut. */
const COMMAND_LENGTH = 16_000;
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

/** A zero-width space is what keeps a mention, an e-mail address, a commit or a reference from becoming a link. Plain text has none. */
const BREAK = '\u200b';
/**
 * What GitHub makes a link to an issue, or an emoji, outside of code; groups of an IPv6 address are neither.
 * (With the flag `i`, V8 would take 0.2 ms more to compile it.)
 */
const REFERENCE =
  /#(?=\d)|\b[Gg][Hh]-(?=\d)|:(?=(?:[+-]1|(?![\dA-Fa-f]+:)[A-Za-z][\w+-]*):)|(?<![\dA-Fa-f:]):(?=(?:100|1234|[\d_]*[A-Za-z][\w+-]*):)/g;
/** What GitHub may make a link to a commit: 7 to 40 hexadecimal digits; it takes any that begin a commit's name. */
const COMMIT = /(?<![A-Za-z\d])[\dA-Fa-f]{7,40}(?![A-Za-z\d])/g;
const SIX_DIGITS = /.{6}(?=.)/g;

function withoutLinks(text: string): string {
  return text.replace(REFERENCE, `$&${BREAK}`).replace(COMMIT, (digits) => digits.replace(SIX_DIGITS, `$&${BREAK}`));
}

/**
 * Plain text as GitHub Flavored Markdown that renders as itself: no markup, HTML, link, mention or formula.
 * Pairs of backticks stay code.
 */
export function markdown(text: string): string {
  return (
    plain(text, 4_000)
      .split(/(`[^`]+`)/)
      .map((part, i) => (i % 2 === 1 ? markdownCode(part.slice(1, -1)) : escapeMarkdown(withoutLinks(part))))
      .join('')
      // Four spaces at the beginning would make a block of code.
      .replace(/^ /, '&#32;')
  );
}

/** Text as inline code, in HTML rather than backticks: no text can end it, and it may stand in a table. */
export function markdownCode(text: string): string {
  return `<code>${escapeMarkdown(plain(text, 4_000))}</code>`;
}

/** Commands of ours as a fenced code block (GFM §4.5), which GitHub gives a copy button. */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const safe = lines.map((line) => plain(line, COMMAND_LENGTH));
  const longestRun = Math.max(0, ...[...safe.join('\n').matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longestRun + 1));
  return [`${fence}${language}`, ...safe, fence].join('\n');
}

/** Lines of any text as preformatted HTML (GFM §4.6, the kind of block that ends with `</pre>` alone). */
export function markdownPre(lines: readonly string[]): string {
  return `<pre>\n${lines.map((line) => escapeHtml(plain(line, 4_000))).join('\n')}\n</pre>`;
}

/** Text in HTML, its quotes included; it is plain before. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[&<>`*_[\]#|~\\${}!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(
      /^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/,
      (_, space: string, start: string) => `${space}&#${start.charCodeAt(0)};${start.slice(1)}`,
    )
    .replace(/:(?=\/)/g, '&#58;')
    .replace(/\b[Ww]{3}\./g, (start) => `${start.slice(0, -1)}&#46;`)
    .replaceAll('@', `@${BREAK}`)
    .replaceAll(BREAK, '&#8203;');
}
