import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Secrets } from '../../src/shared/redaction.ts';
import { growth, LINEAR } from '../support/growth.ts';
import fc, { draws } from '../support/property.ts';
import { ENCODERS, SPREADERS } from '../support/repeated.ts';
import { anyText } from '../support/text.ts';

const PASSWORD = 'p@ss "wörd"+1/2';
const redact = (text: string, ...values: string[]) => new Secrets(values).redact(text);
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a secret is redacted', () => {
  test.each([
    ['as it is', PASSWORD],
    ['as JSON has it', JSON.stringify(PASSWORD).slice(1, -1)],
    ['as a URL has it', encodeURIComponent(PASSWORD)],
    ['as a form has it', encodeURIComponent(PASSWORD).replaceAll('%20', '+')],
    ['as JSON may have it, with the slash escaped', JSON.stringify(PASSWORD).slice(1, -1).replaceAll('/', '\\/')],
    [
      'as a URL may have it, in small letters',
      encodeURIComponent(PASSWORD).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ['in hexadecimal, in capitals', Buffer.from(PASSWORD).toString('hex').toUpperCase()],
    ['in hexadecimal', Buffer.from(PASSWORD).toString('hex')],
    ['as UTF-8 that was read as Latin-1', Buffer.from(PASSWORD).toString('latin1')],
    ['in base64', base64(PASSWORD)],
    ['in base64 for URLs', Buffer.from(PASSWORD).toString('base64url')],
    ['in PLAIN’s message', base64(`\0ada\0${PASSWORD}`)],
    ['in XOAUTH2’s message', base64(`user=ada\x01auth=Bearer ${PASSWORD}\x01\x01`)],
    ['in base64 behind one byte', base64(`a${PASSWORD}`)],
    ['in base64 behind two bytes', base64(`ab${PASSWORD}`)],
    ['in base64 behind three bytes', base64(`abc${PASSWORD}`)],
    ['in base64 before one byte', base64(`${PASSWORD}z`)],
    ['in base64 before two bytes', base64(`${PASSWORD}yz`)],
    ['in base64 for URLs, amid other text', Buffer.from(`?>${PASSWORD}?>`).toString('base64url')],
  ])('%s', (_, form) => {
    for (const [before, after] of [
      ['', ''],
      ['535 5.7.8 bad login: ', ' (try again)'],
      ['"', '"'],
      ['password=', '&x=1'],
      ['(', ')'],
    ] as const) {
      expect(redact(`${before}${form}${after}`, PASSWORD)).toBe(`${before}***${after}`);
    }
    expect(redact(`${form} and ${form}`, PASSWORD)).toBe('*** and ***');
  });

  test('in base64 directly behind itself', () => {
    expect(redact(`pass!word${base64('pass!word')}`, 'pass!word')).toBe('******');
  });

  test('with what a URL need not escape escaped', () => {
    expect(redact('x=it%27s%21mine&', "it's!mine")).toBe('x=***&');
  });

  test('with what is beyond ASCII escaped', () => {
    expect(redact('"w\\u00f6rterbuch"', 'wörterbuch')).toBe('"***"');
  });

  test('whatever it means in a regular expression', () => {
    const value = '^$.*+?()[]{}|\\/-a-z$&';
    expect(redact(`<${value}>`, value)).toBe('<***>');
    expect(redact('abc', '.....', '[a-z]{3}', 'a|b|c|d')).toBe('abc');
  });

  test('among several, the longest first, and those that are added later', () => {
    const secrets = new Secrets(['correct', 'correct horse']);
    expect(secrets.redact('correct horse, correct')).toBe('***, ***');
    expect(secrets.redact('battery staple')).toBe('battery staple');
    secrets.add('battery');
    expect(secrets.redact('correct battery staple')).toBe('*** *** staple');
  });
});

