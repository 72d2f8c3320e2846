import { describe, expect, test } from '@jest/globals';
import { terminalStyle, transientLine } from '../../src/cli/terminal.ts';
import { account } from '../../src/report/text.ts';
import { refused } from '../support/gate.ts';
import fc from '../support/property.ts';
import { reportOn, several, viewed } from '../support/reports.ts';

describe('a terminal’s style', () => {
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: 'false' }, false],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
  ])('with a terminal %p and %j is coloured: %p', (isTTY, env, coloured) => {
    const style = terminalStyle({ isTTY, columns: 80 }, env);
    for (const text of [style.status('fail', 'x'), style.strong('x'), style.faint('x')]) {
      expect(text.includes('\u001b[')).toBe(coloured);
      expect(text).toContain('x');
    }
  });
});

describe('a text that is wider than the terminal', () => {
  const fold = (text: string, columns: number, indent = '', taken = 0) =>
    terminalStyle({ isTTY: true, columns }, { NO_COLOR: '1' }).fold(text, indent, taken);

  test.each<[string, string[]]>([
    ['short', ['short']],
    ['a b', ['a b']],
    [`${'word '.repeat(12)}end`, [`${'word '.repeat(7)}word`, '  word word word word end']],
    ['x'.repeat(60), ['x'.repeat(60)]],
    [`see ${'x'.repeat(60)} there`, ['see', `  ${'x'.repeat(60)}`, '  there']],
    [`${'漢'.repeat(15)} ${'字'.repeat(10)}`, ['漢'.repeat(15), `  ${'字'.repeat(10)}`]],
    ['  margin stays', ['  margin stays']],
  ])('is folded at spaces: %j', (text, lines) => {
    expect(fold(text, 40, '  ')).toEqual(lines);
  });

  test('never begins a line with what a runner takes for a command', () => {
    const hostile = fc.stringMatching(/^(?:[a-z]{1,12}|::[a-z]{1,8}|::[a-z-]+::x| |\u00a0|\u3000){1,40}$/);
    fc.assert(
      fc.property(hostile, fc.integer({ min: 20, max: 90 }), (text, columns) => {
        const [, ...behind] = fold(`554 ${text}`, columns, '  ');
        expect(behind.filter((line) => /^\s*::[a-z]/i.test(line))).toEqual([]);
      }),
    );
  });

  test('leaves room for what stands before it', () => {
    expect(fold('word '.repeat(10).trim(), 40, '', 10)).toEqual([
      Array(6).fill('word').join(' '),
      'word word word word',
    ]);
  });

  test.each([
    ['in a log', { isTTY: false, columns: 80 }],
    ['on a terminal whose width is not known', { isTTY: true, columns: 0 }],
    ['on one that is too narrow for it', { isTTY: true, columns: 19 }],
  ])('stays as it is %s', (_, stream) => {
    const text = 'word '.repeat(50).trim();
    expect(terminalStyle(stream, {}).fold(text, '')).toEqual([text]);
  });

  test('holds whatever the account says, but for commands and words that are longer', async () => {
    const report = await reportOn(refused, { ...several('a.example', 'b.example'), timeout: '5s' });
    for (const columns of [30, 40, 60, 80, 100, 120]) {
      const lines = account(viewed(report), terminalStyle({ isTTY: true, columns }, { NO_COLOR: '1' }));
      const wide = lines.filter((line) => line.length > columns && !/^ +(?:\w+ +)?\$ |https:/.test(line));
      expect(wide).toEqual([]);
      // Bars are as long as there is room for.
      const said = (all: string[]) =>
        all
          .join(' ')
          .replace(/[█▉-▏]+/g, '')
          .replace(/\s+/g, ' ');
      expect(said(lines)).toBe(said(account(viewed(report))));
    }
  });
});

describe('a line of progress', () => {
  const record = (isTTY: boolean) => {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
    const line = transientLine(stream as Parameters<typeof transientLine>[0]);
    line.show('one');
    line.show('two');
    line.clear();
    return written.join('');
  };

  test('is overwritten on a terminal, and leaves nothing behind', () => {
    expect(record(true)).toBe('\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K');
  });

  test('is a line like any other elsewhere', () => {
    expect(record(false)).toBe('one\ntwo\n');
  });

  test('is cut when it does not fit into the terminal, where only its last row could be overwritten', () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 40, write: (text: string) => written.push(text) > 0 };
    transientLine(stream as Parameters<typeof transientLine>[0]).show(`mail.example.com:587: ${'x'.repeat(100)}`);
    expect(written.at(-1)).toMatch(/^mail\.example\.com:587: x/);
    expect(written.at(-1)?.length).toBeLessThan(40);
  });
});
