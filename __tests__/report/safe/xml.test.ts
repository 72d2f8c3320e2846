import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { xmlDocument, xmlText } from '../../../src/report/safe/xml.ts';
import { plain } from '../../../src/report/safe.ts';
import { NASTY } from '../../support/nasty.ts';
import { anyText } from '../../support/text.ts';

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
  const document = xmlDocument({ root: { cell } });
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
    [{ a: { '@b': 'true', '@c': 1 } }, '<a b="true" c="1"/>\n'],
    [
      { a: { '@b': undefined, c: [{ '@d': '1' }, { '#text': 'x < y' }] } },
      '<a>\n  <c d="1"/>\n  <c>x &lt; y</c>\n</a>\n',
    ],
    [{ a: { '#text': ']]>' } }, '<a>]]&gt;</a>\n'],
  ])('of %j', (root, made) => {
    expect(xmlDocument(root)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${made}`);
  });

  test('has the elements of a list where it has an empty one, whatever else is in it', () => {
    const root = { a: { '@b': '<c/>', '#text': undefined, c: {}, d: { '#text': '<c/>\n<c/>\n' } } };
    const elements = [{ '@n': 1 }, { '#text': '<c/>' }];
    expect(parser.parse(xmlDocument(root, { name: 'c', elements })).a).toMatchObject({
      '@b': '<c/>',
      c: [{ '@n': '1' }, '<c/>'],
      d: '<c/>\n<c/>\n',
    });
    expect(parser.parse(xmlDocument(root, { name: 'c', elements: [] })).a).not.toHaveProperty('c');
  });
});
