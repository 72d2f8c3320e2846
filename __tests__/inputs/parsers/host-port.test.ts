import { describe, expect, test } from '@jest/globals';
import { hostAndPort } from '../../../src/inputs/parsers/host-port.ts';
import { hostPort } from '../../../src/shared/address.ts';
import { problemOf } from '../../support/problems.ts';

describe('a target', () => {
  test.each([
    ['mail.example.com:587', { host: 'mail.example.com', port: 587 }],
    ['localhost:1', { host: 'localhost', port: 1 }],
    ['192.0.2.1:65535', { host: '192.0.2.1', port: 65_535 }],
    ['[::1]:25', { host: '::1', port: 25 }],
    ['[fe80::1%eth0]:25', { host: 'fe80::1%eth0', port: 25 }],
    ['bücher.example:25', { host: 'xn--bcher-kva.example', port: 25 }],
  ])('is read from %j', (text, value) => {
    expect(hostAndPort(text)).toEqual({ value });
  });

  test.each(['mail.example.com:587', '[::1]:25', '[fe80::1%eth0]:25'])('is written as it is read: %j', (text) => {
    const read = hostAndPort(text);
    expect('value' in read && hostPort(read.value)).toBe(text);
  });

  test.each([
    ['', '"" is not a target', 'write host:port'],
    ['mail.example.com', '"mail.example.com" is not a target', 'mail.example.com:587 or [::1]:25'],
    ['::1', '"::1" is not a target', '[::1]:25'],
    ['::1:25', '"::1:25" is not a target', '[::1]:25'],
    ['[::1]', '"[::1]" is not a target', '[::1]:25'],
    ['[::1:25', '"[::1:25" is not a target: it contains the character [', 'is not closed; write [::1]:25'],
    ['[2001:db8::25:587', 'a bracket that is not closed', 'write [2001:db8::25]:587'],
    ['[2001:db8::25', 'a bracket that is not closed', 'write [2001:db8::25]:25'],
    ['::1]:587', 'a bracket that was not opened', 'write [::1]:587'],
    ['[x::y:25', '"[x::y:25" is not a target', 'such as mail.example.com:587 or [::1]:25'],
    ['[::1]x:25', '"[::1]x:25" is not a target', '[::1]:25'],
    ['a:25:26', '"a:25:26" is not a target', 'write host:port'],
    ['smtp://a:25', '"smtp://a:25" is not a target', 'write host:port'],
    ['a:', 'port "" is out of range', 'write a number from 1 to 65535'],
    [':25', 'host "" is not a valid domain name', 'such as mail.example.com'],
    ['a:0', 'port "0" is out of range', 'write a number from 1 to 65535'],
    ['a:-1', 'port contains the character -', 'write 1'],
    ['a:２５', 'port contains the character ２ (U+FF12)', 'write only digits'],
    ['a:smtp', 'port "smtp" is a service name', 'write the number 25'],
    ['a:25/', 'port contains the character /', 'write 25'],
    ['[192.0.2.1]:25', 'host has brackets around an IPv4 address', 'write 192.0.2.1'],
    ['a b:25', 'host contains a space', 'one host only'],
    ['ops@a:25', 'host contains an at sign (@)', 'write only the host after the @'],
  ])('is not read from %j', (text, names, advice) => {
    const problem = problemOf(hostAndPort(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
    // What stands before an at sign may be credentials.
    expect(problem).toContain(JSON.stringify(text.replace('ops@', '…@')));
  });

  test('is refused with what is wrong with both its parts', () => {
    expect(problemOf(hostAndPort('-a:99999'))).toMatch(/host has the part "-a";.*; port "99999" is out of range/);
  });
});
