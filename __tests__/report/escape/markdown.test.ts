import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { markdown, markdownBlock, markdownCode, markdownPre } from '../../../src/report/escape/markdown.ts';
import { plain } from '../../../src/report/escape/plain.ts';
import { NASTY } from '../../support/nasty.ts';
import { anyText } from '../../support/text.ts';

const TAGS = /<\/?code>/g;
/** What a browser shows of it: tags gone, entities read. */
const shown = (text: string) =>
  text
    .replace(TAGS, '')
    .replace(/&#(\d+);/g, (_, code: string) => (code === '8203' ? '' : String.fromCodePoint(Number(code))));
/** What Markdown may still read in it: our own tags gone, and a letter for each entity, which is no markup. */
const left = (text: string) => text.replace(TAGS, '').replace(/&#\d+;/g, 'e');

function expectNoMarkup(made: string): void {
  expect(left(made)).not.toMatch(/[<>&`*_[\]#|~\\${}!\n]/);
  expect(made.replace(TAGS, '')).not.toMatch(/^\s*([-+=]|\d+[.)](\s|$))/);
  expect(made).not.toMatch(/:\/|\bwww\./i);
  expect(made).not.toMatch(/@(?!&#8203;)/);
  expect(made.match(/<code>/g)?.length).toBe(made.match(/<\/code>/g)?.length);
}

describe('text in Markdown', () => {
  test.each(NASTY)('renders as itself: %s', (_, text) => {
    expectNoMarkup(markdown(text));
    expectNoMarkup(markdownCode(text));
    expect(shown(markdownCode(text))).toBe(plain(text, 4_000));
  });

  test('renders as itself, whatever it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expectNoMarkup(markdown(text));
        expectNoMarkup(markdownCode(text));
        expect(shown(markdownCode(text))).toBe(plain(text, 4_000));
        const withoutPairs = plain(text, 4_000).replace(/`([^`]+)`/g, (_, code: string) => plain(code));
        expect(shown(markdown(text))).toBe(withoutPairs);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['set `wait: 60s` or more', 'set <code>wait: 60s</code> or more'],
    ['`a<b` and `c|d`', '<code>a&#60;b</code> and <code>c&#124;d</code>'],
    ['a ` alone', 'a &#96; alone'],
    ['``x``', '&#96;<code>x</code>&#96;'],
    ['1. x', '&#49;. x'],
    ['250 ok', '250 ok'],
    ['a - b', 'a - b'],
    ['- a', '&#45; a'],
    ['http://x.example', 'http&#58;//x.example'],
    ['www.x.example', 'www&#46;x.example'],
    ['me@x.example', 'me@&#8203;x.example'],
    ['a\nb', 'a / b'],
  ])('%j becomes %j', (text, made) => {
    expect(markdown(text)).toBe(made);
  });

  test('is cut before it can fill a summary', () => {
    expect(markdown('<'.repeat(1_000_000)).length).toBeLessThan(25_000);
    expect(markdownCode('<'.repeat(1_000_000)).length).toBeLessThan(25_000);
  });
});

/** The lines between the fences, if the block is closed by its last line and by none before it (GFM §4.5). */
function fenced(block: string): string[] | null {
  const lines = block.split('\n');
  const fence = /^`{3,}/.exec(lines[0] ?? '')?.[0] ?? '';
  const closes = (line: string) => new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line);
  return lines.slice(1).findIndex(closes) === lines.length - 2 ? lines.slice(1, -1) : null;
}

describe('a block of code', () => {
  test.each([
    [['nc -zv a 25'], '```sh\nnc -zv a 25\n```'],
    [['a', 'b'], '```sh\na\nb\n```'],
    [[], '```sh\n```'],
    [['```', '````'], '`````sh\n```\n````\n`````'],
  ])('of %j', (lines, block) => {
    expect(markdownBlock(lines, 'sh')).toBe(block);
  });

  test.each(NASTY)('is not ended by %s', (_, text) => {
    expect(fenced(markdownBlock([text, text]))).toEqual([plain(text, 16_000), plain(text, 16_000)]);
  });

  test('is ended by nothing that is in it', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 4 }), (lines) => {
        expect(fenced(markdownBlock(lines))).toEqual(lines.map((line) => plain(line, 16_000)));
      }),
    );
  });
});

describe('preformatted text', () => {
  const inside = (block: string) => /^<pre>\n(.*)\n<\/pre>$/s.exec(block)?.[1];

  test.each(NASTY)('is not ended by %s', (_, text) => {
    const content = inside(markdownPre([text, 'end'])) ?? '<';
    expect(content).not.toMatch(/[<>"']|&(?!#\d+;)/);
    expect(shown(content)).toBe(`${plain(text, 4_000)}\nend`);
  });

  test('has a line for each line, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (lines) => {
        const content = inside(markdownPre(lines)) ?? '<';
        expect(content).not.toMatch(/[<>"']|&(?!#\d+;)/);
        expect(content.split('\n')).toHaveLength(lines.length);
      }),
    );
  });
});
