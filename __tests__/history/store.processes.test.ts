import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';
import { textOf } from '../support/history.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'smtp-gate-history-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const writer = path.resolve(import.meta.dirname, '../support/history-writer.ts');
const PROCESSES = ['one', 'two', 'three', 'four'];
const TIMES = 60;

test('several processes at once lose nothing, while each of them also puts the file in order', async () => {
  const file = path.join(folder, 'history.jsonl');
  writeFileSync(file, textOf());
  const run = promisify(execFile);
  await Promise.all(
    PROCESSES.map((name) => run(process.execPath, ['--import', 'tsx', writer, file, name, String(TIMES)])),
  );
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((one) => one.endsWith('}'))
    .map((one) => JSON.parse(one));
  const seen = lines.map(({ key, target }) => `${key} ${target.label}`);
  const wanted = PROCESSES.flatMap((name) =>
    Array.from({ length: TIMES }, (_, n) => [`${name}-${n} a.example:25`, `${name}-${n} b.example:25`]).flat(),
  );
  expect([...new Set(seen)].sort()).toEqual(wanted.sort());
}, 60_000);
