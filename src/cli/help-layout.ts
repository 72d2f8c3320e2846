import type { Flags } from './usage.ts';

/** In columns: what every terminal has, and what a text has that goes elsewhere. */
const WIDEST = 80;
/** Narrower than this, folding would hurt more than it helps. */
const NARROWEST = 40;
/** What stands before the meaning of an option. */
const INDENT = '      ';

/** How wide a text may be that goes to a stream. */
export function widthOf({ columns }: { readonly columns?: number }): number {
  return Math.min(columns || WIDEST, WIDEST);
}

/** Parts of a page with an empty line between them; a part without lines is left out. */
export function block(...parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** Lines under a heading. */
export function heading(title: string, lines: readonly string[]): string[] {
  return [`${title}:`, ...lines];
}

/** A text without markup, in lines of at most `width` columns. */
export function prose(text: string, width: number, indent = ''): string[] {
  const most = Math.max(NARROWEST, width);
  const lines: string[] = [];
  for (const word of text.replaceAll('`', '').split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

/** Terms beside their meanings. */
export function table(rows: readonly (readonly [term: string, meaning: string])[], width: number): string[] {
  const widest = Math.max(...rows.map(([term]) => term.length));
  const indent = ' '.repeat(widest + 4);
  return rows.flatMap(([term, meaning]) => {
    const [first = '', ...more] = prose(meaning, Math.max(width, widest + NARROWEST), indent);
    return [`  ${term.padEnd(widest)}  ${first.trimStart()}`, ...more];
  });
}

/** Options with what they take, mean and are by default. */
export function optionLines(options: Flags, width: number): string[] {
  return Object.entries(options).flatMap(([name, { value, help, list, default: text, commandLineDefault }]) => {
    const usual = commandLineDefault ?? text;
    const repeated = list ? ' May be repeated.' : '';
    const meaning = `${help}${repeated}${usual === '' ? '' : ` (${usual})`}`;
    return [`  --${name} <${value}>`, ...prose(meaning, width, INDENT)];
  });
}
