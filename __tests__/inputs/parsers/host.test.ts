import { describe, expect, test } from '@jest/globals';
import { host } from '../../../src/inputs/parsers/host.ts';
import { problemOf } from '../../support/problems.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

const label63 = 'a'.repeat(63);
const longest = `${label63}.${label63}.${label63}.${'a'.repeat(61)}`;

describe('a host is read', () => {
  test.each([
    ['a name', 'mail.example.com', 'mail.example.com'],
    ['a name in capitals', 'MAIL.Example.COM', 'MAIL.Example.COM'],
    ['a fully qualified name', 'mail.example.com.', 'mail.example.com.'],
    ['one label', 'localhost', 'localhost'],
    ['one letter', 'a', 'a'],
    ['hyphens within a label', 'smtp--relay-1.example', 'smtp--relay-1.example'],
    ['underscores, as container networks use them', 'smtp_relay_1', 'smtp_relay_1'],
    ['a label that begins with an underscore', '_smtp._tcp.example.com', '_smtp._tcp.example.com'],
    ['a label that begins with a digit', '3com.example', '3com.example'],
    ['a label that only looks like a number', '1e3', '1e3'],
    ['a name that only begins like a hexadecimal number', '0xabc.example.com', '0xabc.example.com'],
    ['a label of 63 characters', `${label63}.com`, `${label63}.com`],
    ['a name of 253 characters', longest, longest],
    ['a name of 253 characters and a final dot', `${longest}.`, `${longest}.`],
    ['an internationalised name', 'bücher.example', 'xn--bcher-kva.example'],
    ['an internationalised name in capitals', 'BÜCHER.example', 'xn--bcher-kva.example'],
    ['a name in another script', '例え.テスト', 'xn--r8jz45g.xn--zckzah'],
    ['a combining accent', 'bu\u0308cher.example', 'xn--bcher-kva.example'],
    ['an A-label', 'xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['an IPv4 address', '192.0.2.25', '192.0.2.25'],
    ['an IPv6 address', '2001:db8::25', '2001:db8::25'],
    ['an IPv6 address in brackets', '[2001:db8::25]', '2001:db8::25'],
    ['an IPv6 address with a zone', 'fe80::1%eth0', 'fe80::1%eth0'],
    ['an IPv6 address with a zone in brackets', '[fe80::1%eth0.100]', 'fe80::1%eth0.100'],
    ['an IPv4 address in an IPv6 one', '::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['the loopback address', '::1', '::1'],
  ])('%s', (_, text, value) => {
    expect(host(text)).toEqual({ value });
  });
});

describe('a host is refused with what is wrong and what to write instead', () => {
  test.each([
    ['double quotes', '"mail.example.com"', 'a double quote (") at character 1', 'write mail.example.com'],
    ['single quotes', "'mail.example.com'", "a single quote (') at character 1", 'write mail.example.com'],
    ['a quote at the end', 'mail.example.com"', 'a double quote (") at character 17', 'write mail.example.com'],
    ['typographic quotes', '“mail.example.com”', '“ (U+201C) at character 1', 'write mail.example.com'],
    ['single typographic quotes', '‘mail.example.com’', '‘ (U+2018) at character 1', 'write mail.example.com'],
    ['backticks', '`mail.example.com`', 'the character ` at character 1', 'write mail.example.com'],
    ['a comma', 'mail.example.com,', 'a comma (,) at character 17', 'write mail.example.com'],
    ['a semicolon', 'mail.example.com;', 'a semicolon (;) at character 17', 'write mail.example.com'],
    [
      'what a shell script leaves',
      '"mail.example.com";',
      'a double quote (") at character 1',
      'write mail.example.com',
    ],
    ['a no-break space', 'mail.example.com\u00a0', 'a no-break space (U+00A0)', 'write mail.example.com'],
    ['a byte-order mark', '\ufeffmail.example.com', 'an invisible character (U+FEFF)', 'write mail.example.com'],
    ['a zero-width space', 'mail\u200b.example.com', 'an invisible character (U+200B)', 'write mail.example.com'],
    ['a soft hyphen', 'mail\u00ad.example.com', 'an invisible character (U+00AD)', 'write mail.example.com'],
    ['a direction mark', 'mail.example.com\u202e', 'an invisible character (U+202E)', 'write mail.example.com'],
    ['a line separator', 'mail.example.com\u2028', 'an invisible character (U+2028)', 'write mail.example.com'],
    ['an escape', 'mail\u001b.example.com', 'an invisible character (U+001B)', 'write mail.example.com'],
    ['a delete', 'mail.example.com\u007f', 'an invisible character (U+007F)', 'write mail.example.com'],
    ['a line feed', 'mail.exa\nmple.com', 'a line feed at character 9', 'such as mail.example.com'],
    ['a carriage return', 'mail.example.com\r\nx', 'a carriage return at character 17', 'such as mail.example.com'],
    ['a NUL', 'mail.example.com\0', 'a NUL at character 17', 'such as mail.example.com'],
    ['a tab in between', 'a.example\tb.example', 'a tab: one host only', 'use one step for each'],
    ['two hosts', 'a.example b.example', 'a space: one host only', 'use one step for each'],
    ['two hosts with a comma', 'a.example,b.example', 'a comma (,): one host only', 'use one step for each'],
    ['two hosts with comma and space', 'a.example, b.example', 'a comma (,): one host', 'use one step for each'],
    ['two hosts with a semicolon', 'a.example;b.example', 'a semicolon (;): one host', 'use one step for each'],
    ['a scheme', 'smtp://mail.example.com', 'the scheme smtp://', 'write the name alone, and the port in `port`'],
    ['the scheme of LMTP', 'lmtp://mail.example.com:24', 'the scheme lmtp://', 'write it in `targets`'],
    ['a scheme in capitals', 'HTTPS://mail.example.com/', 'the scheme HTTPS://', 'and the port in `port`'],
    ['a port', 'mail.example.com:587', 'a port (:587)', 'write mail.example.com here, and 587 in `port`'],
    ['a port out of range', 'mail.example.com:99999', 'a port (:99999)', 'write mail.example.com here'],
    ['a port behind an IPv4 address', '192.0.2.1:25', 'a port (:25)', 'write 192.0.2.1 here, and 25 in `port`'],
    ['a port behind brackets', '[::1]:25', 'a port (:25)', 'write [::1] here, and 25 in `port`'],
    ['a port behind a zone', '[fe80::1%eth0]:25', 'a port (:25)', 'write [fe80::1%eth0] here, and 25 in `port`'],
    ['a port behind an internationalised name', 'bücher.example:25', 'a port (:25)', 'write bücher.example here'],
    ['a port’s name', 'mail.example.com:smtp', 'the character : at character 17', 'such as mail.example.com'],
    ['a mail address', 'ops@mail.example.com', 'an at sign (@)', 'write only the host after the @'],
    ['credentials', 'ops:secret@mail.example.com', 'an at sign (@)', 'write only the host after the @'],
    ['an at sign alone', '@mail.example.com', 'the character @ at character 1', 'write mail.example.com'],
    ['a path', 'mail.example.com/inbox', 'the character /', 'mail.example.com'],
    ['a query', 'mail.example.com?tls=none', 'the character ?', 'mail.example.com'],
    ['a fragment', 'mail.example.com#x', 'the character #', 'mail.example.com'],
    ['a command behind it', "mail.example.com'; rm -rf /", "a single quote (')", 'mail.example.com'],
    ['a wildcard', '*.example.com', 'the character * at character 1', 'such as mail.example.com'],
    ['brackets around a name', '[mail.example.com]', 'the character [ at character 1', 'write mail.example.com'],
    ['brackets around IPv4', '[192.0.2.1]', 'brackets around an IPv4 address', 'write 192.0.2.1'],
    [
      'a bracket that is not closed',
      '[fe80::1',
      'the character [ at character 1, a bracket that is not closed',
      'write [fe80::1], or fe80::1',
    ],
    ['one around a name', '[mail.example.com', 'a bracket that is not closed', 'write mail.example.com'],
    ['one around what is no host', '[mail..com', 'a bracket that is not closed', 'such as mail.example.com'],
    [
      'a bracket that was not opened',
      'fe80::1]',
      'the character ] at character 8, a bracket that was not opened',
      'write [fe80::1], or fe80::1',
    ],
    ['an expression', '$\u007b{ secrets.SMTP_HOST }}', 'was not evaluated', 'such as mail.example.com'],
    ['an expression within', 'mail.$\u007b{ vars.DOMAIN }}', 'was not evaluated', 'such as mail.example.com'],
    ['a shell variable', '$SMTP_HOST', 'was not evaluated ("$SMTP_HOST")', 'such as mail.example.com'],
    ['a shell variable in braces', '$\u007bSMTP_HOST}', 'was not evaluated', 'such as mail.example.com'],
    ['a command substitution', '$(hostname)', 'was not evaluated ("$(hostname)")', 'such as mail.example.com'],
    ['an en dash', 'mail–x.example', 'the character – (U+2013)', 'such as mail.example.com'],
    ['a hyphen that is no hyphen', 'mail‐x.example', '(U+2010)', 'such as mail.example.com'],
    ['an emoji', '😀.example', '😀 (U+1F600)', 'such as mail.example.com'],
    ['a lone surrogate', '\ud800.example', 'not a valid domain name', 'such as mail.example.com'],
    ['an empty part', 'mail..example.com', 'an empty part between two dots', 'write single dots'],
    ['a dot at the beginning', '.example.com', 'an empty part', 'write single dots'],
    ['a hyphen at the beginning', '-mail.example.com', 'the part "-mail"', 'begins and ends with a letter or digit'],
    ['a hyphen at the end', 'mail-.example.com', 'the part "mail-"', 'begins and ends with a letter or digit'],
    ['what looks like a flag', '--help', 'the part "--help"', 'begins and ends with a letter or digit'],
    ['a label of 64 characters', `${label63}a.com`, 'a part of 64 characters', 'at most 63'],
    ['an internationalised label that is too long', `${'ü'.repeat(60)}.com`, 'a part of 66 characters', 'at most 63'],
    ['a name of 254 characters', `${longest}a`, 'is 254 characters long', 'at most 253'],
    ['a number', '123', '"123" looks like an IPv4 address', 'write four numbers from 0 to 255'],
    ['three numbers', '10.0.1', '"10.0.1" looks like an IPv4 address', 'write four numbers from 0 to 255'],
    ['five numbers', '1.2.3.4.5', '"1.2.3.4.5" looks like an IPv4 address', 'write four numbers from 0 to 255'],
    ['a number over 255', '192.0.2.256', '"192.0.2.256"', 'write four numbers from 0 to 255'],
    ['an octal number', '0177.0.0.1', '"0177.0.0.1"', 'write four numbers from 0 to 255'],
    ['a hexadecimal number', '0x7f000001', '"0x7f000001"', 'write four numbers from 0 to 255'],
    ['a hexadecimal number at the end', '127.0.0.0x1', '"127.0.0.0x1"', 'write four numbers from 0 to 255'],
    ['full-width digits', '１２７.0.0.1', '"１２７.0.0.1"', 'write four numbers from 0 to 255'],
    ['letters that IPv6 has not', '2001:db8::zz', 'IPv6', 'such as'],
    ['a network', '192.0.2.0/24', 'the character /', 'such as mail.example.com'],
    ['an IPv6 network', '2001:db8::/32', 'the character /', '2001:db8::'],
  ])('%s', (_, text, names, advice) => {
    const problem = problemOf(host(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
  });

  test.each([
    ['a path', 'mail.example.com/inbox', 'mail.example.cominbox'],
    ['a query', 'mail.example.com?tls', 'mail.example.comtls'],
    ['a command', "mail.example.com'; rm -rf /", 'mail.example.comrm-rf'],
    ['quotes and an umlaut', '“bücher.example”', 'bcher.example'],
    ['a dash', 'mail–x.example', 'mailx.example'],
    ['a full stop of another script', 'mail。example。com', 'mailexamplecom'],
    ['two at signs', 'a@b@c.example', 'abc.example'],
    ['a network', '2001:db8::/32', '2001:db8::32'],
    ['a lone dot', '.', 'IPv4'],
    ['a bracket that is not closed', '[fe80::1', 'port'],
  ])('and never with another name or another mistake: %s', (_, text, wrong) => {
    expect(JSON.stringify(host(text))).not.toContain(wrong);
  });
});

test('whatever the text, a host is a name or an address that is read again as itself, or there is a problem', () => {
  const nearlyHosts = fc.stringMatching(/^[a-c0-9xü."'[\]:%@/${}, -]{0,12}$/);
  fc.assert(
    fc.property(fc.oneof(anyText, nearlyHosts), (text) => {
      const read = host(text);
      if ('problem' in read) return read.problem !== '';
      return /^[\w.:%-]{1,254}$/.test(read.value) && JSON.stringify(host(read.value)) === JSON.stringify(read);
    }),
    { numRuns: 1_000 },
  );
});
