import { describe, expect, test } from '@jest/globals';
import { matchesPattern, parsePolicy, readStsRecords } from '../../../src/smtp/policy/mta-sts.ts';
import { readTlsRptRecords } from '../../../src/smtp/policy/tls-rpt.ts';
import { growth, LINEAR } from '../../support/growth.ts';
import fc from '../../support/property.ts';

const problemsOf = (...records: string[]) => {
  const read = readStsRecords(records);
  return read.kind === 'invalid' ? read.problems.join('; ') : read.kind;
};

describe('a record', () => {
  test.each([
    ['as the RFC has it', 'v=STSv1; id=20160831085700Z;'],
    ['without space', 'v=STSv1;id=1'],
    ['with other fields', 'v=STSv1; x-note=a; id=1'],
    ['with the same id twice', 'v=STSv1; id=1; id=1'],
    ['with an id of 32 characters', `v=STSv1; id=${'a'.repeat(32)}`],
  ])('is valid %s', (_, record) => {
    expect(readStsRecords([record])).toMatchObject({ kind: 'valid', record });
  });

  test.each<[string, string[], RegExp]>([
    ['two of them', ['v=STSv1; id=1', 'v=STSv1; id=1'], /^2 records begin with v=STSv1;/],
    ['no id', ['v=STSv1;'], /no id/],
    ['an empty id', ['v=STSv1; id='], /id is empty/],
    ['an id with hyphens', ['v=STSv1; id=2026-01-01'], /other characters/],
    ['an id of 33 characters', [`v=STSv1; id=${'a'.repeat(33)}`], /33 characters/],
    ['an id in quotes', ['v=STSv1; id="1"'], /other characters/],
    ['two ids', ['v=STSv1; id=1; id=2'], /id is there twice/],
    ['something that is no field', ['v=STSv1; id=1; hello'], /"hello" is not of the form/],
    ['the version in capitals', ['V=STSV1; id=1'], /does not begin with v=STSv1;/],
    ['a space before the semicolon', ['v=STSv1 ; id=1'], /does not begin/],
    ['no semicolon', ['v=STSv1'], /does not begin/],
    ['quotes in the record', ['"v=STSv1; id=1"'], /does not begin/],
    ['white space before it', [' v=STSv1; id=1'], /does not begin/],
    ['the policy in its place', ['version: STSv1'], /does not begin/],
    ['an id alone', ['id=1;'], /does not begin/],
  ])('is not valid with %s', (_, records, problem) => {
    expect(problemsOf(...records)).toMatch(problem);
  });

  test.each([
    ['no record', []],
    ['a wildcard that answers for all names', ['v=spf1 -all', 'google-site-verification=x']],
    ['an empty one', ['']],
  ])('is none: %s', (_, records) => {
    expect(readStsRecords(records)).toEqual({ kind: 'none' });
  });

  test('counts beside others', () => {
    expect(readStsRecords(['v=spf1 -all', 'v=STSv1; id=1']).kind).toBe('valid');
  });
});

const lines = (...all: string[]) => all.join('\n');
const GOOD = ['version: STSv1', 'mode: enforce', 'mx: mx1.example.com', 'max_age: 604800'];
const withLine = (line: string) => lines(...GOOD, line);
const without = (key: string) => GOOD.filter((line) => !line.startsWith(`${key}:`));

