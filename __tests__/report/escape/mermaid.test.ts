import { describe, expect, test } from '@jest/globals';
import { mermaidLabel } from '../../../src/report/escape/mermaid.ts';
import { plain } from '../../../src/report/escape/plain.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

/** What Mermaid shows of a label: its entities read. */
const shown = (label: string) => label.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

function expectStays(text: string, max: number): void {
  const label = mermaidLabel(text, max);
  // Outside of entities, no character that any of Mermaid's grammars knows, and no word at the beginning.
  expect(label).toMatch(/^#\d+;(?:[a-zA-Z0-9 .]|#\d+;)*$/);
  expect(shown(label)).toBe(plain(text, max).trim() || '–');
}

describe('a label in Mermaid stays one', () => {
  test.each(NASTY)('%s', (_, text) => expectStays(text, 60));

  test('whatever it is', () => {
    fc.assert(fc.property(anyText, fc.integer({ min: 1, max: 80 }), expectStays), { numRuns: 500 });
  });

  test.each([
    ['mail.example.com:587', '#109;ail.example.com#58;587'],
    ['section x', '#115;ection x'],
    ['click', '#99;lick'],
    ['%% a; b # c', '#37;#37; a#59; b #35; c'],
    ['', '#8211;'],
    [' \t ', '#8211;'],
    ['ﬂ°°35¶ß', '#64258;#176;#176;35#182;#223;'],
  ])('%j becomes %j', (text, label) => {
    expect(mermaidLabel(text)).toBe(label);
  });

  test('and is cut to the room that there is', () => {
    expect(shown(mermaidLabel('x'.repeat(1_000)))).toBe(`${'x'.repeat(59)}…`);
  });
});