describe('a secret is found under every encoding that another side may have put it in', () => {
  const VALUES = [
    'FieldPassw0rd',
    'p@ss "wörd"+1/2',
    `it's a_"$(secret)&<b>\\n`,
    'a=41%42&lt;\\u0043!',
    'Tr0ub4dor&3é',
  ];

  describe.each(Object.entries(ENCODERS))('%s', (_, encode) => {
    test.each(VALUES)('%s', (value) => {
      const form = encode(value);
      for (const [before, after] of [
        ['', ''],
        ['535 5.7.8 no: ', ' (again)'],
        ['x=', ';'],
      ] as const) {
        const redacted = redact(before + form + after, value);
        expect(redacted).toContain('***');
        for (const one of Object.values(ENCODERS)) expect(redacted).not.toContain(one(value));
        // What is left of it is quotes.
        expect(redacted.replace(before, '').replace(after, '').length).toBeLessThanOrEqual(form.length / 2 + 6);
      }
    });
  });

  describe.each(Object.entries(SPREADERS))('%s', (_, spread) => {
    test.each(VALUES)('%s', (value) => {
      const lines = spread(value);
      const hidden = lines.map(() => '***');
      const secrets = new Secrets([value]);
      expect(secrets.redactLines(['begin', ...lines, 'end'])).toEqual(['begin', ...hidden, 'end']);
      const said = (texts: readonly string[]) => texts.map((text) => `250-${text}`).join('\r\n');
      expect(secrets.redact(said(['begin', ...lines, 'end'])).split(/\r?\n/)).toEqual([
        '250-begin',
        ...hidden,
        '250-end',
      ]);
    });
  });

  test.each(['md5', 'sha1', 'sha256', 'sha512'])('as its digest: %s', (name) => {
    const digest = createHash(name).update('FieldPassw0rd').digest();
    expect(redact(`{${digest.toString('hex')}}`, 'FieldPassw0rd')).toBe('{***}');
    expect(redact(`{${digest.toString('base64')}}`, 'FieldPassw0rd')).toBe('{***}');
  });

  test('behind an enhanced code on every line', () => {
    const secrets = new Secrets(['correct horse']);
    const lines = ['5.7.8 user correct', '5.7.8 horse', '5.7.8 end'];
    expect(secrets.redactLines(lines)).toEqual(['***', '***', '5.7.8 end']);
    expect(secrets.redactLines(['5.7.8 correct', '5.7.8  horse'])).toEqual(['***', '***']);
  });

  test('without the lines beside the one that holds it', () => {
    const lines = ['mail.example.com', `X-ECHO ${base64('FieldPassw0rd')}`, 'PIPELINING', 'AUTH PLAIN'];
    expect(new Secrets(['FieldPassw0rd']).redactLines(lines)).toEqual([
      'mail.example.com',
      'X-ECHO ***',
      'PIPELINING',
      'AUTH PLAIN',
    ]);
  });

  test('each line of one that has several', () => {
    const secrets = new Secrets(['-----BEGIN X-----\nMIIabcdef\nab\nQ0xyz123=\n-----END X-----']);
    expect(secrets.redact('-----BEGIN X----- MIIabcdef ab Q0xyz123=')).toBe('-----BEGIN X----- *** ab ***');
  });

  test('and its beginning where the text was cut', () => {
    const secrets = new Secrets(['FieldPassw0rd']);
    expect(secrets.redact('500 FieldPas', { cut: true })).toBe('500 ***');
    expect(secrets.redact(`500 ${base64('FieldPassw0rd').slice(0, 9)}`, { cut: true })).toBe('500 ***');
    expect(secrets.redact('500 FieldPas')).toBe('500 FieldPas');
    expect(secrets.redact('500 Fi', { cut: true })).toBe('500 Fi');
  });
});

describe('a long secret', () => {
  const TOKEN = Array.from({ length: 90 }, (_, i) => ((i + 3) ** 5).toString(36)).join('-');

  test.each([
    ['whole', TOKEN],
    ['cut', TOKEN.slice(0, 150)],
    ['its end', TOKEN.slice(-100)],
    ['in base64, cut', base64(`user=a\x01auth=Bearer ${TOKEN}`).slice(0, 200)],
  ])('%s', (_, form) => {
    expect(redact(`535 ${form} no`, TOKEN)).toBe('535 *** no');
  });

  test('of 100 KB takes time in proportion to what is read', async () => {
    const long = Array.from({ length: 17_000 }, (_, i) => (i * 2_654_435_761).toString(36)).join('x');
    const all = new Secrets([long, 'a'.repeat(100_000)]);
    expect(all.redact(`535 ${long.slice(0, 4_000)}`)).toBe('535 ***');
    expect(await growth((size) => all.redact('a'.repeat(size)), 256 * 1024)).toBeLessThan(LINEAR);
  });
});

describe('what the protocol says itself is no secret', () => {
  test.each(['smtp', 'STARTTLS', 'login', '25', '587', 'PLAIN'])('%s', (value) => {
    const text = 'smtp 25 587 STARTTLS AUTH LOGIN PLAIN login';
    expect(redact(text, value)).toBe(text);
  });
});

describe('a text without secrets stays as it is', () => {
  test.each([
    ['there are no secrets', []],
    ['the secret is empty', ['']],
    ['the secret is another', ['hunter2!']],
  ])('where %s', (_, values) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(new Secrets(values).redact(text)).toBe(text);
      }),
    );
  });
});

