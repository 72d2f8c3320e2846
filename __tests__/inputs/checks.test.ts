import { expect, test } from '@jest/globals';
import { shown } from '../../src/inputs/checks.ts';
import { optionOf } from '../../src/inputs/options.ts';
import { settings } from '../support/settings.ts';

const LOGIN = { username: 'ada', password: 'correct horse', tls: 'starttls' };

test.each(['username', 'password', 'access-token', 'github-token'] as const)('nothing of %s may be shown', (name) => {
  expect(shown(optionOf(name), 'correct horse', { value: 'correct horse' })).toBe('***');
  expect(shown(optionOf(name), 'correct horse', { problem: 'is none' })).toBe('***');
});

test('what is no secret is shown as it was given, and a proxy without its credentials', async () => {
  expect(shown(optionOf('host'), 'mail.example', { value: 'mail.example' })).toBe('mail.example');
  expect(shown(optionOf('proxy'), 'http://ada:horse@proxy', { problem: 'is none' })).toBe('***');
  const { given } = await settings({ ...LOGIN, proxy: 'http://ada:horse@proxy.example:3128' });
  expect(given.get('proxy')).toBe('http://proxy.example:3128');
  expect([...given.values()].join(' ')).not.toMatch(/horse/);
});

test('a login is one with a password, with a token, or none', async () => {
  expect((await settings({})).credentials).toBeNull();
  expect((await settings(LOGIN)).credentials).toEqual({
    kind: 'password',
    username: 'ada',
    password: 'correct horse',
  });
  const token = { tls: 'starttls', 'access-token': 'ya29.x', 'auth-method': 'OAUTHBEARER' };
  expect((await settings(token)).credentials).toEqual({ kind: 'token', username: '', token: 'ya29.x' });
  expect((await settings({ ...token, username: 'ada' })).credentials).toMatchObject({ username: 'ada' });
});

test.each([
  ['SIZE 5000', '5000'],
  ['SIZE', null],
  ['8BITMIME\nSIZE 5000', '5000'],
  ['8BITMIME', null],
  ['', null],
])('the size of the envelope is the one that is required: %j', async (require, size) => {
  const { envelope } = await settings({ 'mail-from': 'ada@example.com', ...(require ? { require } : {}) });
  expect(envelope?.size).toBe(size);
});
