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

/**
 * The first line of a text that says something, to be quoted, and how many more do: the lines of a reply may be empty or
 * hold nothing but their code. Never empty, and without double quotes, which end the quotation.
 */
export function firstLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && !/^\d{3}[ -]?$/.test(line));
  const [first = lines.find((line) => line !== '')?.replace(/-$/, '') ?? '(nothing)', ...more] = telling;
  const quoted = first.replaceAll('"', "'");
  return more.length === 0 ? quoted : `${quoted} (and ${more.length} more ${more.length === 1 ? 'line' : 'lines'})`;
}
