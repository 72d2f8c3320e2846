import { plain } from './plain.ts';

/** The longest text of a line, in characters. */
const LINE_LENGTH = 16_000;

/**
 * Text for an element or an attribute, of the characters that XML 1.0 has (§2.2); `xmlDocument` escapes them. Each line is
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

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const refer = (character: string) => REFERENCES[character] ?? `&#${character.charCodeAt(0)};`;
/** `]]>` must not stand in text (XML 1.0 §2.4). */
const escapeText = (text: string) => text.replace(/[&<>\r]/g, refer);
/** White space other than spaces would be read as spaces (XML 1.0 §3.3.3). */
const escapeAttribute = (text: string) => text.replace(/[&<>"'\t\n\r]/g, refer);

/** `line`: a line end, and the indentation of the element. */
function* elementParts(name: string, content: XmlElement, line: string): Generator<string> {
  const { attributes, text, children } = partsOf(content);
  const opening = `${line}<${name}${attributes}`;
  if (children.length === 0) return yield text === '' ? `${opening}/>` : `${opening}>${text}</${name}>`;
  yield `${opening}>${text}`;
  for (const [key, elements] of children) for (const child of elements) yield* elementParts(key, child, `${line}  `);
  yield `${line}</${name}>`;
}

function partsOf(content: XmlElement) {
  let [attributes, text] = ['', ''];
  const children: (readonly [string, Iterable<XmlElement>])[] = [];
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) continue;
    if (typeof value === 'object') children.push([key, Symbol.iterator in value ? value : [value]]);
    else if (key.startsWith('@')) attributes += ` ${key.slice(1)}="${escapeAttribute(String(value))}"`;
    else text += escapeText(String(value));
  }
  return { attributes, text, children };
}
