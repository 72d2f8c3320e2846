import { describe, expect, test } from '@jest/globals';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { plain } from '../../../src/report/escape/plain.ts';
import { type XmlElement, xmlDocument as xmlParts, xmlText } from '../../../src/report/escape/xml.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

const xmlDocument = (name: string, root: XmlElement) => [...xmlParts(name, root)].join('');

/** XML 1.0 §2.2. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
});

function expectStays(lines: readonly string[]): void {
  const made = lines.map((line) => plain(line, 16_000));
  const cell = { '@a': xmlText(lines.slice(0, 1)), '@end': 'end', '#text': xmlText(['begin', ...lines, 'end']) };
  const document = xmlDocument('root', { cell });
  expect(document).not.toMatch(NO_CHARACTER);
  expect(XMLValidator.validate(document)).toBe(true);
  const root = parser.parse(document).root;
  expect(Object.keys(root).filter((name) => name !== '#text')).toEqual(['cell']);
  expect(root.cell).toEqual({ '@a': made[0] ?? '', '@end': 'end', '#text': ['begin', ...made, 'end'].join('\n') });
}

describe('text in XML, in an element and in an attribute, is read back as it was', () => {
  test.each(NASTY)('%s', (_, text) => expectStays([text, text]));

  test('whatever it is', () => {
    fc.assert(fc.property(fc.array(anyText, { maxLength: 3 }), expectStays), { numRuns: 500 });
  });
});

describe('a document', () => {
  test.each([
    [{ '@b': 'true', '@c': 1, '@d': '' }, '<a b="true" c="1" d=""/>\n'],
    [
      { '@b': undefined, c: [{ '@d': '1' }, { '#text': 'x < y' }], e: { f: { g: {} } } },
      '<a>\n  <c d="1"/>\n  <c>x &lt; y</c>\n  <e>\n    <f>\n      <g/>\n    </f>\n  </e>\n</a>\n',
    ],
    [{ '#text': ']]>' }, '<a>]]&gt;</a>\n'],
    [{ '@b': `"'<&>\t\r\n`, '#text': `"'\t\r\n` }, `<a b="&quot;&apos;&lt;&amp;&gt;&#9;&#13;&#10;">"'\t&#13;\n</a>\n`],
    [{ '@b': '\0', '#text': 'x', c: {} }, '<a b="\0">x\n  <c/>\n</a>\n'],
  ])('of %j', (root, made) => {
    expect(xmlDocument('a', root)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${made}`);
  });

  test('has children that are made one after the other, as they are written', () => {
    const order: string[] = [];
    function* many() {
      for (const n of [1, 2]) {
        order.push(`made ${n}`);
        yield Object.defineProperty({}, '@n', { enumerable: true, get: () => order.push(`written ${n}`) });
      }
    }
    const { a } = parser.parse(xmlDocument('a', { c: many(), d: { '#text': '<c/>' } }));
    expect(order).toEqual(['made 1', 'written 1', 'made 2', 'written 2']);
    expect(a).toMatchObject({ c: [{ '@n': '2' }, { '@n': '4' }], d: '<c/>' });
    expect(parser.parse(xmlDocument('a', { c: [] }))).toEqual({ a: '\n' });
  });
});
