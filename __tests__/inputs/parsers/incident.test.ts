import { describe, expect, test } from '@jest/globals';
import { masksOf, planOf } from '../../../src/gate/probe-plan.ts';
import { incidentKey, label, login } from '../../../src/inputs/parsers/incident.ts';
import { apiToken } from '../../../src/inputs/parsers/primitives.ts';
import { repeatCommand } from '../../../src/inputs/verify-command.ts';
import { settings } from '../../support/settings.ts';

const TOKEN = 'ghs_0123456789abcdef';

describe('a login', () => {
  test.each(['octocat', 'a', 'octo-cat', 'mona_corp', 'renovate[bot]', '0x'])('is %s', (text) => {
    expect(login(text)).toEqual({ value: text });
  });
  test.each([
    ['@octocat', 'write octocat'],
    ['octo cat', 'a space'],
    ['a,b', 'a comma'],
    ['-x', 'not a GitHub login'],
    ['https://github.com/octocat', 'the character :'],
  ])('is not %s', (text, says) => {
    expect(login(text)).toEqual({ problem: expect.stringContaining(says) });
  });
});

test('a label has 50 characters at most and no comma', () => {
  const longest = '📮'.repeat(50);
  expect(label(longest)).toEqual({ value: longest });
  expect(label(`${longest}x`)).toEqual({ problem: expect.stringContaining('at most 50 characters') });
  expect(label('outage, mail')).toEqual({ problem: expect.stringMatching(/a comma \(,\) .*one label per line/) });
});

test('a key is a line of text', () => {
  expect(incidentKey('mail / eu')).toEqual({ value: 'mail / eu' });
  expect(incidentKey('a\tb')).toEqual({ problem: expect.stringContaining('a tab') });
});

describe('the token', () => {
  test('is never quoted by a problem', () => {
    for (const text of [`${TOKEN} x`, `${TOKEN}\n`, `\${{ secrets.TOKEN }}${TOKEN}`])
      expect(apiToken(text)).toEqual({ problem: expect.not.stringContaining(TOKEN) });
  });

  test('is masked, and in no command and no plan', async () => {
    const read = await settings({ 'github-token': TOKEN, 'incident-issue': 'true', timeout: '5s' });
    expect(masksOf(read)).toContain(TOKEN);
    expect(repeatCommand('a:25', read.given)).toBe('npx smtp-gate@1 a:25 --timeout=5s');
    expect(JSON.stringify(planOf({ host: 'a', port: 25 }, read))).not.toContain(TOKEN);
  });
});
