import { describe, expect, test } from '@jest/globals';
import { mailbox, sender } from '../../../src/inputs/parsers/mailbox.ts';
import { mailCommand, rcptCommand } from '../../../src/smtp/commands.ts';
import { problemOf } from '../../support/problems.ts';
import fc from '../../support/property.ts';
import { anyText } from '../../support/text.ts';

describe('a mailbox is read', () => {
  test.each([
    ['an address', 'gate@example.com', 'gate', 'example.com'],
    ['an address in angle brackets', '<gate@example.com>', 'gate', 'example.com'],
    ['dots', 'a.b.c@example.com', 'a.b.c', 'example.com'],
    ['a tag', 'gate+release@example.com', 'gate+release', 'example.com'],
    ['every special character of an atom', "!#$%&'*+-/=?^_`{|}~@example.com", "!#$%&'*+-/=?^_`{|}~", 'example.com'],
    ['a quoted local part', '"two words"@example.com', '"two words"', 'example.com'],
    ['an at sign within quotes', '"a@b"@example.com', '"a@b"', 'example.com'],
    ['an escape within quotes', '"a\\"b"@example.com', '"a\\"b"', 'example.com'],
    ['an empty quoted local part', '""@example.com', '""', 'example.com'],
    ['another script before the at sign', 'grüße@example.com', 'grüße', 'example.com'],
    ['a character beyond the basic plane', '🔑@example.com', '🔑', 'example.com'],
    ['an internationalised domain, as A-labels', 'gate@bücher.example', 'gate', 'xn--bcher-kva.example'],
    ['A-labels', 'gate@xn--bcher-kva.example', 'gate', 'xn--bcher-kva.example'],
    ['one label', 'root@localhost', 'root', 'localhost'],
    ['an IPv4 literal', 'gate@[192.0.2.1]', 'gate', '[192.0.2.1]'],
    ['an IPv6 literal', 'gate@[IPv6:2001:db8::1]', 'gate', '[IPv6:2001:db8::1]'],
    ['64 bytes before the at sign', `${'x'.repeat(64)}@example.com`, 'x'.repeat(64), 'example.com'],
  ])('%s', (_, text, local, domain) => {
    expect(mailbox(text)).toEqual({ value: { local, domain } });
    expect(sender(text)).toEqual({ value: { local, domain } });
  });

  test('as nobody, where it is a sender', () => {
    expect(sender('<>')).toEqual({ value: 'null-path' });
    expect(problemOf(mailbox('<>'))).toContain('has no at sign');
  });
});

describe('a mailbox is refused with what is wrong and what to write instead', () => {
  test.each([
    ['no at sign', 'gate', 'has no at sign (@)', 'such as gate@example.com'],
    ['nothing before the at sign', '@example.com', 'has nothing before the at sign', 'such as gate@example.com'],
    ['no domain', 'gate@', 'the domain', 'write'],
    ['65 bytes before the at sign', `${'x'.repeat(65)}@example.com`, 'more than 64 bytes', ''],
    ['64 characters of two bytes each', `${'ü'.repeat(64)}@example.com`, 'more than 64 bytes', ''],
    ['a display name', 'Gate <gate@example.com>', 'more than an address', 'write gate@example.com'],
    ['a quoted display name', '"Gate" <gate@example.com>', 'more than an address', 'write gate@example.com'],
    ['two dots', 'a..b@example.com', 'an extra dot', 'write single dots'],
    ['a dot first', '.a@example.com', 'an extra dot', 'write single dots'],
    ['a dot last', 'a.@example.com', 'an extra dot', 'write single dots'],
    ['a space', 'a b@example.com', 'a space', 'one address per line'],
    ['a comma', 'a,b@example.com', 'a comma (,)', 'one address per line'],
    ['a semicolon', 'a;b@example.com', 'a semicolon (;)', 'one address per line'],
    ['two at signs', 'a@b@example.com', 'the character @', 'such as gate@example.com'],
    ['a scheme', 'mailto:gate@example.com', 'the character :', 'such as gate@example.com'],
    ['parameters behind it', 'a@example.com> SIZE=1', 'a space', 'one address per line'],
    ['two addresses with a comma', 'a@example.com,b@example.com', 'a comma (,)', 'one address per line'],
    ['two addresses with a semicolon', 'a@example.com;b@example.com', 'a semicolon (;)', 'one address per line'],
    ['a port', 'a@example.com:25', 'the character :', 'such as gate@example.com'],
    ['an ideographic space', 'a\u3000b@example.com', 'an invisible character (U+3000)', 'such as gate@example.com'],
    ['a tag character', 'a\u{e0041}@example.com', 'an invisible character (U+E0041)', 'such as gate@example.com'],
    ['half a surrogate pair', 'a\ud800@example.com', 'an invisible character (U+D800)', 'such as gate@example.com'],
    ['a bare IPv4 address', 'a@192.0.2.1', 'is a bare address', 'write [192.0.2.1]'],
    ['a bare IPv6 address', 'a@2001:db8::1', 'is a bare address', 'write [IPv6:2001:db8::1]'],
    ['an IPv6 literal without its tag', 'a@[2001:db8::1]', 'is not an address literal', 'write [192.0.2.1] or [IPv6:'],
    ['an IPv4 literal with it', 'a@[IPv6:192.0.2.1]', 'is not an address literal', 'write [192.0.2.1] or [IPv6:'],
    ['a domain with an empty part', 'a@b..example', 'an empty part', 'write single dots'],
    ['an injected command', 'a@example.com>\r\nDATA', 'a carriage return', 'write a bare address'],
    ['a line feed', 'a@example.com\nRSET', 'a line feed', 'write a bare address'],
    ['a NUL', 'a\0@example.com', 'a NUL', 'write a bare address'],
    ['an escape', 'a\x1b@example.com', 'U+001B', 'write a bare address'],
    ['a control in quotes', '"a\x01"@example.com', 'U+0001', 'write a bare address'],
    ['a zero-width space', 'a\u200b@example.com', 'U+200B', 'write a bare address'],
    ['a right-to-left override', 'a\u202e@example.com', 'U+202E', 'write a bare address'],
    ['a no-break space', 'a\u00a0b@example.com', 'a no-break space', 'write a bare address'],
  ])('%s', (_, text, names, advice) => {
    const problem = problemOf(mailbox(text));
    expect(problem).toContain(names);
    expect(problem).toContain(advice);
    expect(sender(text)).toEqual({ problem });
  });
});

test('no mailbox that is read can say more than itself', () => {
  const text = fc.oneof(
    anyText,
    fc.tuple(anyText, anyText).map(([local, domain]) => `${local}@${domain}`),
    anyText.map((local) => `${local}@example.com`),
    anyText.map((local) => `"${local}"@example.com`),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      const parsed = mailbox(candidate);
      if ('problem' in parsed) return;
      const unquoted = (line: string) => line.replace(/"(?:[^"\\]|\\.)*"/, 'quoted');
      const mail = mailCommand({ from: parsed.value, to: [], size: null }, new Map());
      expect(unquoted(mail)).toMatch(/^MAIL FROM:<[^<>\x00-\x20\x7f]+>$/);
      expect(unquoted(rcptCommand(parsed.value))).toMatch(/^RCPT TO:<[^<>\x00-\x20\x7f]+>$/);
      expect(mail).not.toMatch(/[\x00-\x1f\x7f]/);
      expect(parsed.value.domain).toMatch(/^[\x21-\x7e]+$/);
    }),
    { numRuns: 500 },
  );
});
