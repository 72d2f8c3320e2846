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

/** A document as XML 1.0 in UTF-8. */
export function xmlDocument(root: XmlElement): string {
  const builder = new Builder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    format: true,
    suppressEmptyNode: true,
    // Otherwise the value "true" would be left out of its attribute.
    suppressBooleanAttributes: false,
  });
  return builder.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, ...root });
}
