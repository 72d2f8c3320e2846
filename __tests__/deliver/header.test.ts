import { describe, expect, test } from '@jest/globals';
import { readAuthentication, receiversIn } from '../../src/deliver/authentication-results.ts';
import { readBounce } from '../../src/deliver/bounce.ts';
import { readFields, splitOutsideQuotes, unquoted, valuesOf, withoutComments } from '../../src/deliver/header.ts';
import { dateIn, readHops, skewOf } from '../../src/deliver/received.ts';
import { growth, LINEAR } from '../support/growth.ts';
import fc from '../support/property.ts';

const fields = (...lines: string[]) => readFields(Buffer.from(`${lines.join('\r\n')}\r\n\r\nBody: none\r\n`));

describe('a header', () => {
  test('is read field by field, unfolded, up to the empty line', () => {
    expect(fields('Subject: a', '\tb', 'X-Y:c', 'no field at all', ' folded into nothing', 'To : d')).toEqual([
      ['subject', 'a b'],
      ['x-y', 'c'],
      ['to', 'd'],
    ]);
  });

  test('may be cut off anywhere, and may be no text', () => {
    expect(readFields(Buffer.from('Subject: a\r\nFro'))).toEqual([['subject', 'a']]);
    expect(readFields(Buffer.from([0xff, 0xfe, 0x3a, 0x20]))).toEqual([]);
    expect(readFields(Buffer.from(`${'a: b\r\n'.repeat(5_000)}`))).toHaveLength(1_000);
  });

  test('loses its comments, which nest, and keeps what is in quotes', () => {
    expect(withoutComments('a (b (c\\) d) e) f "(g)" h(')).toBe('a   f "(g)" h');
    expect(withoutComments('"a\\"(b" (c')).toBe('"a\\"(b" ');
  });

  test('is parted outside of quotes', () => {
    expect(splitOutsideQuotes('a;"b;\\";c";d', ';')).toEqual(['a', '"b;\\";c"', 'd']);
    expect(unquoted('"a\\"b"')).toBe('a"b');
  });
});

describe('what a receiver says', () => {
  const own =
    'Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=example.net; dkim=fail reason="bad; dkim=pass" header.d=example.net; dmarc=pass';

  test('is read method by method, with its properties', () => {
    expect(readAuthentication(fields(own), 'MX.example.com')).toEqual([
      { method: 'spf', result: 'pass', about: ['smtp.mailfrom=example.net'] },
      { method: 'dkim', result: 'fail', about: ['header.d=example.net'] },
      { method: 'dmarc', result: 'pass', about: [] },
    ]);
  });

  test('counts of the trusted one alone, and of its topmost field: what is below came with the message', () => {
    const forged = 'Authentication-Results: mx.example.com; dkim=pass; spf=pass; dmarc=pass';
    const other = 'Authentication-Results: evil.example; dkim=pass';
    expect(readAuthentication(fields(other, own, forged), 'mx.example.com')?.[1]).toMatchObject({ result: 'fail' });
    expect(readAuthentication(fields(other), 'mx.example.com')).toBeNull();
    expect(receiversIn(fields(other, own, forged))).toEqual(['evil.example', 'mx.example.com']);
  });

  test.each([
    ['mx.example.com (and a comment; dkim=pass) 1; none', []],
    ['"mx.example.com" ; spf = pass', [{ method: 'spf', result: 'pass', about: [] }]],
    [
      'mx.example.com; dkim/1 = Pass (1024-bit key) header.i=@example.net',
      [{ method: 'dkim', result: 'pass', about: ['header.i=@example.net'] }],
    ],
    ['mx.example.com; x="y;spf=pass"', []],
    ['mx.example.com', []],
  ])('is read as RFC 8601 has it: %s', (value, results) => {
    expect(readAuthentication(fields(`Authentication-Results: ${value}`), 'mx.example.com')).toEqual(results);
  });

  test('is not taken from a name that only begins or ends like the trusted one', () => {
    for (const name of ['mx.example.com.evil.example', 'evil-mx.example.com', '(mx.example.com) evil', '""'])
      expect(readAuthentication(fields(`Authentication-Results: ${name}; spf=pass`), 'mx.example.com')).toBeNull();
  });

  test('can be anything at all', () => {
    const odd = fc.string({
      unit: fc.constantFrom('"', '\\', '(', ')', ';', '=', ' ', 'a', '.', 'spf=pass', '\u00e9'),
    });
    fc.assert(
      fc.property(odd, (text) => {
        const value = `Authentication-Results: mx;${text.replace(/[\r\n]/g, '')}`;
        for (const { method, result } of readAuthentication(fields(value), 'mx') ?? []) {
          expect(method).toMatch(/^[a-z\d-]+$/);
          expect(result).toMatch(/^[a-z\d]+$/);
        }
      }),
    );
  });

  test.each([
    ['open comments', '('],
    ['quotes', '"'],
    ['escapes', '\\'],
    ['equals signs', ' = '],
    ['results', '; spf=pass a.b=c'],
    ['white space', ' '],
  ])('is read in linear time: %s', async (_, piece) => {
    const read = (n: number) => {
      const text = piece.repeat(n);
      withoutComments(splitOutsideQuotes(text, ';').join(''));
      readFields(Buffer.from(`a: ${text}`));
      for (let i = 0; i < n; i += 16_000) {
        readAuthentication([['authentication-results', `mx;${text.slice(i, i + 16_000)}`]], 'mx');
      }
    };
    expect(await growth(read, 400_000)).toBeLessThanOrEqual(LINEAR);
  });
});

