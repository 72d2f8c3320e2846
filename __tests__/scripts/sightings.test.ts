import { describe, expect, test } from '@jest/globals';
import { codeSpan, codesPage } from '../../scripts/generate/codes.ts';
import { SIGHTINGS } from '../../scripts/generate/sightings.ts';
import { CODES, type Code } from '../../src/model/codes.ts';

const codes = Object.keys(CODES) as Code[];
const sections = codesPage().split(/^## /m).slice(1);

test.each([
  ['connect-blocked', /^> mail\.example\.com:25 did not answer/m],
  ['mx-not-found', /^> The domain example\.com exists/m],
])('the example of %s fits the code', (code, expected) => {
  expect(sections.find((one) => one.startsWith(`${code}\n`))).toMatch(expected);
});

describe('what was seen to cause a code', () => {
  test.each(codes)('%s: servers and their words, or the reason why not', (code) => {
    const sightings = SIGHTINGS[code];
    expect(sightings.length).toBeGreaterThan(0);
    if (typeof sightings === 'string') return expect(sightings).toMatch(/\.$/);
    for (const { server, text } of sightings) {
      expect(server).toMatch(/\w/);
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
    }
  });

  test.each(codes)('%s: stands in its section of docs/codes.md', (code) => {
    const section = sections.find((one) => one.startsWith(`${code}\n`));
    const sightings = SIGHTINGS[code];
    if (typeof sightings === 'string') return expect(section).toContain(`**Seen** nowhere: ${sightings}`);
    const lines = sightings.flatMap(({ server, text }) => [server, ...text.split('\n').map(codeSpan)]);
    for (const line of ['**Seen**\n', ...lines]) expect(section).toContain(line);
  });

  test.each([
    ['421 busy', '`421 busy`'],
    ['550 `a` no', '`` 550 `a` no ``'],
    ['550 ``a', '``` 550 ``a ```'],
  ])('%s is escaped as a code span', (text, span) => {
    expect(codeSpan(text)).toBe(span);
  });
});
