import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Merged, mergeReports } from '../../src/merge/merge.ts';
import { readMergeSettings } from '../../src/merge/settings.ts';
import type { Shard } from '../../src/model/fleet.ts';
import { buildReport } from '../../src/report/build.ts';
import type { Report } from '../../src/report/report.ts';
import { FakeClock } from './clock.ts';
import { type Attempt, gate } from './gate.ts';
import { surroundings } from './reports.ts';

/** Reports by their files' names: text as it is, anything else as JSON. */
export type Files = Readonly<Record<string, unknown>>;

/** The report of a step. */
export async function legReport(
  vantage: string,
  attempt: Attempt,
  targets: readonly string[],
  shard: Shard | null = null,
): Promise<Report> {
  const { result } = await gate(attempt, { host: '', port: '', targets: targets.join('\n') }, 25);
  return buildReport(result, surroundings(), { vantage, shard });
}

/** Puts files into a folder of their own, whose path it returns. */
export function written(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'smtp-gate-merge-'));
  for (const [name, content] of Object.entries(files)) {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, name), isRaw ? content : JSON.stringify(content));
  }
  return folder;
}

/** What becomes of a merge of these files. */
export async function merging(files: Files, inputs: Record<string, string> = {}) {
  const folder = written(files);
  const asked = readMergeSettings((name) => (name === 'reports' ? `${folder}/*` : inputs[name]));
  if ('problems' in asked) return asked;
  const result = await mergeReports(asked.settings, surroundings(), new FakeClock());
  const [refused] = result.report.legs === null ? result.report.findings : [];
  return refused ? { problems: [{ input: 'reports', problem: refused.message }] } : result;
}

/** The merge of these files, which can be merged. */
export async function merged(files: Files, inputs: Record<string, string> = {}): Promise<Merged> {
  const result = await merging(files, inputs);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result;
}

/** What keeps these files from being merged, without the folder's name. */
export async function problems(files: Files, inputs: Record<string, string> = {}): Promise<string[]> {
  const result = await merging(files, inputs);
  if (!('problems' in result)) throw new Error('it can be merged');
  return result.problems.map(({ problem }) =>
    problem.replace(/"\/[^"]*\//g, '"').replace(/^Nothing was checked: (.*)\.$/, '$1'),
  );
}
