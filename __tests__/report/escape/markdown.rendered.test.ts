import { describe, expect, test } from '@jest/globals';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import {
  markdown,
  markdownBlock,
  markdownCode,
  markdownCommand,
  markdownPre,
} from '../../../src/report/escape/markdown.ts';
import { plain } from '../../../src/report/escape/plain.ts';
import { seen } from '../../support/html.ts';
import { NASTY } from '../../support/nasty.ts';
import fc, { draws } from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

/** GitHub Flavored Markdown as it is rendered, raw HTML included, and as a browser reads it. */
const rendered = (text: string) =>
  seen(micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }));

/** What is read: without the zero-width spaces of ours, and with white space as HTML shows it. */
const read = (text: string) =>
  text
    .replaceAll('\u200b', '')
    .replace(/[ \t\n]+/g, ' ')
    .trim();
/** Pairs of backticks are code. */
const withoutPairs = (text: string) => text.replace(/`([^`]+)`/g, (_, code: string) => plain(code));

const PLACES: readonly (readonly [string, (cell: string) => string])[] = [
  ['a paragraph', (cell) => `${cell}\n\nend`],
  ['the middle of a line', (cell) => `so ${cell} it is`],
  ['a heading', (cell) => `### ${cell}\n\nend`],
  ['an item', (cell) => `1. ${cell}\n2. end`],
  ['a bullet', (cell) => `- ${cell}\n\n  end`],
  ['a quotation', (cell) => `> ${cell}\n\nend`],
  ['bold text', (cell) => `**so: ${cell} end**`],
  ['a cell of a table', (cell) => `| a | b |\n| --- | --- |\n| ${cell} | end |`],
  ['a folded part', (cell) => `<details><summary>s</summary>\n\n${cell}\n\n</details>`],
  ['a summary', (cell) => `<details><summary>${cell}</summary>\n\nend\n\n</details>`],
];

describe.each(PLACES)('in %s', (_, place) => {
  const empty = rendered(place('x'));
  /** The page is what it is with any word in the cell, and the cell shows the text. */
  function expectInCell(cell: string, text: string, own: readonly string[] = []): void {
    const { elements, text: shown } = rendered(place(cell));
    expect(elements.filter((element) => !own.includes(element))).toEqual(empty.elements);
    expect(read(shown)).toBe(read(empty.text.replace('x', () => text)));
  }
  const expectStays = (text: string) => {
    if (text !== '') expectInCell(markdown(text), withoutPairs(plain(text, 4_000)), ['code']);
    expectInCell(markdownCode(text), plain(text, 4_000), ['code']);
  };

  test.each(NASTY)('text stays text: %s', (_, text) => expectStays(text));

  test('text stays text, whatever it is', () => {
    fc.assert(fc.property(anyText, expectStays), { numRuns: draws(100) });
  });
});

describe('a command within a line', () => {
  const expectSpan = (text: string) => {
    const command = plain(text, 16_000);
    if (command.trim() === '') return;
    const { elements, text: shown } = rendered(`**Check:** ${markdownCommand(text)}\n\nend`);
    expect(elements).toEqual(['p', 'strong', 'code', 'p']);
    expect(shown).toBe(`Check: ${command}\nend`);
  };

  test.each(NASTY)('is code, byte for byte: %s', (_, text) => expectSpan(text));

  test('is code, whatever it is', () => {
    fc.assert(fc.property(anyText, expectSpan), { numRuns: 300 });
  });

  test('has nothing in it that a shell does not take', () => {
    expect(markdownCommand('smtp-gate a:25 --mail-from=a@b.example')).toBe('`smtp-gate a:25 --mail-from=a@b.example`');
  });
});

describe('a block', () => {
  test('of commands is one, and says them', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (lines) => {
        const { elements, text } = rendered(`${markdownBlock(lines, 'sh')}\n\nend`);
        expect(elements).toEqual(['pre', 'code class=language-sh', 'p']);
        expect(text).toBe(`${lines.map((line) => plain(line, 16_000)).join('\n')}\n\nend`);
      }),
    );
  });

  test('of preformatted text is one, and says it', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 3 }), (lines) => {
        const { elements, text } = rendered(`${markdownPre(['begin', ...lines])}\n\nend`);
        expect(elements).toEqual(['pre', 'p']);
        expect(text).toBe(`begin\n${lines.map((line) => plain(line, 4_000)).join('\n')}\n\nend`);
      }),
    );
  });
});

describe('outside of code', () => {
  test.each([
    ['see #1', 'see &#35;&#8203;1'],
    ['octo/repo#2', 'octo/repo&#35;&#8203;2'],
    ['GH-3', 'GH-&#8203;3'],
    [':tada:', ':&#8203;tada:'],
    ['see :100: and :bee:', 'see :&#8203;100: and :&#8203;bee:'],
    ['[2001:db8:a::25]:25: no', '&#91;2001:db8:a::25&#93;:25: no'],
    ['a:+1:b', 'a:&#8203;+1:b'],
    ['[2001:db8:bed::1]:25', '&#91;2001:db8:bed::1&#93;:25'],
    ['mail.example.com:25: refused', 'mail.example.com:25: refused'],
    ['`#1 :tada:`', '<code>&#35;1 :tada:</code>'],
  ])('nothing becomes a reference or an emoji: %j', (text, made) => {
    expect(markdown(text)).toBe(made);
  });
});
