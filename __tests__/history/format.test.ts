import { describe, expect, test } from '@jest/globals';
import { type Line, readLine, writeLine } from '../../src/history/format.ts';
import { failed, line } from '../support/history.ts';
import fc from '../support/property.ts';

const read = (text: string) => readLine(Buffer.from(text));
const readWritten = (line: Line) => read(writeLine(line).trimEnd());

describe('a line', () => {
  test('is JSON with the schema first, and nothing else than what is documented', () => {
    expect(writeLine(line(3))).toBe(
      `${JSON.stringify({
        schema: 'smtp-gate/history@1',
        key: 'run-3',
        when: '2026-01-01T03:00:00.000Z',
        run: { id: '3', attempt: 1, url: 'https://github.com/octo/release/actions/runs/3' },
        gate: 'pass',
        target: { label: 'mail.example.com:587', host: 'mail.example.com', port: 587 },
        status: 'pass',
        code: '',
        latencyMs: 13,
        certificate: { validTo: '2026-04-01T00:00:00.000Z', daysLeft: 87 },
        durationMs: 100,
      })}\n`,
    );
  });

  test('is written without what else its values hold', () => {
    const more = { ...line(1), banner: '220 secret', target: { ...line(1).target, password: 'x' } } as Line;
    expect(writeLine(more)).toBe(writeLine(line(1)));
  });

  test.each([
    ['of a pass', line(1), { failed: false, code: '', latencyMs: 11, daysLeft: 89 }],
    ['of a failure', failed(1), { failed: true, code: 'connect-refused', latencyMs: null, daysLeft: null }],
    [
      'of an expired certificate, outside of a workflow',
      line(1, undefined, { run: null, certificate: { validTo: '2025-12-31T00:00:00.000Z', daysLeft: -2 } }),
      { failed: false, code: '', latencyMs: 11, daysLeft: -2 },
    ],
  ])('%s is read as it was written', (_, written, expected) => {
    const entry = { key: 'run-1', when: '2026-01-01T01:00:00.000Z', label: 'mail.example.com:587', ...expected };
    expect(readWritten(written)).toEqual({ kind: 'entry', entry });
  });

  test('of any text stays one line of ASCII, and is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const written = line(1, text);
        expect(writeLine(written)).toMatch(/^[ -~]+\n$/);
        expect(readWritten(written)).toMatchObject({ entry: { label: text } });
      }),
    );
  });

  test('is read with its keys in another order, and with keys that are not known', () => {
    const { schema, ...rest } = JSON.parse(writeLine(line(2)));
    const text = JSON.stringify({ later: 1, ...rest, schema });
    expect(read(text)).toMatchObject({ entry: { key: 'run-2', latencyMs: 12 } });
  });
});

describe('what is no line', () => {
  const written = writeLine(line(1)).trim();
  const change = (over: object) => JSON.stringify({ ...JSON.parse(written), ...over });

  test.each([
    ['words', 'hello', 'foreign'],
    ['other JSON', '{"level":"info"}', 'foreign'],
    ['a later form', written.replace('@1', '@2'), 'foreign'],
    ['a time of no form', change({ when: 'today' }), 'foreign'],
    ['a code that is none', change({ code: '<b>' }), 'foreign'],
    ['a latency that is none', change({ latencyMs: '12' }), 'foreign'],
    ['a latency below 0', change({ latencyMs: -1 }), 'foreign'],
    ['days without end', change({ certificate: { validTo: 'x', daysLeft: 1e12 } }), 'foreign'],
    ['no target', change({ target: null }), 'foreign'],
    ['no key', change({ key: undefined }), 'foreign'],
    ['an array', `[${written}]`, 'foreign'],
    ['of ours, but for its grammar', `${written.slice(0, 31)},x}`, 'foreign'],
    ['longer than any of ours', change({ key: 'x'.repeat(20_000) }), 'foreign'],
    ['nothing', ' \r', 'empty'],
    ['zeros', '\0\0\0', 'torn'],
    ['a beginning', '{"sch', 'torn'],
  ])('%s', (_, text, kind) => {
    expect(read(text)).toMatchObject({ kind });
  });

  test.each([
    ['some of it', 25, true],
    ['too little to be sure', 20, false],
    ['all of it up to a brace', written.indexOf('}') + 1, true],
    ['all but its last brace', written.length - 1, true],
  ])('a torn line: %s', (_, length, certain) => {
    expect(read(written.slice(0, length))).toEqual({ kind: 'torn', certain });
  });

  test('a torn line: whatever is left of it', () => {
    for (let length = 1; length < written.length; length += 1)
      expect(read(written.slice(0, length))).toMatchObject({ kind: 'torn' });
  });
});