describe('a short secret does not shred words', () => {
  const TEXT = '250-mail.example.com at your service, release_gate ready-to-go AUTH PLAIN YWRhcHRlcg==';
  test.each(['a', 'at', 'ex', 'rea', 'gate', 'mai', 'LAIN', 'ada'])('%s', (value) => {
    const redacted = redact(TEXT, value);
    expect(redacted).toBe(value === 'at' ? TEXT.replace(' at ', ' *** ') : TEXT);
  });

  test.each([
    ['user ada unknown', 'user *** unknown'],
    ['ada: unknown', '***: unknown'],
    ['<ada@example.com>', '<***@example.com>'],
    ['adapter', 'adapter'],
    ['ada-b', 'ada-b'],
    [`login ${base64('ada')} failed`, 'login *** failed'],
  ])('in %j, where it stands alone it goes', (text, expected) => {
    expect(redact(text, 'ada')).toBe(expected);
  });
});

/** Whether any run of base64 in a text, read from any of its first characters, holds the value. */
function isInBase64(text: string, value: string): boolean {
  return (text.match(/[\w+/-]+/g) ?? []).some((run) =>
    [0, 1, 2, 3].some((skip) => Buffer.from(run.slice(skip), 'base64').includes(value)),
  );
}

test.each(['battery-staple-p', '0123456789'])('%s in hexadecimal is found before what looks like a prefix', (value) => {
  const hex = Buffer.from(value).toString('hex');
  for (const text of [`${hex}x`, `${hex}0x`, `0x${hex}x41`, hex.replace(/../g, '0x$&')]) {
    expect(redact(`535 ${text}`, value)).not.toMatch(/[\da-f]{6}/);
  }
});

test('no form of a secret of eight characters or more survives, whatever is around it', () => {
  const secret = fc
    .oneof(fc.stringMatching(/^[\x20-\x7e]{8,40}$/), fc.string({ unit: 'grapheme', minLength: 8, maxLength: 30 }))
    // What it is replaced with could make one of these anew.
    .filter((value) => Buffer.from(value).toString() === value && !value.includes('*'));
  const words = fc.stringMatching(/^[\x20-\x7e]{0,20}$/);
  const forms: readonly ((value: string, before: string, after: string) => string)[] = [
    (value) => value,
    (value, before, after) => JSON.stringify(before + value + after),
    (value) => encodeURIComponent(value),
    (value) => encodeURIComponent(value).replaceAll('%20', '+'),
    (value) => Buffer.from(value).toString('hex'),
    (value, before, after) => base64(before + value + after),
    (value, before, after) => Buffer.from(before + value + after).toString('base64url'),
  ];
  fc.assert(
    fc.property(secret, words, words, anyText, anyText, (value, before, after, left, right) => {
      for (const form of forms) {
        const redacted = redact(left + form(value, before, after) + right, value);
        expect(redacted).toContain('***');
        expect(redacted).not.toContain(value);
        expect(redacted).not.toContain(JSON.stringify(value).slice(1, -1));
        expect(redacted).not.toContain(encodeURIComponent(value));
        expect(redacted).not.toContain(Buffer.from(value).toString('hex'));
        expect(isInBase64(redacted, value)).toBe(false);
      }
    }),
    { numRuns: draws(300) },
  );
});

describe('256 KiB that a server made up take time in proportion to their length', () => {
  const SIZE = 256 * 1024;
  const VALUES = ['correct horse battery', 'aaaaaaaaaaaa', 'ada@example.com'];
  const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
  test.each([
    ['one character of base64', fill('A')],
    ['the letter that a secret is made of, one short each time', fill(`${'a'.repeat(11)}b`)],
    ['the base64 of a secret, one short each time', fill(base64(VALUES[0] ?? '').slice(0, -3))],
    ['the base64 of a repeated letter, one short each time', fill(`${base64('aaaaaaaaaaa')}b`.replaceAll('=', ''))],
    ['words', fill('lorem ipsum ')],
    ['equals signs', fill('=')],
    ['runs of one character', fill('A ')],
    ['percent signs', fill('%41')],
    ['entities', fill('&#x41;')],
    ['one entity', `&#${'0'.repeat(SIZE)}`],
    ['backslashes', fill('\\')],
    ['every kind of escape', fill("%41&#65;\\x41=41+41''\n")],
    ['line ends', fill('\n')],
    ['ends of replies', fill('\r\n250-5.7.8 a')],
    ['spaces', fill(' ')],
    ['bytes', fill('0x41:')],
    ['the secrets', fill(VALUES.join(''))],
    [
      'the secrets, escaped',
      fill(VALUES.map((value) => value.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)).join('\r\n')),
    ],
  ])('%s', async (_, text) => {
    const secrets = new Secrets(VALUES);
    expect(await growth((size) => secrets.redact(text.slice(0, size)), text.length)).toBeLessThan(LINEAR);
  });
});
