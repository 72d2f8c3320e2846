import Builder from 'fast-xml-builder';
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
  readonly [name: string]: string | number | undefined | XmlElement | readonly XmlElement[];
}

/** Elements of one name, of which there may be so many that they are made one after the other. */
export interface XmlList {
  readonly name: string;
  readonly elements: Iterable<XmlElement>;
}

/** A document as XML 1.0 in UTF-8. The elements of `list` stand where `root` has one of their name that is empty. */
export function xmlDocument(root: XmlElement, list: XmlList = { name: '', elements: [] }): string {
  const builder = new Builder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
    // Otherwise the value "true" would be left out of its attribute.
    suppressBooleanAttributes: false,
  });
  const frame = builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...root });
  if (list.name === '') return frame;
  // No text can look like it: in text, `<` is escaped.
  const [before = '', after = ''] = frame.split(new RegExp(`^ *<${list.name}/>\\n`, 'm'));
  const parts = [before];
  for (const element of list.elements) parts.push(builder.build({ [list.name]: element }));
  return [...parts, after].join('');
}