describe('a policy', () => {
  const POLICY = { mode: 'enforce', maxAge: 604_800, mx: ['mx1.example.com'] };

  test.each([
    ['with LF', lines(...GOOD)],
    ['with CRLF', GOOD.join('\r\n')],
    ['with both', `${GOOD.slice(0, 2).join('\r\n')}\n${GOOD.slice(2).join('\r\n')}\r\n`],
    ['with empty lines', `\n${lines(...GOOD)}\n \t\n\n`],
    ['without space, and with more behind', lines(...GOOD.map((line) => `${line.replace(': ', ':')}  \t`))],
    ['in another order', lines(...[...GOOD].reverse())],
    ['with keys that nobody knows', withLine('x-note: hello')],
    ['with a key twice, of which the first counts', withLine('mode: none')],
    ['with a name in capitals', lines(...without('mx'), 'mx: MX1.Example.com')],
    ['with a name twice', withLine('mx: mx1.example.com')],
  ])('is read %s', (_, text) => {
    expect(parsePolicy(text)).toEqual({ policy: POLICY, problems: [] });
  });

  test('of mode none needs no mx', () => {
    expect(parsePolicy('version: STSv1\nmode: none\nmax_age: 86400\n')).toEqual({
      policy: { mode: 'none', maxAge: 86_400, mx: [] },
      problems: [],
    });
  });

  test.each<[string, string, RegExp]>([
    ['empty', ' \n', /^it is empty/],
    ['with a byte order mark', `\ufeff${lines(...GOOD)}`, /byte order mark/],
    ['HTML', '<!DOCTYPE html>\n<title>404</title>', /page of HTML/],
    ['with CR alone', GOOD.join('\r'), /CR alone/],
    ['without version', lines(...without('version')), /no usable version/],
    ['of another version', lines('version: STSv2', ...without('version')), /version is "STSv2"/],
    ['of a version in capitals', lines('version: STSV1', ...without('version')), /version is "STSV1"/],
    ['without mode', lines(...without('mode')), /no usable mode/],
    ['of a mode in capitals', lines('mode: Enforce', ...without('mode')), /mode is "Enforce"/],
    ['of a mode that nobody knows', lines('mode: report', ...without('mode')), /mode is "report"/],
    ['without max_age', lines(...without('max_age')), /no usable max_age/],
    ['with a hyphen in max_age', lines(...without('max_age'), 'max-age: 604800'), /no max_age, but "max-age"/],
    ['with a max_age in words', lines(...without('max_age'), 'max_age: 7d'), /"7d" is not a number/],
    ['with a max_age above a year', lines(...without('max_age'), 'max_age: 31557601'), /above 31557600/],
    ['with a max_age of 11 digits', lines(...without('max_age'), 'max_age: 99999999999'), /at most 10 digits/],
    ['without mx', lines(...without('mx')), /no usable mx/],
    ['with nmx', lines(...without('mx'), 'nmx: mx1.example.com'), /no mx, but "nmx"/],
    ['with MX', lines(...without('mx'), 'MX: mx1.example.com'), /no mx, but "MX"/],
    ['with an address alone', lines(...without('mx'), 'mx: 192.0.2.25'), /no usable mx/],
    ['with a key and space before the colon', lines('version : STSv1', ...without('version')), /no usable version/],
  ])('cannot be used by anybody: %s', (_, text, problem) => {
    const read = parsePolicy(text);
    expect(read.policy).toBeNull();
    expect(read.problems.join('; ')).toMatch(problem);
  });

  test.each<[string, string, RegExp]>([
    ['an address', withLine('mx: 192.0.2.25'), /"192\.0\.2\.25" is an address/],
    ['an IPv6 address', withLine('mx: 2001:db8::25'), /is an address/],
    ['a final dot', withLine('mx: mx2.example.com.'), /ends with a dot/],
    ['a wildcard in the middle', withLine('mx: mx.*.example.com'), /wildcard/],
    ['a wildcard of a part', withLine('mx: *mx.example.com'), /wildcard/],
    ['a wildcard alone', withLine('mx: *'), /wildcard/],
    ['an empty mx', withLine('mx:'), /mx: is empty/],
    ['a name that is none', withLine('mx: -mx.example.com'), /is no host name/],
    ['several names in one line', withLine('mx: a.example, b.example'), /is no host name/],
    ['a name outside of ASCII', withLine('mx: münchen.example'), /xn--/],
    ['a comment', withLine('# our policy'), /"# our policy" is not of the form/],
    ['a max_age below a day', lines(...without('max_age'), 'max_age: 60'), /below a day/],
  ])('is told to be wrong, and is of use all the same: %s', (_, text, problem) => {
    const read = parsePolicy(text);
    expect(read.policy).toMatchObject({ mode: 'enforce', mx: ['mx1.example.com'] });
    expect(read.problems.join('; ')).toMatch(problem);
  });

  test('has limits for its lines, its patterns, and what is said of them', () => {
    const many = lines(...GOOD, ...Array.from({ length: 5_000 }, (_, i) => `mx: mx${i}.example.com`));
    const read = parsePolicy(many);
    expect(read.policy?.mx).toHaveLength(100);
    expect(read.problems).toEqual([
      expect.stringMatching(/more than 100 mx/),
      expect.stringMatching(/more than 2000 lines/),
    ]);
    expect(parsePolicy(lines(...GOOD, ...Array(100).fill('?'))).problems).toHaveLength(8);
  });
});

