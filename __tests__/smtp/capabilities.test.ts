import { describe, expect, test } from '@jest/globals';
import { offeredBy, offers, parseCapabilities, sayCapabilities } from '../../src/smtp/capabilities.ts';
import { reply } from '../support/observation.ts';

const offered = parseCapabilities(
  reply(
    '250-mail.example.com SIZE 1\n250-PIPELINING\n250-size 10240000\n250-AUTH PLAIN LOGIN\n250-AUTH=CRAM-MD5 PLAIN\n250-\n250-LIMITS RCPTMAX=20\n250 SMTPUTF8 ',
  ),
);

describe('the answer to EHLO', () => {
  test('is read by keyword, whatever the case, and its first line names the server', () => {
    expect(Object.fromEntries(offered)).toEqual({
      PIPELINING: [],
      SIZE: ['10240000'],
      AUTH: ['PLAIN', 'LOGIN', 'CRAM-MD5', 'PLAIN'],
      LIMITS: ['RCPTMAX=20'],
      SMTPUTF8: [],
    });
  });

  test('may have several spaces, and AUTH= at the beginning of a line alone', () => {
    expect(Object.fromEntries(parseCapabilities(reply('250-a\n250-AUTH  PLAIN \t LOGIN\n250 XAUTH=PLAIN')))).toEqual({
      AUTH: ['PLAIN', 'LOGIN'],
      'XAUTH=PLAIN': [],
    });
  });

  test('may offer nothing', () => {
    expect(parseCapabilities(reply('250 mail.example.com')).size).toBe(0);
  });

  test.each([
    ['PIPELINING', [], true],
    ['SMTPUTF8', [], true],
    ['STARTTLS', [], false],
    ['AUTH', [], true],
    ['AUTH', ['PLAIN'], true],
    ['AUTH', ['login', 'cram-md5'], true],
    ['AUTH', ['PLAIN', 'SCRAM-SHA-256'], false],
    ['SIZE', [], true],
    ['SIZE', ['10240000'], true],
    ['SIZE', ['1'], true],
    ['SIZE', ['10240001'], false],
    ['SIZE', ['99999999999999999999'], false],
  ])('%s with %j is offered: %p', (keyword, parameters, expected) => {
    expect(offers(offered, { keyword, parameters })).toBe(expected);
  });

  test.each([
    ['SIZE', true],
    ['SIZE 0', true],
    ['SIZE 999', false],
    ['SIZE many', false],
    ['SIZE 9999x', false],
    ['SIZE x9999', false],
  ])('%j is enough for 1000 bytes: %p', (line, expected) => {
    const capabilities = parseCapabilities(reply(`250-a\n250 ${line}`));
    expect(offers(capabilities, { keyword: 'SIZE', parameters: ['1000'] })).toBe(expected);
  });

  test.each([
    ['EHLO', '250-a\n250 DSN', ['DSN']],
    ['EHLO', '251-a\n251 DSN', ['DSN']],
    ['EHLO', '502-a\n502 DSN', []],
    ['HELO', '250-a\n250 DSN', []],
  ] as const)('%s and %j offer %j', (verb, text, expected) => {
    expect([...offeredBy({ verb, reply: reply(text) }).keys()]).toEqual(expected);
  });

  test('that never came offers nothing', () => {
    expect(offeredBy(null).size).toBe(0);
  });

  test('is written again as it was offered', () => {
    expect(sayCapabilities(offered)).toEqual([
      'PIPELINING',
      'SIZE 10240000',
      'AUTH PLAIN LOGIN CRAM-MD5 PLAIN',
      'LIMITS RCPTMAX=20',
      'SMTPUTF8',
    ]);
  });
});
