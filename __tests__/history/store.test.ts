import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { BOUNDS, type Bounds, keepRun } from '../../src/history/store.ts';
import { failed, line, textOf } from '../support/history.ts';
import fc, { draws } from '../support/property.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let file = '';
let count = 0;
beforeEach(() => {
  count += 1;
  mkdirSync(path.join(folder, String(count)));
  file = path.join(folder, String(count), 'history.jsonl');
});
const text = () => readFileSync(file, 'utf8');
const keep = (n: number, bounds: Partial<Bounds> = {}) => keepRun(file, [line(n)], { ...BOUNDS, ...bounds });
/** Nothing but the file itself is left behind. */
const alone = () => expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)]);

describe('a history', () => {
  test('begins with the first run, and grows by a line for each run and target', () => {
    expect(keepRun(file, [line(1, 'a:25'), failed(1, 'b:25')]).troubles).toEqual([]);
    const { runs, troubles } = keepRun(file, [line(2, 'a:25')]);
    expect(text()).toBe(textOf(line(1, 'a:25'), failed(1, 'b:25'), line(2, 'a:25')));
    expect([
      troubles,
      runs?.count,
      runs?.series.map(({ label, outcomes }) => [label, outcomes.map(({ failed }) => failed)]),
    ]).toEqual([[], 2, [['a:25', [false, false]]]]);
    alone();
  });

  test('has all lines of a run of which somebody has carried over no more than the first', () => {
    writeFileSync(file, textOf(line(0, 'a:25'), line(1, 'a:25')));
    const { runs, troubles } = keepRun(file, [line(1, 'a:25'), failed(1, 'b:25')]);
    expect([troubles, runs?.count, runs?.series.map(({ outcomes }) => outcomes.map(({ run }) => run))]).toEqual([
      [],
      2,
      [[0, 1], [1]],
    ]);
    expect(text()).toContain(textOf(failed(1, 'b:25')));
  });

  test.each([
    ['an empty file', ''],
    ['empty lines', '\n\n'],
  ])('begins in %s', (_, before) => {
    writeFileSync(file, before);
    expect(keep(1)).toMatchObject({ troubles: [], runs: { count: 1 } });
    expect(text()).toBe(`${before}${textOf(line(1))}`);
  });

  test('keeps the last runs, all their lines, and nothing of those before', () => {
    for (let n = 0; n < 6; n += 1) keepRun(file, [line(n, 'a:25'), line(n, 'b:25')], { ...BOUNDS, runs: 4 });
    const lines = [2, 3, 4, 5].flatMap((n) => [line(n, 'a:25'), line(n, 'b:25')]);
    expect(text()).toBe(textOf(...lines));
    alone();
  });

  test('keeps 1,000 of them', () => {
    writeFileSync(file, textOf(...Array.from({ length: 1_200 }, (_, n) => line(n))));
    const { runs, troubles } = keep(1_200);
    expect(troubles).toEqual([]);
    // All were read; the trend is over those that are kept.
    expect(runs?.count).toBe(1_201);
    const kept = text().trimEnd().split('\n');
    expect([kept.length, JSON.parse(kept[0] ?? '').key]).toEqual([1_000, 'run-201']);
  });

  test('keeps fewer when they would take too much, and the newest in any case', () => {
    const one = textOf(line(1)).length;
    for (let n = 1; n <= 6; n += 1) keep(n, { kept: one * 3 });
    expect(text()).toBe(textOf(line(4), line(5), line(6)));
    keep(7, { kept: 1 });
    expect(text()).toBe(textOf(line(7)));
  });

  test('keeps no more of them than 10 MiB, but a run that is larger', () => {
    const many = (n: number, count: number) => Array.from({ length: count }, (_, i) => line(n, `host${i}.example:25`));
    const size = textOf(...many(1, 10_000)).length;
    for (const n of [1, 2, 3, 4]) expect(keepRun(file, many(n, 10_000)).troubles).toEqual([]);
    expect(statSync(file).size).toBe(size * Math.floor((10 * 1024 ** 2) / size));
    expect(keepRun(file, many(5, 30_000)).troubles).toEqual([]);
    const { runs, troubles } = keep(6);
    expect([runs?.count, troubles]).toEqual([2, []]);
    expect(text()).toBe(textOf(line(6)));
  });

  test('does not take a run that could never be read', () => {
    writeFileSync(file, textOf(line(1)));
    expect(keep(2, { read: 1_000 })).toMatchObject({ troubles: [], runs: { count: 2 } });
    const many = Array.from({ length: 5 }, (_, i) => line(3, `host${i}.example:25`));
    expect(keepRun(file, many, { ...BOUNDS, read: 1_000 })).toMatchObject({
      troubles: [{ kind: 'unwritten', error: { message: expect.stringMatching(/^this run alone takes \d+ bytes/) } }],
      runs: { count: 3 },
    });
    expect(text()).toBe(textOf(line(1), line(2)));
  });

  test('stays who may read it, and where a link leads, when it is shortened', () => {
    const real = path.join(path.dirname(file), 'real.jsonl');
    writeFileSync(real, textOf(line(1), line(2)));
    chmodSync(real, 0o640);
    symlinkSync(real, file);
    keep(3, { runs: 1 });
    expect([statSync(real).mode & 0o777, readFileSync(real, 'utf8'), statSync(file).ino]).toEqual([
      0o640,
      textOf(line(3)),
      statSync(real).ino,
    ]);
  });
});

