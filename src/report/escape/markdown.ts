import { COMMAND_LENGTH, plain } from './plain.ts';

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

/**
 * A command of ours as a code span (GFM §6.3), byte for byte as it is to be pasted: within backticks GitHub makes no
 * mention and no link. Not for a table, where a bar would end the cell.
 */
export function markdownCommand(command: string): string {
  const safe = plain(command, COMMAND_LENGTH);
  if (safe.trim() === '') return markdownCode(safe);
  const mark = '`'.repeat(longestRun(safe) + 1);
  // One space at each end is not shown, where there is one at both.
  const space = /^`|`$|^ .* $/.test(safe) ? ' ' : '';
  return `${mark}${space}${safe}${space}${mark}`;
}

/** How many backticks stand together at most. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Commands of ours as a fenced code block (GFM §4.5), which GitHub gives a copy button. */
export function markdownBlock(lines: readonly string[], language = ''): string {
  const safe = lines.map((line) => plain(line, COMMAND_LENGTH));
  const fence = '`'.repeat(Math.max(3, longestRun(safe.join('\n')) + 1));
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
