import { Element } from 'ltx';
import { plain } from '../safe.ts';

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

/** A document as XML 1.0 in UTF-8, an element a line. Children that are iterated over are made as they are written. */
export function xmlDocument(name: string, root: XmlElement): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  elementOf(name, root, '\n').write((part) => parts.push(part));
  parts.push('\n');
  return parts.join('');
}

/** `line`: a line end, and the indentation of the element. */
function elementOf(name: string, content: XmlElement, line: string): Element {
  const element = new Element(name);
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) continue;
    if (key.startsWith('@')) element.attrs[key.slice(1)] = value;
    else if (typeof value !== 'object') element.append(String(value));
    else element.append(new Children(key, Symbol.iterator in value ? value : [value], `${line}  `));
  }
  if (element.children.some((child) => child instanceof Children)) element.append(line);
  return element;
}

/** The children of one name. There may be so many that they must not exist all at once. */
class Children extends Element {
  readonly #elements: Iterable<XmlElement>;
  readonly #line: string;

  constructor(name: string, elements: Iterable<XmlElement>, line: string) {
    super(name);
    this.#elements = elements;
    this.#line = line;
  }

  override write(writer: (part: string) => void): void {
    for (const content of this.#elements) {
      const parts = [this.#line];
      elementOf(this.name, content, this.#line).write((part) => parts.push(part));
      // Joined at once: ten thousand elements are a hundred thousand parts.
      writer(parts.join(''));
    }
  }
}
