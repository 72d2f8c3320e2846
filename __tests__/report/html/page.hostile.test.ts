import { describe, expect, test } from '@jest/globals';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { plain, plainDeep } from '../../../src/report/escape/plain.ts';
import type { Report } from '../../../src/report/report.ts';
import { fine, refused } from '../../support/gate.ts';
import { attribute, page, type read, text } from '../../support/html-page.ts';
import { NASTY } from '../../support/nasty.ts';
import { certificate, certified, daysOn } from '../../support/observation.ts';
import fc from '../../support/property.ts';
import { reportOn, several, surroundings } from '../../support/reports.ts';

describe('whatever a server says', () => {
  /** A report in which every string is one text, but for the words of ours that are no text. */
  function everywhere<T>(value: T, evil: string, key = ''): T {
    if (typeof value === 'string') return (OURS.has(key) ? value : evil) as T;
    if (Array.isArray(value)) return value.map((item) => everywhere(item, evil, key)) as T;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, everywhere(item, evil, name)])) as T;
  }
  const OURS: ReadonlySet<string> = new Set(['status', 'step', 'environment', 'validFrom', 'validTo']);
  const skeleton = ({ elements }: ReturnType<typeof read>) => elements.map(({ tagName }) => tagName).join(' ');
  const report = () =>
    reportOn(() => certified({ chain: [certificate({ validTo: daysOn(-2) })], chainError: 'CERT_HAS_EXPIRED' }), {
      tls: 'starttls',
      ...several('a', 'b'),
    });

  test.each(NASTY)('stays text, in every field at once: %s', async (_, evil) => {
    const read = page(plainDeep(everywhere(await report(), evil)));
    expect(read.errors).toEqual([]);
    expect(skeleton(read).replaceAll(/ ?\bcode\b/g, '')).toBe(
      skeleton(page(plainDeep(everywhere(await report(), 'tame')))).replaceAll(/ ?\bcode\b/g, ''),
    );
    const shown = text(read.all('body')[0] as Tree.Element);
    if (!evil.includes('`')) expect(shown).toContain(plain(evil));
  });

  test('stays text, as any text does', async () => {
    const some = await report();
    const tame = skeleton(page(plainDeep(everywhere(some, 'tame'))));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (evil) => {
        fc.pre(!evil.includes('`') && evil !== '');
        const read = page(plainDeep(everywhere(some, evil)));
        expect(read.errors).toEqual([]);
        expect(skeleton(read)).toBe(tame);
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example',
    ' https://evil.example',
    '//evil.example',
  ])('and wherever a run is, the page links to websites alone: %s', async (url) => {
    const run = { ...surroundings().run, url } as Report['run'];
    const { all } = page({ ...(await reportOn(fine)), run });
    expect(all('a').map((link) => attribute(link, 'href'))).not.toContain(url);
  });

  test('nothing runs but our own script, and nothing is asked of anyone', async () => {
    const report = await reportOn(refused);
    const nonces = [page(report), page(report)].map(({ all }) => {
      const policy = all('meta').find((one) => attribute(one, 'http-equiv') === 'Content-Security-Policy');
      const said = policy && attribute(policy, 'content');
      const [, nonce = ''] = /'nonce-([a-z\d]{32,})'/.exec(said ?? '') ?? [];
      const own = `'nonce-${nonce}'`;
      expect(said).toBe(`default-src 'none'; style-src ${own}; script-src ${own}; base-uri 'none'; form-action 'none'`);
      expect([...all('script'), ...all('style')].map((one) => attribute(one, 'nonce'))).toEqual([nonce, nonce]);
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});
