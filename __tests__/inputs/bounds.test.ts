import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../src/cli/arguments.ts';
import { OPTION_NAMES, type OptionName } from '../../src/inputs/options.ts';
import { readSettings } from '../../src/inputs/settings.ts';
import { canonicalPlace, ipFamily } from '../../src/shared/address.ts';
import { isExempt } from '../../src/shared/proxy-env.ts';
import { firstLine, listed } from '../../src/shared/text.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { SAMPLED, sample } from '../support/property.ts';

const SIZE = 100_000;
const filled = (piece: string, size = SIZE) => piece.repeat(Math.ceil(size / piece.length));

/** Texts over which an expression that goes back and forth takes seconds, each with an end that fails. */
const PIECES = [
  'a',
  '0',
  '@',
  ' ',
  '\t',
  '\n',
  '\r',
  '.',
  ':',
  '-',
  ',',
  '/',
  '?',
  '&',
  '=',
  '#',
  '%',
  '%25',
  '[',
  ']',
  '[[',
  '<',
  '>',
  '"',
  "'",
  '\\',
  '(',
  ')',
  '{',
  '$',
  '+',
  '*',
  '_',
  '\u2028',
  '\u00a0',
  'ü',
  '😀',
  '\ud800',
  'a.',
  'a@',
  'a:',
  'a\n',
  'a:1\n',
  'a ',
  ', ',
  '://',
  'mx:',
  'a=',
  'a=b&',
  '::',
  '1:',
  '<a@',
  '"a',
  '\\"',
  '@:',
  'pass',
  'password=',
  'password ',
  '-----BEGIN ',
  '-----BEGIN CERTIFICATE-----a',
] as const;
const ENDS = ['', '!', '@'] as const;
const LONGEST_MESSAGE = 100_000;

/** Each piece with each end; in a sample each with one end, which is another one for the next piece and the next `turn`. */
const textsOf = (turn: number) =>
  sample(
    PIECES.flatMap((piece, i) => ENDS.map((_, j) => [piece, ENDS[(i + j + turn) % ENDS.length] ?? ''] as const)),
    ENDS.length,
  );

async function read(name: OptionName, text: string): Promise<string> {
  const result = await readSettings((asked) => (asked === name ? text : undefined), {});
  return 'problems' in result ? JSON.stringify(result.problems) : '';
}

describe(`a text of 100 KB is read in no time, and not repeated (${SAMPLED})`, () => {
  test.each(OPTION_NAMES.map((name, turn) => [name, turn] as const))('as %s', async (name, turn) => {
    const slow: string[] = [];
    for (const [piece, end] of textsOf(turn)) {
      let problems = '';
      const time = await growth(async (size) => {
        problems = await read(name, `a${filled(piece, size)}${end}`);
      }, SIZE);
      if (time > LINEAR) slow.push(`${piece} … ${end}`);
      expect(problems.length).toBeLessThan(LONGEST_MESSAGE);
    }
    expect(slow).toEqual([]);
  });

  test.each(['host', 'mail-from', 'targets', 'proxy', 'require'] as const)('nor 1 MB as %s', async (name) => {
    for (const piece of ['a', '@', ':', ' ', '.', '"', '<', 'a@', 'a:1\n']) {
      // As many lines that can be read are as many targets.
      if (piece.includes('\n') && name === 'targets') continue;
      let problems = '';
      const time = await growth(async (size) => {
        problems = await read(name, `${filled(piece, size)}!`);
      }, 1_000_000);
      expect(time).toBeLessThan(LINEAR);
      expect(problems.length).toBeLessThan(LONGEST_MESSAGE);
    }
  });

  test('as an option of one target, or as a target of the command line', async () => {
    for (const piece of PIECES) {
      const time = await growth(async (size) => {
        const text = encodeURIComponent(filled(piece === '\ud800' ? 'x' : piece, size));
        for (const name of ['timeout', 'tls', 'mail-from', 'ehlo-name', 'proxy', 'nonsense']) {
          expect((await read('targets', `a:25?${name}=${text}!`)).length).toBeLessThan(LONGEST_MESSAGE);
        }
        const line = JSON.stringify(readCommandLine([filled(piece, size * 5)]));
        if (line.includes('usage')) expect(line.length).toBeLessThan(LONGEST_MESSAGE);
      }, SIZE / 5);
      expect(time).toBeLessThan(LINEAR);
    }
  });

  test('as an address, a place, a list of hosts', async () => {
    for (const [piece, end] of textsOf(0)) {
      const time = await growth((size) => {
        const text = `${filled(piece, size)}${end}`;
        ipFamily(text);
        canonicalPlace({ host: text, port: 25 });
        isExempt({ host: text, port: 25 }, 'a.test, [::1]:25 10.0.0.0/8');
        isExempt({ host: '192.0.2.1', port: 25 }, text);
        listed(text);
        firstLine(text);
      }, SIZE);
      expect(time).toBeLessThan(LINEAR);
    }
  });
});

test('of very many lines that cannot be read the first are told, and how many more there are', async () => {
  const text = await read('targets', 'a\n'.repeat(10_000));
  expect(text).toContain('line 50: ');
  expect(text).toContain('has 9950 more such lines');
  expect(await read('require', '=\n'.repeat(10_000))).toMatch(/line 20: [^;]*;[^;]*; and so on/);
});

test('of more targets than a step checks none is read', async () => {
  const text = await read('targets', 'a.example.com:25?password-env=NONE\n'.repeat(100_001));
  expect(text).toContain('names 100001 targets, and one step checks at most 100000');
  expect(text).not.toContain('NONE');
});

test('of very many misspelt options of one target the first are told', async () => {
  const query = (size: number) => Array.from({ length: size / 5 }, (_, i) => `x${i}=1`).join('&');
  expect(await read('targets', `a.example.com:25?${query(1_000)}`)).toContain('and 1 more');
  expect(await growth((size) => read('targets', `a.example.com:25?${query(size)}`), SIZE / 2)).toBeLessThan(1.5);
});

test('behind very many lines that cannot be read no other is', async () => {
  const text = await read('targets', 'a:25?x=1\n'.repeat(30_000));
  expect(text).toContain('has at least 19950 more such lines');
});
