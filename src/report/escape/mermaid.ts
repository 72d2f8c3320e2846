import { plain } from './plain.ts';

/** The longest label that a diagram has room for, in characters. */
const LABEL_LENGTH = 60;

/**
 * Text as a label in a Mermaid diagram: letters and digits as they are, all else as Mermaid's entities (`#58;`), so that
 * no character of it parts, ends or comments a line. The first is an entity in any case: no label is a keyword
 * (`section`, `click`). An empty text becomes a dash, because a task without a name is an error.
 */
export function mermaidLabel(text: string, max = LABEL_LENGTH): string {
  return [...(plain(text, max).trim() || '–')].map((c, i) => (i > 0 && isBare(c) ? c : entity(c))).join('');
}

/** Not an expression with Unicode classes: only what is surely a letter stays, and everything beyond Latin is encoded. */
function isBare(character: string): boolean {
  return /^[a-z\d .]$/i.test(character);
}

function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}
