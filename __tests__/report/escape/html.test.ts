import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { html } from '../../../src/report/escape/html.ts';
import { plain } from '../../../src/report/escape/plain.ts';
import { seen } from '../../support/html.ts';
import { NASTY } from '../../support/nasty.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

function expectStays(text: string): void {
  expect(seen(`${html`<p>${text}</p><b>end</b>`}`)).toEqual({
    elements: ['p', 'b'],
    text: `${plain(text, 16_000)}end`,
  });
  const attribute = `title=${plain(text, 16_000)}`;
  for (const made of [html`<p title="${text}">end</p>`, html`<p title='${text}'>end</p>`]) {
    expect(seen(`${made}`)).toEqual({ elements: [`p ${attribute}`], text: 'end' });
  }
}

describe('text in HTML, in an element and in an attribute, stays text', () => {
  test.each(NASTY)('%s', (_, text) => expectStays(text));

  test('whatever it is', () => {
    fc.assert(fc.property(anyText, expectStays), { numRuns: 500 });
  });

  test('and is cut before it can fill a page', () => {
    expect(String(html`${'<'.repeat(100_000)}`).length).toBeLessThan(70_000);
  });

  test('however it is listed', () => {
    expect(String(html`${[['<', html`<b>${'&'}</b>`], ['\u202e']]}`)).toBe('&lt;<b>&amp;</b>\\u{202e}');
  });
});

describe('markup', () => {
  test('is put into markup as it is', () => {
    expect(String(html`<p>${html`<b>${1}</b>`}</p>`)).toBe('<p><b>1</b></p>');
  });

  test('leaves nothing for what is not there', () => {
    expect(String(html`<p>${false}${null}${undefined}${[]}${''}${0}</p>`)).toBe('<p>0</p>');
  });

  test('has none of the line breaks and indentation of its source, and all of the text’s', () => {
    const made = html`
      <pre>
        <code>${'a  b'}\n</code>
      </pre>`;
    expect(String(made)).toBe('<pre><code>a  b\n</code></pre>');
  });

  test('of the page has every part in an element or in a quoted attribute, and none that is taken for markup', () => {
    const folder = path.join(import.meta.dirname, '../../../src/report/html');
    for (const name of readdirSync(folder)) {
      const source = readFileSync(path.join(folder, name), 'utf8');
      // An attribute without a value is there or not; it is no text.
      const unquoted = source.replaceAll(/="[^"]*"/g, '').replace(/\$\{open && ' open'\}/, '');
      expect(unquoted).not.toMatch(/<[a-z][^>`]*\$\{|<!--/);
      expect(source).not.toMatch(/<(?:script|style)[^>]*>\$\{(?!ours\()/);
      expect(source).not.toMatch(/\bours\((?!style\(\)\)|SCRIPT\))/);
    }
  });
});
