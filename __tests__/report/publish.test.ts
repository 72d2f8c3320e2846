import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buildReport } from '../../src/report/build.ts';
import { type Asked, type Outlet, type Part, publish } from '../../src/report/publish.ts';
import { fine, gate, refused } from '../support/gate.ts';
import { surroundings } from '../support/reports.ts';

const root = mkdtempSync(path.join(tmpdir(), 'smtp-gate-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let told: string[] = [];
let workspace = '';
beforeEach(() => {
  told = [];
  workspace = mkdtempSync(path.join(root, 'w'));
});

const part = (what: string): Part => ({ what, write: ({ jsonPath }) => void told.push(`${what}: ${jsonPath}`) });
const broken = (what: string): Part => ({
  what,
  write: () => {
    throw new Error('boom');
  },
});

async function published(asked: Partial<Asked> = {}, over: Partial<Outlet> = {}, attempt = refused) {
  const { result } = await gate(attempt);
  const report = await buildReport(result, surroundings());
  return publish(
    { report, quorum: result.quorum, place: 'github-hosted' },
    {
      reportJson: null,
      reportJunit: null,
      reportHtml: null,
      reportMetrics: null,
      history: null,
      failOn: 'fail',
      vantage: null,
      ...asked,
    },
    {
      workspace,
      unnamedJson: null,
      written: (line) => told.push(line.replace(`${workspace}/`, '')),
      warn: (line) => told.push(`warning: ${line.replace(`${workspace}/`, '')}`),
      beforeFiles: [part('outputs')],
      afterFiles: [part('log')],
      ...over,
    },
  );
}

const ALL = {
  reportJson: 'a.json',
  reportJunit: 'b.xml',
  reportHtml: 'c.html',
  reportMetrics: 'm.prom',
  history: 'd.jsonl',
};

describe('a run is published', () => {
  test('in one order, and each file where it was wanted', async () => {
    const { jsonPath } = await published(ALL);
    expect(jsonPath).toBe(path.join(workspace, 'a.json'));
    expect(told).toEqual([
      'history was added to d.jsonl',
      'report-json was written to a.json',
      `outputs: ${jsonPath}`,
      'report-junit was written to b.xml',
      'report-html was written to c.html',
      'report-metrics was written to m.prom',
      `log: ${jsonPath}`,
    ]);
    expect(readdirSync(workspace).sort()).toEqual(['a.json', 'b.xml', 'c.html', 'd.jsonl', 'm.prom']);
  });

  test.each([
    [null, {}, {}],
    [null, { reportJunit: 'b.xml' }, {}],
    ['c.html', { reportHtml: 'c.html' }, {}],
    ['a.json', { reportJson: 'a.json', reportHtml: 'c.html' }, {}],
    [null, { reportJson: 'a.json' }, { isTemporary: () => true }],
    [null, {}, { unnamedJson: root }],
  ])('leads to %s for the rest, where %j and %j are wanted', async (reportFile, asked, over) => {
    expect((await published(asked, over)).view.reportFile).toBe(reportFile);
  });

  test('without files when none was wanted', async () => {
    expect((await published()).jsonPath).toBe('');
    expect(told).toEqual(['outputs: ', 'log: ']);
    expect(readdirSync(workspace)).toEqual([]);
  });

  test('with a JSON report in the folder for it, where none was wanted or it cannot be written', async () => {
    await published({}, { unnamedJson: '/dev/null' });
    expect(told[0]).toMatch(/^warning: The JSON report could not be written to \/dev\/null\/smtp-gate-.*ENOTDIR/);
    told = [];
    const { jsonPath } = await published({ reportJson: '.' }, { unnamedJson: workspace });
    expect(told[0]).toMatch(/^warning: report-json could not be written to .*: it is a folder/);
    expect(JSON.parse(readFileSync(jsonPath, 'utf8')).code).toBe('connect-refused');
  });

  test('though a part of it cannot be made, which is a warning for each, the same for all', async () => {
    const reason = 'Error: boom. This is a defect of smtp-gate. This does not change the verdict.';
    await published(ALL, { beforeFiles: [broken('outputs')], afterFiles: [broken('summary'), part('log')] });
    expect(told.filter((line) => line.startsWith('warning'))).toEqual([
      `warning: outputs could not be made: ${reason}`,
      `warning: summary could not be made: ${reason}`,
    ]);
    expect(existsSync(path.join(workspace, 'c.html'))).toBe(true);
    expect(told.at(-1)).toMatch(/^log/);
  });

  test('with no report in the place of another, nor of the history', async () => {
    await published({ ...ALL, reportJson: 'd.jsonl', reportHtml: './b.xml' });
    expect(told.filter((line) => line.startsWith('warning'))).toEqual([
      'warning: report-json could not be written to d.jsonl: history is kept there. This does not change the verdict.',
      'warning: report-html could not be written to b.xml: report-junit was written there. This does not change the verdict.',
    ]);
  });

  test('with the trend that the history has, and what its step fails on', async () => {
    await published({ history: 'd.jsonl', failOn: 'never' }, {}, fine);
    const { view } = await published({ history: 'd.jsonl', failOn: 'never' }, {}, fine);
    expect([view.report.trend?.runs, view.failOn, view.place]).toEqual([2, 'never', 'github-hosted']);
  });
});
