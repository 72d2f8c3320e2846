import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import { shellQuote } from '../../src/shared/shell.ts';
import { NASTY } from '../support/nasty.ts';
import fc from '../support/property.ts';

/** The words that a shell makes of a line. */
function words(line: string): string[] {
  const { stdout, status } = spawnSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  expect(status).toBe(0);
  return stdout.split('\0').slice(0, -1);
}

test.each([
  ['mail.example.com:587', 'mail.example.com:587'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['~', "'~'"],
  ['*', "'*'"],
  ['a\n', "'a\n'"],
])('%j is quoted as %j', (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted);
});

test('a shell reads every word as it was', () => {
  const evil = NASTY.map(([, text]) => Buffer.from(text.replaceAll('\0', '')).toString());
  const any = fc.sample(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    200,
  );
  const all = [...evil, ...any, "'", "''", '"', '\\', '$(id)', '`id`', '!!', '#x', '-n', '\n', '{a,b}', '~root'];
  expect(words(all.map(shellQuote).join(' '))).toEqual(all);
});
