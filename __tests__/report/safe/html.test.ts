import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { html } from '../../../src/report/safe/html.ts';
import { plain } from '../../../src/report/safe.ts';
import { seen } from '../../support/html.ts';
import { NASTY } from '../../support/nasty.ts';
import { anyText } from '../../support/text.ts';

function expectStays(text: string): void {
  const cell = html(text);
  expect(seen(`<p>${cell}</p><b>end</b>`)).toEqual({ elements: ['p', 'b'], text: `${plain(text, 4_000)}end` });
  for (const quote of ['"', "'"]) {
    const attribute = `title=${plain(text, 4_000)}`;
    expect(seen(`<p title=${quote}${cell}${quote}>end</p>`)).toEqual({ elements: [`p ${attribute}`], text: 'end' });
  }
}

describe('text in HTML, in an element and in an attribute, stays text', () => {
  test.each(NASTY)('%s', (_, text) => expectStays(text));

  test('whatever it is', () => {
    fc.assert(fc.property(anyText, expectStays), { numRuns: 500 });
  });

  test('and is cut before it can fill a page', () => {
    expect(html('<'.repeat(100_000)).length).toBeLessThan(25_000);
    expect(html('abcdef', 3)).toBe('ab…');
  });
});
