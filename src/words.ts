/** A duration as people say it: `350 ms`, `2 s`, `2.5 s`. */
export function sayMs(ms: number): string {
  return Math.round(ms) < 1_000 ? `${Math.round(ms)} ms` : `${Number((ms / 1_000).toFixed(1))} s`;
}

/** What a text lists, one a line, without empty lines. */
export function listed(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The first line of a text; how many follow. */
export function firstLine(text: string): string {
  const [first = '', ...more] = text.split(/\r?\n/);
  return more.length === 0 ? first : `${first} (and ${more.length} more ${more.length === 1 ? 'line' : 'lines'})`;
}

/** What a server said, in quotes for a sentence: its first line that has words, or what it said instead. */
export function quoted(text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return 'an empty line';
  return `"${firstLine(lines.join('\n')).trim()}"`;
}
