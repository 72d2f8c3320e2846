import { describe, expect, test } from '@jest/globals';
import { terminalStyle, transientLine } from '../../src/report/terminal.ts';

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
    const style = terminalStyle({ isTTY }, env);
    for (const text of [style.status('fail', 'x'), style.strong('x'), style.faint('x')]) {
      expect(text.includes('\u001b[')).toBe(coloured);
      expect(text).toContain('x');
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