describe('a pattern', () => {
  test.each([
    ['mx.example.com', 'mx.example.com'],
    ['MX.example.com.', 'mx.example.com'],
    ['mx.example.com', '*.example.com'],
    ['a_b.example.com', '*.example.com'],
  ])('%s matches %s', (host, pattern) => {
    expect(matchesPattern(host, pattern)).toBe(true);
  });

  test.each([
    ['mx2.example.com', 'mx.example.com'],
    ['mx.eu.example.com', '*.example.com'],
    ['example.com', '*.example.com'],
    ['.example.com', '*.example.com'],
    ['mxexample.com', '*.example.com'],
    ['mx.example.com.evil.example', '*.example.com'],
  ])('%s does not match %s', (host, pattern) => {
    expect(matchesPattern(host, pattern)).toBe(false);
  });
});

describe('any text', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(fc.oneof(fc.constantFrom(...GOOD, 'mx: *.', 'mode:', ':', '\ufeff', '<'), fc.string()), { maxLength: 30 })
      .chain((parts) => fc.constantFrom('\n', '\r\n', '\r', ';').map((end) => parts.join(end))),
  );

  test('is read without a throw, to a policy or to what is wrong', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { policy, problems } = parsePolicy(text);
        expect(policy !== null || problems.length > 0).toBe(true);
        for (const problem of problems) expect(problem).not.toMatch(/[\r\n]/);
        expect(problems.every((problem) => problem.length < 600)).toBe(true);
        if (policy) expect(policy.mode === 'none' || policy.mx.length > 0).toBe(true);
      }),
    );
  });

  test('is read as a record without a throw', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            anything,
            anything.map((text) => `v=STSv1;${text}`),
          ),
          { maxLength: 4 },
        ),
        (all) => {
          expect(['none', 'valid', 'invalid']).toContain(readStsRecords(all).kind);
        },
      ),
    );
  });

  test.each<[string, (size: number) => string]>([
    ['spaces', (size) => ' '.repeat(size)],
    ['line ends', (size) => '\n'.repeat(size)],
    ['CR', (size) => '\r'.repeat(size)],
    ['colons', (size) => ':'.repeat(size)],
    ['dots in a name', (size) => `mx: ${'a.'.repeat(size / 2)}`],
    ['stars', (size) => `mx: ${'*.'.repeat(size / 2)}`],
    ['semicolons', (size) => `v=STSv1;${';'.repeat(size)}`],
    ['one long key', (size) => `${'a'.repeat(size)}:`],
  ])('of %s takes time in proportion to its length', async (_, make) => {
    const work = (size: number) => {
      const text = make(size);
      return [parsePolicy(text), readStsRecords([text]), readTlsRptRecords([`v=TLSRPTv1; rua=${text}`])];
    };
    expect(await growth(work, 2 ** 20)).toBeLessThan(LINEAR);
  });
});