describe('the way of a message', () => {
  const received = [
    'Received: from mx.example.net (mx.example.net [192.0.2.9]) by imap.example.net (Dovecot) with LMTP id 1; Sun, 29 Nov 2026 10:00:09 +0000 (UTC)',
    'Received: from [10.0.0.7] (helo=gate)',
    '\tby mx.example.net with ESMTPSA; Sun, 29 Nov 2026 11:00:01 +0100',
  ];

  test('is read from the first server to the last', () => {
    expect(readHops(fields(...received))).toEqual([
      { from: '[10.0.0.7]', by: 'mx.example.net', at: new Date('2026-11-29T10:00:01Z') },
      { from: 'mx.example.net', by: 'imap.example.net', at: new Date('2026-11-29T10:00:09Z') },
    ]);
  });

  test('has no date where none can be read', () => {
    expect(readHops(fields('Received: by x', 'Received: nothing; yesterday'))).toEqual([
      { from: null, by: null, at: null },
      { from: null, by: 'x', at: null },
    ]);
    for (const text of ['Sun, 31 Feb 2026 10:00', '2026-01-01', '1 Jan 2026 10:00:00 +0000x', '99 Jan 2026 10:00 UTC'])
      expect(dateIn(text)).toBeNull();
    expect(dateIn('1 Jan 2026 10:00 UT')).toEqual(new Date('2026-01-01T10:00:00Z'));
  });

  test('shows a clock that is off, and forgives whole seconds', () => {
    const [sent, seen] = [new Date('2026-11-29T10:00:00.900Z'), new Date('2026-11-29T10:00:10Z')];
    const at = (time: string) => [{ from: null, by: null, at: new Date(`2026-11-29T${time}Z`) }];
    expect(skewOf(at('10:00:00'), sent, seen)).toBeNull();
    expect(skewOf(at('09:59:00'), sent, seen)).toBe(-61);
    expect(skewOf(at('10:05:10'), sent, seen)).toBe(300);
    expect(skewOf([{ from: null, by: null, at: null }], sent, seen)).toBeNull();
  });
});

describe('a notice that a message was not delivered', () => {
  test('has a status, a diagnostic and the server that said it', () => {
    const text =
      'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.2.2\r\nRemote-MTA: dns; imap.example.net\r\nDiagnostic-Code: smtp; 552 5.2.2\r\n    Quota exceeded\r\n';
    expect(readBounce(text)).toEqual({
      status: '5.2.2',
      diagnostic: '552 5.2.2 Quota exceeded',
      remote: 'imap.example.net',
    });
  });

  test('is none where the message is only late, or was delivered', () => {
    expect(readBounce('Action: delayed\r\nStatus: 4.4.1\r\n')).toBeNull();
    expect(readBounce('Action: delivered\r\n')).toBeNull();
  });

  test('may say nothing that can be read', () => {
    expect(readBounce('This message could not be delivered')).toEqual({ status: null, diagnostic: null, remote: null });
  });
});

test('fields of one name come in their order', () => {
  expect(valuesOf(fields('A: 1', 'B: 2', 'a: 3'), 'a')).toEqual(['1', '3']);
});
