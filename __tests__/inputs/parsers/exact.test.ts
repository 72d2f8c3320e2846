import { expect, test } from '@jest/globals';
import { credential } from '../../../src/inputs/parsers/credentials.ts';
import { ehloName, requirement } from '../../../src/inputs/parsers/ehlo-name.ts';
import { host } from '../../../src/inputs/parsers/host.ts';
import { hostAndPort } from '../../../src/inputs/parsers/host-port.ts';
import { ignoreRule } from '../../../src/inputs/parsers/ignore.ts';
import { login } from '../../../src/inputs/parsers/incident.ts';
import { mailbox } from '../../../src/inputs/parsers/mailbox.ts';
import { certificates } from '../../../src/inputs/parsers/pem.ts';
import {
  apiToken,
  JOB_TOKEN,
  joined,
  lines,
  port,
  quorum,
  regularExpression,
  wholeNumber,
} from '../../../src/inputs/parsers/primitives.ts';
import { credentialsIn, proxyUrl } from '../../../src/inputs/parsers/proxy-url.ts';
import { nameCharacter, quote } from '../../../src/inputs/parsers/result.ts';
import { shard } from '../../../src/inputs/parsers/shard.ts';
import { targetLines } from '../../../src/inputs/parsers/targets.ts';

/** By parser: what is written, and all that comes of it, to the letter. Most stand at a bound, or beside one. */
const ROWS: Readonly<Record<string, { parse(text: string): unknown; rows: readonly (readonly [string, unknown])[] }>> =
  {
    credential: {
      parse: credential,
      rows: [
        [`${'a'.repeat(16384)}`, { value: `${'a'.repeat(16384)}` }],
        [
          `${'a'.repeat(16385)}`,
          { problem: 'is 16385 characters long, which is too long for a login; store it again' },
        ],
      ],
    },
    ehloName: {
      parse: ehloName,
      rows: [
        [
          'x[192.0.2.1]',
          {
            problem:
              'contains the character [ at character 2; write the bare name or address, such as mail.example.com',
          },
        ],
        ['[192.0.2.1]x', { problem: 'contains the character [ at character 1; write 192.0.2.1' }],
      ],
    },
    requirement: {
      parse: requirement,
      rows: [
        ['DSN A,B', { value: { keyword: 'DSN', parameters: ['A,B'] } }],
        [
          'AUTH A,B',
          { problem: '"AUTH A,B" has a comma (,) between mechanisms; write spaces, such as AUTH PLAIN LOGIN' },
        ],
      ],
    },
    hostAndPort: {
      parse: hostAndPort,
      rows: [
        [
          '::1]:25',
          {
            problem:
              '"::1]:25" is not a target: it contains the character ] at character 4, a bracket that was not opened; write [::1]:25',
          },
        ],
        [
          '2001:db8::1]:25',
          {
            problem:
              '"2001:db8::1]:25" is not a target: it contains the character ] at character 12, a bracket that was not opened; write [2001:db8::1]:25',
          },
        ],
        [
          '::1]',
          {
            problem:
              '"::1]" is not a target: it contains the character ] at character 4, a bracket that was not opened; write [::1]:25',
          },
        ],
        [
          '[::1:25',
          {
            problem:
              '"[::1:25" is not a target: it contains the character [ at character 1, a bracket that is not closed; write [::1]:25',
          },
        ],
        [
          '[::1',
          {
            problem:
              '"[::1" is not a target: it contains the character [ at character 1, a bracket that is not closed; write [::1]:25',
          },
        ],
        [
          '::1]:25x',
          { problem: '"::1]:25x" is not a target; write host:port, such as mail.example.com:587 or [::1]:25' },
        ],
        [
          '[::1:25x',
          { problem: '"[::1:25x" is not a target; write host:port, such as mail.example.com:587 or [::1]:25' },
        ],
        [
          '1::2:3]:25',
          {
            problem:
              '"1::2:3]:25" is not a target: it contains the character ] at character 7, a bracket that was not opened; write [1::2:3]:25',
          },
        ],
        [
          'mail.example.com:0',
          { problem: '"mail.example.com:0": port "0" is out of range; write a number from 1 to 65535' },
        ],
        ['-:25', { problem: '"-:25": host has the part "-"; a part begins and ends with a letter or digit' }],
        [
          '-:0',
          {
            problem:
              '"-:0": host has the part "-"; a part begins and ends with a letter or digit; port "0" is out of range; write a number from 1 to 65535',
          },
        ],
      ],
    },
    host: {
      parse: host,
      rows: [
        [`${'a'.repeat(1000)}`, { problem: 'is 1000 characters long; a name has at most 253' }],
        [
          `${'a'.repeat(1001)}`,
          {
            problem:
              'is 1001 characters long; a name has at most 253: write the bare name or address, such as mail.example.com',
          },
        ],
        [
          'x[192.0.2.1]',
          {
            problem:
              'contains the character [ at character 2; write the bare name or address, such as mail.example.com',
          },
        ],
        [
          'x[a',
          {
            problem:
              'contains the character [ at character 2; write the bare name or address, such as mail.example.com',
          },
        ],
        ['a]b', { problem: 'contains the character ] at character 2; write a' }],
        ['[a', { problem: 'contains the character [ at character 1, a bracket that is not closed; write a' }],
        ['a]', { problem: 'contains the character ] at character 2, a bracket that was not opened; write a' }],
        [
          '!smtp://a.example',
          {
            problem:
              'contains the character ! at character 1; write the bare name or address, such as mail.example.com',
          },
        ],
        [
          '/a:25',
          {
            problem:
              'contains the character / at character 1; write the bare name or address, such as mail.example.com',
          },
        ],
        [
          'a:25x',
          {
            problem:
              'contains the character : at character 2; write the bare name or address, such as mail.example.com',
          },
        ],
        ['a:25', { problem: 'contains a port (:25); write a here, and 25 in `port`' }],
        [
          '10.0.0.0/8',
          {
            problem:
              'contains the character / in "10.0.0.0/8", which is a network; write the bare name or address, such as mail.example.com',
          },
        ],
        [
          '2001:db8::/32',
          {
            problem:
              'contains the character / in "2001:db8::/32", which is a network; write the bare name or address, such as mail.example.com',
          },
        ],
        ['x/10.0.0.0/8', { problem: 'contains the character / at character 2; write x' }],
        ['10.0.0.0/8x', { problem: 'contains the character / at character 9; write 10.0.0.0' }],
        ['2001:db8::/32x', { problem: 'contains the character / at character 11; write 2001:db8::' }],
        ['a b', { problem: 'contains a space: one host only; use one step for each' }],
        ['a b c', { problem: 'contains a space: one host only; use one step for each' }],
        ['a b"', { problem: 'contains a space at character 2; write a' }],
        ['""a.example', { problem: 'contains a double quote (") at character 1; write a.example' }],
        [
          '"::1"',
          {
            problem:
              'contains a double quote (") at character 1; write the bare name or address, such as mail.example.com',
          },
        ],
        ['"bücher.example"', { problem: 'contains a double quote (") at character 1; write bücher.example' }],
        ['<2001:db8::1>', { problem: 'contains the character < at character 1; write 2001:db8::1' }],
      ],
    },
    ignoreRule: {
      parse: ignoreRule,
      rows: [
        ['slow  #  a # b ', { value: { code: 'slow', at: null, until: null, reason: 'a # b' } }],
        ['slow #', { value: { code: 'slow', at: null, until: null, reason: null } }],
        ['  # x', { problem: 'is a reason without a code; write the code before the #' }],
        [`slow # ${'a'.repeat(200)}`, { value: { code: 'slow', at: null, until: null, reason: `${'a'.repeat(200)}` } }],
        [`slow # ${'a'.repeat(201)}`, { problem: 'has a reason of 201 characters; write at most 200' }],
        [
          'slow x until:2026-12-31',
          {
            problem:
              '"slow x" is not a code (it contains a space; did you mean `slow`?); write one of those in docs/codes.md, such as slow',
          },
        ],
        ['slow until:2026-12-31', { value: { code: 'slow', at: null, until: '2026-12-31', reason: null } }],
        ['slow until:2026', { problem: '"2026" is no day; write year, month and day, such as until:2026-12-31' }],
        ['slow until:2026-12', { problem: '"2026-12" is no day; write year, month and day, such as until:2026-12-31' }],
        [
          'slow until:2026-12-31x',
          { problem: '"2026-12-31x" is no day; write year, month and day, such as until:2026-12-31' },
        ],
        [
          'slow until:x2026-12-31',
          { problem: '"x2026-12-31" is no day; write year, month and day, such as until:2026-12-31' },
        ],
        [
          'slow until:2026-02-30',
          { problem: '"2026-02-30" is no day; write year, month and day, such as until:2026-12-31' },
        ],
        ['slow until:', { problem: '"" is no day; write year, month and day, such as until:2026-12-31' }],
        ['slow, greeting-busy', { problem: '"slow, greeting-busy" is not one code, but several; write one per line' }],
        [
          'slow; x',
          {
            problem:
              '"slow; x" is not a code (it contains a semicolon (;); did you mean `slow`?); write one of those in docs/codes.md, such as slow',
          },
        ],
        [
          'slow,',
          {
            problem:
              '"slow," is not a code (it contains a comma (,); did you mean `slow`?); write one of those in docs/codes.md, such as slow',
          },
        ],
        [
          'slo@mail.example:25',
          { problem: '"slo" is not a code (did you mean `slow`?); write one of those in docs/codes.md, such as slow' },
        ],
        [
          'a:b@mail.example:25',
          { problem: '"…@mail.example:25" is not a code; write one of those in docs/codes.md, such as slow' },
        ],
        ['b:a-b', { problem: '"b:a-b" is not a code; write one of those in docs/codes.md, such as slow' }],
        ['a-b:', { problem: '"a-b:" is not a code; write one of those in docs/codes.md, such as slow' }],
      ],
    },
    login: {
      parse: login,
      rows: [
        ['octo-', { problem: '"octo-" is not a GitHub login; write one per line, such as octocat' }],
        ['@a b', { problem: 'begins with @; write a login, such as octocat' }],
        ['@a.b', { problem: 'begins with @; write a login, such as octocat' }],
        ['@octo', { problem: 'begins with @; write octo' }],
        ['-', { problem: '"-" is not a GitHub login; write one per line, such as octocat' }],
        ['a.b', { problem: '"a.b" is not a GitHub login (the character .); write one per line, such as octocat' }],
        [`@${'a'.repeat(39)}`, { problem: `begins with @; write ${'a'.repeat(39)}` }],
        [`@${'a'.repeat(40)}`, { problem: 'begins with @; write a login, such as octocat' }],
      ],
    },
    mailbox: {
      parse: mailbox,
      rows: [
        [
          `${'a'.repeat(1000)}`,
          { problem: `"${'a'.repeat(60)}…" has no at sign (@); write a bare address, such as gate@example.com` },
        ],
        [
          `${'a'.repeat(1001)}`,
          {
            problem:
              'is 1001 characters long; an address has at most 320: write a bare address, such as gate@example.com',
          },
        ],
        ['<a@b.example>x', { problem: '"<a@b.example>x" is more than an address; write a@b.example' }],
        [
          'x"a"@b.example',
          {
            problem:
              '"x\\"a\\"@b.example" contains a double quote (") before the at sign; write a bare address, such as gate@example.com',
          },
        ],
        [
          '"a"x@b.example',
          {
            problem:
              '"\\"a\\"x@b.example" contains a double quote (") before the at sign; write a bare address, such as gate@example.com',
          },
        ],
        ['"a"@b.example', { value: { local: '"a"', domain: 'b.example' } }],
        [
          'a@x[192.0.2.1]',
          {
            problem:
              '"a@x[192.0.2.1]": the domain contains the character [; write a bare address, such as gate@example.com',
          },
        ],
        [
          'a@[192.0.2.1]x',
          {
            problem:
              '"a@[192.0.2.1]x": the domain contains the character [; write a bare address, such as gate@example.com',
          },
        ],
        ['a@[192.0.2.1]', { value: { local: 'a', domain: '[192.0.2.1]' } }],
        [
          'a@b.example:25',
          {
            problem:
              '"a@b.example:25": the domain contains the character :; write a bare address, such as gate@example.com',
          },
        ],
        [
          'a:b@b..example',
          {
            problem:
              '"…@b..example" contains the character : before the at sign; write a bare address, such as gate@example.com',
          },
        ],
        [
          'a%3ab@b..example',
          { problem: '"…@b..example": the domain has an empty part between two dots; write single dots' },
        ],
        [
          'a%253ab@b..example',
          { problem: '"…@b..example": the domain has an empty part between two dots; write single dots' },
        ],
        [
          'ab@b..example',
          { problem: '"ab@b..example": the domain has an empty part between two dots; write single dots' },
        ],
      ],
    },
    certificates: {
      parse: (text) => certificates(text),
      rows: [
        [`${'A'.repeat(40)}`, { problem: 'is neither PEM text nor the path of a file; give a certificate as PEM' }],
        [
          `${'A'.repeat(39)}`,
          {
            problem: `"${'A'.repeat(39)}" cannot be read as a file (ENOENT); give a certificate as PEM text, or a path`,
          },
        ],
        [
          `.${'A'.repeat(40)}`,
          {
            problem: `".${'A'.repeat(40)}" cannot be read as a file (ENOENT); give a certificate as PEM text, or a path`,
          },
        ],
        [
          `${'A'.repeat(40)}.`,
          {
            problem: `"${'A'.repeat(40)}." cannot be read as a file (ENOENT); give a certificate as PEM text, or a path`,
          },
        ],
        [
          '/dev/null',
          {
            problem:
              '"/dev/null" is a device and not a regular file; write it to a file first; give a certificate alone',
          },
        ],
      ],
    },
    port: {
      parse: port,
      rows: [
        ['1@x', { problem: 'contains an at sign (@); write only digits, such as 587' }],
        ['abc', { problem: 'contains the character a in "abc"; write only digits, such as 587' }],
        ['25x', { problem: 'contains the character x in "25x"; write 25' }],
        ['99999x', { problem: 'contains the character x in "99999x"; write only digits, such as 587' }],
        ['x25y26', { problem: 'contains the character x in "x25y26"; write only digits, such as 587' }],
      ],
    },
    wholeNumber: {
      parse: wholeNumber({ atLeast: 1, atMost: 10, of: 'x', example: 3 }),
      rows: [
        ['1', { value: 1 }],
        ['10', { value: 10 }],
        ['11', { problem: '"11" is too many x; write at most 10' }],
        ['0', { problem: '"0" is too few x; write at least 1' }],
        ['1x', { problem: '"1x" is not a number of x; write digits, such as 3' }],
        ['x1', { problem: '"x1" is not a number of x; write digits, such as 3' }],
        ['', { problem: '"" is not a number of x; write digits, such as 3' }],
        ['1234567890', { problem: '"1234567890" is not a number of x; write digits, such as 3' }],
      ],
    },
    quorum: {
      parse: quorum,
      rows: [
        ['2', { value: { kind: 'count', count: 2 } }],
        ['2x', { problem: '"2x" is not a quorum; write all, any, a number such as 2, or a percentage such as 60%' }],
        ['x2', { problem: '"x2" is not a quorum; write all, any, a number such as 2, or a percentage such as 60%' }],
        ['60%', { value: { kind: 'percent', percent: 60 } }],
        ['60 %', { value: { kind: 'percent', percent: 60 } }],
        [
          '60%x',
          { problem: '"60%x" is not a quorum; write all, any, a number such as 2, or a percentage such as 60%' },
        ],
        ['100%', { value: { kind: 'percent', percent: 100 } }],
        ['101%', { problem: '"101%" is more than all; write at most 100%' }],
        ['0', { problem: '"0" would pass even if all targets fail; write any, or set fail-on: never' }],
      ],
    },
    regularExpression: {
      parse: regularExpression,
      rows: [
        [`${'a'.repeat(4096)}`, { value: `${'a'.repeat(4096)}` }],
        [`${'a'.repeat(4097)}`, { problem: 'is 4097 characters long; write at most 4096' }],
        ['a\n', { problem: 'contains a line feed; write it as an escape, such as \\n' }],
        ['a/b/', { value: 'a/b/' }],
        ['/a/x9', { value: '/a/x9' }],
        [
          '/a/',
          {
            problem: '"/a/" is an expression between slashes, which the greeting would have to have as well; write "a"',
          },
        ],
        [
          '/a/i',
          {
            problem:
              '"/a/i" is an expression between slashes, which the greeting would have to have as well; write "[Aa]"',
          },
        ],
        [
          '/a(b)/i',
          {
            problem:
              '"/a(b)/i" is an expression between slashes, which the greeting would have to have as well; write "a(b)", with both cases of a letter where either may stand, such as [Ee]smtp',
          },
        ],
        [
          '/a(b)/',
          {
            problem:
              '"/a(b)/" is an expression between slashes, which the greeting would have to have as well; write "a(b)"',
          },
        ],
        [
          '/smtp!/i',
          {
            problem:
              '"/smtp!/i" is an expression between slashes, which the greeting would have to have as well; write "smtp!", with both cases of a letter where either may stand, such as [Ee]smtp',
          },
        ],
        [
          '(',
          {
            problem: '"(" is not a regular expression: Unterminated group; put a backslash before a literal character',
          },
        ],
        [
          '(a/m: ',
          {
            problem:
              '"(a/m: " is not a regular expression: Unterminated group; put a backslash before a literal character',
          },
        ],
        [
          '(?i)x',
          {
            problem:
              '"(?i)x" is not a regular expression: Invalid group (JavaScript has no inline flags: write [Ee]smtp for either case); put a backslash before a literal character',
          },
        ],
        [
          'a(?i)x',
          {
            problem: '"a(?i)x" is not a regular expression: Invalid group; put a backslash before a literal character',
          },
        ],
        ['/a', { value: '/a' }],
        [
          '(?im)x',
          {
            problem:
              '"(?im)x" is not a regular expression: Invalid group (JavaScript has no inline flags: write [Ee]smtp for either case); put a backslash before a literal character',
          },
        ],
      ],
    },
    apiToken: {
      parse: apiToken,
      rows: [
        [JOB_TOKEN, { value: null }],
        ['ghs_x', { value: 'ghs_x' }],
        [
          'a b',
          {
            problem:
              'contains a character that is not allowed in a token, such as a space or a line end; store it again, or leave it out',
          },
        ],
        [
          'a${{',
          {
            problem:
              'contains a character that is not allowed in a token, such as a space or a line end; store it again, or leave it out',
          },
        ],
      ],
    },
    joined: {
      parse: (text) => joined(text.split('')),
      rows: [
        ['a', 'a'],
        ['aaaaaaaaaaaaaaaaaaaa', 'a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a'],
        ['aaaaaaaaaaaaaaaaaaaaa', 'a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; a; and 1 more'],
      ],
    },
    proxyUrl: {
      parse: (text) => proxyUrl(text, 'proxy'),
      rows: [
        [
          `http://${'a'.repeat(8185)}`,
          {
            problem: 'has a host that is neither a name nor an address; write one, as in http://proxy.example.com:3128',
          },
        ],
        [
          `http://${'a'.repeat(8186)}`,
          { problem: 'is 8193 characters long; write a URL such as http://proxy.example.com:3128' },
        ],
        ['!http://h', { problem: 'has no scheme; write http://, https://, socks5:// or socks5h:// before the host' }],
        ['h:25', { problem: 'has no scheme; write http://, https://, socks5:// or socks5h:// before the host' }],
        ['[::1]:1:2', { problem: 'has no scheme; write http://, https://, socks5:// or socks5h:// before the host' }],
        [
          'http://[::1]:1:2',
          {
            problem: 'has a port that is not a number from 1 to 65535; write one, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://a:1:2',
          { problem: 'has more than one colon in its host and port; write an IPv6 address in brackets' },
        ],
        [
          'http://%zz:x@h',
          {
            problem:
              'has a percent sign in its user or password that is not part of an encoded character; write it as %25',
          },
        ],
        [
          'http://x:%zz@h',
          {
            problem:
              'has a percent sign in its user or password that is not part of an encoded character; write it as %25',
          },
        ],
        ['https://a%3Ab:c@h', { problem: 'has a user with a colon, which is not possible with Basic (RFC 7617 §2)' }],
        ['http://a%3Ab:c@h', { problem: 'has a user with a colon, which is not possible with Basic (RFC 7617 §2)' }],
        [
          'socks5://a:b@h',
          {
            value: {
              scheme: 'socks5',
              host: 'h',
              port: 1080,
              credentials: { username: 'a', password: 'b' },
              secrets: ['b', 'a:b'],
              from: 'proxy',
            },
          },
        ],
        [
          `socks5://${'a'.repeat(255)}:${'a'.repeat(255)}@h`,
          {
            value: {
              scheme: 'socks5',
              host: 'h',
              port: 1080,
              credentials: { username: `${'a'.repeat(255)}`, password: `${'a'.repeat(255)}` },
              secrets: [`${'a'.repeat(255)}`, `${'a'.repeat(255)}:${'a'.repeat(255)}`],
              from: 'proxy',
            },
          },
        ],
        [
          `socks5://${'a'.repeat(256)}:b@h`,
          { problem: 'needs a user and a password of 1 to 255 bytes each (RFC 1929 §2); give both, or neither' },
        ],
        [
          `socks5://a:${'a'.repeat(256)}@h`,
          { problem: 'needs a user and a password of 1 to 255 bytes each (RFC 1929 §2); give both, or neither' },
        ],
        [
          'socks5://a@h',
          { problem: 'needs a user and a password of 1 to 255 bytes each (RFC 1929 §2); give both, or neither' },
        ],
        [
          'socks5h://:b@h',
          { problem: 'needs a user and a password of 1 to 255 bytes each (RFC 1929 §2); give both, or neither' },
        ],
        [
          'http://h/x',
          { problem: 'has a path after the host and port; write nothing there, as in http://proxy.example.com:3128' },
        ],
        [
          'http://h?x',
          { problem: 'has a query after the host and port; write nothing there, as in http://proxy.example.com:3128' },
        ],
        [
          'http://h#x',
          {
            problem: 'has a fragment after the host and port; write nothing there, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://h/',
          { value: { scheme: 'http', host: 'h', port: 80, credentials: null, secrets: [], from: 'proxy' } },
        ],
        [
          'http://[::1]x',
          {
            problem: 'has something after the host and port; write nothing there, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://h:0',
          {
            problem: 'has a port that is not a number from 1 to 65535; write one, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://h:65535',
          { value: { scheme: 'http', host: 'h', port: 65535, credentials: null, secrets: [], from: 'proxy' } },
        ],
        [
          'http://h:65536',
          {
            problem: 'has a port that is not a number from 1 to 65535; write one, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://h:1x',
          {
            problem: 'has a port that is not a number from 1 to 65535; write one, as in http://proxy.example.com:3128',
          },
        ],
        [
          'http://u:p@h:8080/',
          {
            value: {
              scheme: 'http',
              host: 'h',
              port: 8080,
              credentials: { username: 'u', password: 'p' },
              secrets: ['p', 'u:p'],
              from: 'proxy',
            },
          },
        ],
      ],
    },
    credentialsIn: {
      parse: (text) => credentialsIn([text]),
      rows: [
        ['http://a:b@h', ['a:b', 'a:b', 'b', 'b']],
        ['a:b@h', ['a:b', 'a:b', 'b', 'b']],
        ['a%3Ab:c%zz@h', ['a%3Ab:c%zz', 'a%3Ab:c%zz', 'c%zz', 'c%zz']],
        ['h:25', []],
        ['@h', []],
        ['http://a@b@c', ['a@b', 'a@b', 'a@b', 'a@b']],
      ],
    },
    nameCharacter: {
      parse: nameCharacter,
      rows: [
        ['!', 'the character !'],
        ['~', 'the character ~'],
        [' ', 'a space'],
        ['\u0001', 'an invisible character (U+0001)'],
        ['é', 'the character é (U+00E9)'],
        ['😀', 'the character 😀 (U+1F600)'],
        ['\u200b', 'an invisible character (U+200B)'],
      ],
    },
    quote: {
      parse: quote,
      rows: [
        ['password=hunter2', '"password=…"'],
        ['x pwd: a', '"x pwd:…"'],
        [`${'a'.repeat(60)}`, `"${'a'.repeat(60)}"`],
        [`${'a'.repeat(61)}`, `"${'a'.repeat(60)}…"`],
        ['token%3Da', '"token%3D…"'],
        ['a%40b', '"…@b"'],
      ],
    },
    shard: {
      parse: shard,
      rows: [
        ['2/4', { value: { index: 2, of: 4 } }],
        ['2/', { problem: '"2/" is no shard; write which part of how many, such as 2/4' }],
        ['/4', { problem: '"/4" is no shard; write which part of how many, such as 2/4' }],
        ['2', { problem: '"2" is no shard; write which part of how many, such as 2/4' }],
        ['256/256', { value: { index: 256, of: 256 } }],
        ['1/257', { problem: '"1/257" has too many parts; write at most 256, such as 2/256' }],
      ],
    },
    targetLines: {
      parse: (text) => targetLines(text, ['mail-from']).value,
      rows: [
        [
          'x#pw@h:25',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
            },
          ],
        ],
        ['#x@h:25', []],
        [
          'a.example:25 #x@h:25',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
            },
          ],
        ],
        [
          'a.example:25 # x@h:25',
          [{ host: 'a.example', port: 25, mx: false, options: [], source: { file: null, line: 1 } }],
        ],
        ['a.example:25 #x', [{ host: 'a.example', port: 25, mx: false, options: [], source: { file: null, line: 1 } }]],
        [
          'h:25?x=a b#c@d',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
            },
          ],
        ],
        ['h:25#c', [{ host: 'h', port: 25, mx: false, options: [], source: { file: null, line: 1 } }]],
        [
          'h:25#c@d',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
            },
          ],
        ],
        [
          'a.example:25 # a #b@h:25',
          [{ host: 'a.example', port: 25, mx: false, options: [], source: { file: null, line: 1 } }],
        ],
        [
          'h:25?mail-from=a@b.example#c',
          [
            {
              host: 'h',
              port: 25,
              mx: false,
              options: [['mail-from', 'a@b.example']],
              source: { file: null, line: 1 },
            },
          ],
        ],
        [
          'h:25?tls=none&x=u@p',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'contains credentials (before the @); give them as the inputs username and password, on the command line in SMTP_GATE_USERNAME and SMTP_GATE_PASSWORD',
            },
          ],
        ],
        [
          `${'a'.repeat(262144)}`,
          [
            {
              source: { file: null, line: 1 },
              problem: `"${'a'.repeat(60)}…" is not a target; write host:port, such as mail.example.com:587 or [::1]:25`,
            },
          ],
        ],
        [
          `${'a'.repeat(262145)}`,
          [
            {
              source: { file: null, line: 1 },
              problem:
                'is 262145 characters long; write host:port, [v6]:port, smtp://host:port, smtps://host, lmtp://host:port or mx:domain',
            },
          ],
        ],
        [
          'smtps://h?timeout=1s',
          [
            {
              host: 'h',
              port: 465,
              mx: false,
              options: [
                ['tls', 'implicit'],
                ['timeout', '1s'],
              ],
              source: { file: null, line: 1 },
            },
          ],
        ],
        [
          'smtps://h?timeout=1s&tls=implicit',
          [
            {
              host: 'h',
              port: 465,
              mx: false,
              options: [
                ['tls', 'implicit'],
                ['timeout', '1s'],
              ],
              source: { file: null, line: 1 },
            },
          ],
        ],
        [
          'smtps://h?timeout=1s&tls=none',
          [
            {
              source: { file: null, line: 1 },
              problem: 'smtps:// is implicit TLS, and the query says tls="none"; write smtp:// instead, with a port',
            },
          ],
        ],
        [
          'xmx:a.example',
          [
            {
              source: { file: null, line: 1 },
              problem: '"xmx:a.example": port contains the character a in "a.example"; write only digits, such as 587',
            },
          ],
        ],
        ['mx:a.example', [{ host: 'a.example', port: 25, mx: true, options: [], source: { file: null, line: 1 } }]],
        [
          '!smtp://h:25',
          [
            {
              source: { file: null, line: 1 },
              problem: '"!smtp://h:25" is not a target; write host:port, such as mail.example.com:587 or [::1]:25',
            },
          ],
        ],
        [
          'h2://a:25',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'has the scheme h2://; write host:port, [v6]:port, smtp://host:port, smtps://host, lmtp://host:port or mx:domain',
            },
          ],
        ],
        [
          'smtp://',
          [
            {
              source: { file: null, line: 1 },
              problem: '"smtp://" has no port; write it, such as smtp://mail.example.com:587',
            },
          ],
        ],
        [
          `smtp://${'a'.repeat(253)}`,
          [
            {
              source: { file: null, line: 1 },
              problem: `"smtp://${'a'.repeat(53)}…" has no port; write it, such as smtp://${'a'.repeat(253)}:587`,
            },
          ],
        ],
        [
          `smtp://${'a'.repeat(254)}`,
          [
            {
              source: { file: null, line: 1 },
              problem: `"smtp://${'a'.repeat(53)}…" has no port; write it, such as smtp://mail.example.com:587`,
            },
          ],
        ],
        [
          `${'a'.repeat(31)}://h:25`,
          [
            {
              source: { file: null, line: 1 },
              problem: `has the scheme ${'a'.repeat(30)}://; write host:port, [v6]:port, smtp://host:port, smtps://host, lmtp://host:port or mx:domain`,
            },
          ],
        ],
        [
          'mx:[a:25',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'domain contains the character [ at character 1, a bracket that is not closed; write the bare name or address, such as mail.example.com',
            },
          ],
        ],
        [
          'mx:a:25x',
          [
            {
              source: { file: null, line: 1 },
              problem:
                'domain contains the character : at character 2; write the bare name or address, such as mail.example.com',
            },
          ],
        ],
        [
          'mx:a:25',
          [
            {
              source: { file: null, line: 1 },
              problem: 'has a port (:25), but mail for a domain always goes to port 25; write mx:a',
            },
          ],
        ],
        [
          'mx:a:1234567890',
          [
            {
              source: { file: null, line: 1 },
              problem: 'has a port (:123456789), but mail for a domain always goes to port 25; write mx:a',
            },
          ],
        ],
        ['mx:1a.example', [{ host: '1a.example', port: 25, mx: true, options: [], source: { file: null, line: 1 } }]],
        [
          'mx:192.0.2.1',
          [
            {
              source: { file: null, line: 1 },
              problem: '"192.0.2.1" is an address, which has no MX records; write a domain, such as mx:example.com',
            },
          ],
        ],
        ['mx:12', [{ host: 'mx', port: 12, mx: false, options: [], source: { file: null, line: 1 } }]],
        ['h:25?a=b', [{ host: 'h', port: 25, mx: false, options: [['a', 'b']], source: { file: null, line: 1 } }]],
        [
          'h:25?=b',
          [{ source: { file: null, line: 1 }, problem: 'has the query option "=b" without a value; write name=value' }],
        ],
        [
          'h:25?a',
          [{ source: { file: null, line: 1 }, problem: 'has the query option "a" without a value; write name=value' }],
        ],
        [
          'h:25?name=%zz',
          [
            {
              source: { file: null, line: 1 },
              problem: 'has an extra % in the query option "name"; write %25 for a percent sign',
            },
          ],
        ],
      ],
    },
  };

const all = Object.entries(ROWS).flatMap(([name, { parse, rows }]) =>
  rows.map(([text, expected]) => ({ name, text, label: text.slice(0, 40), parse, expected })),
);

test.each(all)('$name of $label', ({ text, parse, expected }) => {
  expect(parse(text)).toEqual(expected);
});

test('of many lines that cannot be read, twenty are told', () => {
  const told = (count: number) => {
    const parsed = lines(port)('x\n'.repeat(count));
    const all = 'problem' in parsed ? parsed.problem : '';
    return [all.split('line ').length - 1, all.endsWith('; and so on')];
  };
  expect(told(20)).toEqual([20, false]);
  expect(told(21)).toEqual([20, true]);
  expect(told(30)).toEqual([20, true]);
  expect(lines(port)('')).toEqual({ value: [] });
  expect(lines(port)('25\n\n 26 ')).toEqual({ value: [25, 26] });
});
