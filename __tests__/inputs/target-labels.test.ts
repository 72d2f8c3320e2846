import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { HIDDEN } from '../../src/inputs/checks.ts';
import type { OptionName } from '../../src/inputs/options.ts';
import { setApart } from '../../src/inputs/target-labels.ts';

type Given = readonly (readonly [OptionName, string])[];
/** The names of targets at one place. */
const names = (...all: Given[]) => setApart(all.map((given) => ({ at: 'a.example:25', given: new Map(given) })));
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 8);
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';

describe('targets at one place are told apart', () => {
  test.each<[string, Given[], string[]]>([
    ['one alone is not', [[['tls', 'none']]], ['']],
    [
      'by what differs alone',
      [
        [
          ['tls', 'none'],
          ['timeout', '1s'],
        ],
        [['timeout', '1s']],
      ],
      ['?tls=none', ''],
    ],
    [
      'in one order',
      [
        [
          ['tls', 'none'],
          ['ehlo-name', 'b'],
        ],
        [
          ['ehlo-name', 'a'],
          ['tls', 'starttls'],
        ],
      ],
      ['?ehlo-name=b&tls=none', '?ehlo-name=a&tls=starttls'],
    ],
    ['by number where nothing that is shown differs', [[['proxy', HIDDEN]], [], []], ['', ' (2)', ' (3)']],
    ['by number, where all is the same', [[['tls', 'none']], [['tls', 'none']]], ['', ' (2)']],
    ['not by a key', [[['tls-client-key', 'a']], [['tls-client-key', 'b']]], ['', ' (2)']],
    [
      'by where the password is',
      [[['password', 'password-env=A']], [['password', 'password-env=B']]],
      ['?password-env=A', '?password-env=B'],
    ],
    ['by the digest of a certificate', [[['tls-ca', PEM]], []], [`?tls-ca=PEM-${digest(PEM)}`, '']],
    ['by each of a list', [[['require', 'SIZE\nDSN']], []], ['?require=SIZE&require=DSN', '']],
    ['with what a query cannot have', [[['expect-banner', 'a b&c#d%e']], []], ['?expect-banner=a%20b%26c%23d%25e', '']],
    ['by sixty characters', [[['expect-banner', 'x'.repeat(60)]], []], [`?expect-banner=${'x'.repeat(60)}`, '']],
    [
      'by no more, and the digest of all',
      [[['expect-banner', 'x'.repeat(61)]], []],
      [`?expect-banner=${'x'.repeat(60)}…${digest('x'.repeat(61))}`, ''],
    ],
  ])('%s', (_, all, expected) => {
    expect(names(...all)).toEqual(expected);
  });
});

test('targets at several places need not be', () => {
  const tls = (value: string) => new Map([['tls', value]] as const);
  expect(
    setApart([
      { at: 'a', given: tls('none') },
      { at: 'b', given: tls('starttls') },
    ]),
  ).toEqual(['', '']);
});
