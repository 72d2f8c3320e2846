import { describe, expect, test } from '@jest/globals';
import { entryOf, type Line, OUR_LINE, readUnusual, writeLine } from '../../src/history/format.ts';
import { failed, line } from '../support/history.ts';
import fc from '../support/property.ts';

/** As the file is read, a line that is as we write it. */
function readOurs(text: string) {
  OUR_LINE.lastIndex = 0;
  const match = OUR_LINE.exec(text);
  return match && entryOf(match);
}

const readAny = (text: string) => readUnusual(Buffer.from(text));

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
  ])('%s is read both ways alike', (_, written, expected) => {
    const entry = { key: 'run-1', when: '2026-01-01T01:00:00.000Z', label: 'mail.example.com:587', ...expected };
    expect(readOurs(writeLine(written))).toEqual(entry);
    expect(readAny(writeLine(written))).toEqual({ entry });
  });

  test('of any text stays one line of ASCII, and is read as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const written = writeLine(line(1, text));
        expect(written).toMatch(/^[ -~]+\n$/);
        expect(readOurs(written)?.label ?? text).toBe(text);
        expect(readAny(written)).toMatchObject({ entry: { label: text } });
      }),
    );
  });

  test('is read with its keys in another order, and with keys that are not known', () => {
    const { schema, ...rest } = JSON.parse(writeLine(line(2)));
    const text = JSON.stringify({ later: 1, ...rest, schema });
    expect(readOurs(`${text}\n`)).toBeNull();
    expect(readAny(text)).toMatchObject({ entry: { key: 'run-2', latencyMs: 12 } });
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
    ['nothing', ' \r', 'nothing'],
    ['zeros', '\0\0\0', 'torn'],
    ['a beginning', '{"sch', 'torn'],
    ['more of it', written.slice(0, 25), 'plainly-torn'],
    ['most of it', written.slice(0, -1), 'plainly-torn'],
  ])('%s', (_, text, unread) => {
    expect(readAny(text)).toEqual({ unread });
    expect(readOurs(`${text}\n`)).toBeNull();
  });
});