describe('a last line that is torn', () => {
  const whole = textOf(line(1), line(2));

  test.each([1, 5, 22, 60, 200, textOf(line(3)).length - 2])('after %i characters is left out', (length) => {
    writeFileSync(file, whole + textOf(line(3)).slice(0, length));
    const { runs, troubles } = keep(4);
    expect([troubles, runs?.count]).toEqual([[], 3]);
    expect(text()).toBe(whole + textOf(line(4)));
    alone();
  });

  test('and was zeroed by the file system is left out', () => {
    writeFileSync(file, `${whole}\0\0\0\0`);
    expect(keep(4).troubles).toEqual([]);
    expect(text()).toBe(whole + textOf(line(4)));
  });

  test('by its end alone is kept', () => {
    writeFileSync(file, whole.trimEnd());
    expect(keep(4).runs?.count).toBe(3);
    expect(text()).toBe(whole + textOf(line(4)));
  });

  test('is left out later, when it is between others already', () => {
    writeFileSync(file, `${textOf(line(1))}${textOf(line(2)).slice(0, 90)}\n${textOf(line(3))}`);
    expect(keep(4)).toMatchObject({ troubles: [], runs: { count: 3 } });
    expect(text()).toBe(textOf(line(1), line(3), line(4)));
  });

  test('and is all there is, is begun anew', () => {
    writeFileSync(file, textOf(line(1)).slice(0, 60));
    expect(keep(4).troubles).toEqual([]);
    expect(text()).toBe(textOf(line(4)));
  });
});

describe('a file that is not ours', () => {
  test.each([
    ['text', '# Notes\n\nNot to be lost.\n'],
    ['other lines of JSON', '{"level":"info"}\n{"level":"warn"}\n'],
    ['a JSON document', '{\n  "schema": "smtp-gate/report@1"\n}\n'],
    ['a report of ours', '{"schema":"smtp-gate/report@1"}'],
    ['a later form of a history', textOf(line(1), line(2)).replaceAll('@1', '@2')],
    ['one character', '{'],
    ['zeros', '\0'.repeat(5_000)],
    ['binary data', Buffer.from([0xff, 0xfe, 0x0a, 0x00, 0x80]).toString('latin1')],
    ['an endless line', 'x'.repeat(300_000)],
  ])('%s stays as it is', (_, before) => {
    writeFileSync(file, before, 'latin1');
    expect(keep(1, { runs: 1 })).toEqual({ runs: null, troubles: [{ kind: 'foreign' }] });
    expect(readFileSync(file, 'latin1')).toBe(before);
    alone();
  });
});

describe('a line that is not ours, among those that are', () => {
  test.each([
    ['words', 'what is this\n'],
    ['text of another alphabet', 'привет €\n'],
    ['a line of a later form', textOf(line(9)).replace('@1', '@2')],
    ['an endless one', `${'€'.repeat(100_000)}\n`],
  ])('is told, and stays: %s', (_, odd) => {
    const before = `${textOf(line(1), line(2))}${odd}${textOf(line(3))}`;
    writeFileSync(file, before);
    const { runs, troubles } = keep(4);
    expect(troubles).toEqual([{ kind: 'foreign-lines', count: 1, first: 3 }]);
    expect(runs?.count).toBe(4);
    expect(text()).toBe(before + textOf(line(4)));
    // Shortened, it is still between the same two.
    keep(5, { runs: 4 });
    expect(text()).toBe(`${textOf(line(2))}${odd}${textOf(line(3), line(4), line(5))}`);
    // It stays, whatever is dropped around it.
    keep(6, { runs: 2 });
    expect(text()).toBe(`${odd}${textOf(line(5), line(6))}`);
  });

  test('is told with how many there are, the last without an end among them', () => {
    writeFileSync(file, `one\n${textOf(line(1))}\ntwo\nthree`);
    expect(keep(2).troubles).toEqual([{ kind: 'foreign-lines', count: 3, first: 1 }]);
    expect(text()).toBe(`one\n${textOf(line(1))}\ntwo\nthree\n${textOf(line(2))}`);
  });
});

