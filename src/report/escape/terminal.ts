import { plain } from './plain.ts';

/** The longest line of text that is not ours, in characters. */
const LINE_LENGTH = 16_000;

/**
 * Text for a cell of a terminal, at most so many columns wide: no control character, so no colour, movement, link or
 * title but ours. What a terminal shows may be a step's log as well, so it is no workflow command either.
 */
export function terminal(text: string, columns = Number.POSITIVE_INFINITY): string {
  const line = plain(text, LINE_LENGTH);
  if (columnsOf(line) <= columns) return line;
  let kept = '';
  let width = 0;
  for (const character of line) {
    width += columnsOf(character);
    if (width >= columns) break;
    kept += character;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/** How many columns of a terminal a line of plain text takes. */
export function columnsOf(line: string): number {
  if (/^[\x20-\x7e]*$/.test(line)) return line.length;
  wide ??= new RegExp(WIDE, 'u');
  mark ??= new RegExp(MARK, 'u');
  let width = 0;
  for (const character of line) width += wide.test(character) ? 2 : mark.test(character) ? 0 : 1;
  return width;
}

/** What takes two columns: East Asian wide and full-width characters, and pictographs (UAX #11). */
const WIDE =
  '[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97f\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18cff}\\u{1aff0}-\\u{1b2ff}\\u{1f000}-\\u{1faff}\\u{20000}-\\u{3fffd}]';
/** What stands on the character before it. */
const MARK = '\\p{M}';
/** Made when they are needed: as literals they would be read at every start. */
let wide: RegExp | undefined;
let mark: RegExp | undefined;
