import { Element } from 'ltx';
import { plain } from './plain.ts';

/** The longest text of a line, in characters. */
const LINE_LENGTH = 16_000;

/**
 * Text for an element or an attribute, of the characters that XML 1.0 has (§2.2); `xmlDocument` escapes it. Each line is
 * plain, and line ends stay: one that a text must not have is made plain before.
 */
export function xmlText(lines: readonly string[]): string {
  return lines.map((line) => plain(line, LINE_LENGTH)).join('\n');
}

/** An element: attributes as `@name`, text as `#text`, children by their name; `undefined` is left out. */
export interface XmlElement {
  readonly [name: string]: string | number | undefined | XmlElement | Iterable<XmlElement>;
}

/** A document as XML 1.0 in UTF-8, an element a line, in parts: ten thousand elements must not exist all at once. */
export function xmlDocument(name: string, root: XmlElement): Iterable<string> {
  return {
    *[Symbol.iterator]() {
      yield '<?xml version="1.0" encoding="UTF-8"?>';
      yield* elementParts(name, root, '\n');
      yield '\n';
    },
  };
}

/** Where the children of an element will stand; no text has it. */
const SEAM = '\0';

/** `line`: a line end, and the indentation of the element. */
function* elementParts(name: string, content: XmlElement, line: string): Generator<string> {
  const element = new Element(name);
  const children: (readonly [string, Iterable<XmlElement>])[] = [];
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) continue;
    if (key.startsWith('@')) element.attrs[key.slice(1)] = value;
    else if (typeof value !== 'object') element.append(String(value));
    else children.push([key, Symbol.iterator in value ? value : [value]]);
  }
  if (children.length === 0) return yield line + element.toString();
  element.append(SEAM);
  const [opening, closing] = element.toString().split(SEAM);
  yield line + opening;
  for (const [key, elements] of children) for (const child of elements) yield* elementParts(key, child, `${line}  `);
  yield line + closing;
}