test('whatever a file holds, nothing of what is not torn is lost, and the run is added or the file is as it was', () => {
  const piece = fc.oneof(
    fc.nat(5).map((n) => textOf(line(n))),
    fc.nat(400).map((length) => textOf(line(7)).slice(0, length)),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constant('\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const before = pieces.join('');
      writeFileSync(file, before);
      const { runs } = keep(8);
      if (runs === null) expect(text()).toBe(readBack(before));
      else {
        expect(text().endsWith(textOf(line(8)))).toBe(true);
        const left = new Set(text().split('\n'));
        for (const [n] of [0, 1, 2, 3, 4, 5].entries()) {
          const whole = textOf(line(n));
          if (before.startsWith(whole) || before.includes(`\n${whole}`)) expect(left).toContain(whole.trimEnd());
        }
      }
    }),
    { numRuns: draws(300) },
  );
});

/** What UTF-8 cannot say comes back otherwise. */
const readBack = (written: string) => Buffer.from(written).toString();

describe('a file that cannot be used', () => {
  test('and has a tebibyte is not even read', () => {
    writeFileSync(file, textOf(line(1)));
    truncateSync(file, 1024 ** 4);
    expect(keep(2)).toEqual({ runs: null, troubles: [{ kind: 'too-large', bytes: 1024 ** 4, most: BOUNDS.read }] });
    expect(statSync(file).size).toBe(1024 ** 4);
  });

  test.each([
    ['a folder', () => path.dirname(file), { kind: 'no-file', what: 'folder' }],
    ['a full device', () => '/dev/full', { kind: 'no-file', what: 'device' }],
    ['the null device', () => '/dev/null', { kind: 'no-file', what: 'device' }],
    ['a folder that is not there', () => `${file}/x`, { kind: 'unread', error: { code: 'ENOENT' } }],
    ['below a device', () => '/dev/null/x', { kind: 'unread', error: { code: 'ENOTDIR' } }],
  ])('because it is %s', (_, at, trouble) => {
    const { runs, troubles } = keepRun(at(), [line(1)]);
    expect(runs).toBeNull();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatchObject(trouble);
  });
});

/** Root may write everything: as somebody else then, for as long as something takes. */
function asNobody<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

describe('a file that may not be written', () => {
  beforeEach(() => {
    for (const each of [folder, path.dirname(file)]) chmodSync(each, 0o755);
    writeFileSync(file, textOf(line(1), failed(2)));
  });

  test('is read all the same', () => {
    chmodSync(file, 0o444);
    const { runs, troubles } = asNobody(() => keep(3));
    expect(troubles).toEqual([{ kind: 'unwritten', error: expect.objectContaining({ code: 'EACCES' }) }]);
    expect(runs?.series[0]?.outcomes.map(({ failed }) => failed)).toEqual([false, true, false]);
    expect(text()).toBe(textOf(line(1), failed(2)));
  });

  test('nor read is left alone', () => {
    chmodSync(file, 0o000);
    expect(asNobody(() => keep(3))).toMatchObject({
      runs: null,
      troubles: [{ kind: 'unread', error: { code: 'EACCES' } }],
    });
  });

  test('in a folder that may not be, grows, and says that it cannot be shortened', () => {
    chmodSync(file, 0o666);
    chmodSync(path.dirname(file), 0o555);
    expect(asNobody(() => keep(3, { runs: 1 })).troubles).toMatchObject([
      { kind: 'not-shortened', error: { code: 'EACCES' } },
    ]);
    expect(text()).toBe(textOf(line(1), failed(2), line(3)));
  });
});

describe('while others use it', () => {
  test('and one of them shortens it, it is left to them', () => {
    const lock = `${file}.smtp-gate.lock`;
    writeFileSync(file, textOf(line(1), line(2)));
    writeFileSync(lock, '');
    expect(keep(3, { runs: 1 }).troubles).toEqual([]);
    expect(text()).toBe(textOf(line(1), line(2), line(3)));
    expect(existsSync(lock)).toBe(true);
  });

  test('one that died does not keep it from being shortened for ever', () => {
    const lock = `${file}.smtp-gate.lock`;
    writeFileSync(file, textOf(line(1), line(2)));
    writeFileSync(lock, '');
    writeFileSync(`${file}.smtp-gate.tmp`, 'half');
    utimesSync(lock, new Date(0), new Date(0));
    keep(3, { runs: 1 });
    expect(existsSync(lock)).toBe(false);
    keep(4, { runs: 1 });
    expect(text()).toBe(textOf(line(4)));
    alone();
  });

  test('it may have another name, under which it stays', () => {
    writeFileSync(file, textOf(line(1)));
    const other = path.join(path.dirname(file), 'other');
    linkSync(file, other);
    keep(2, { runs: 1 });
    appendFileSync(other, 'x');
    expect([text(), readFileSync(other, 'utf8')]).toEqual([textOf(line(2)), `${textOf(line(1), line(2))}x`]);
  });
});
