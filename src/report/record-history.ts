import { dirname, resolve } from 'node:path';
import type { Line } from '../history/format.ts';
import { BOUNDS, type Kept, keepRun, type Trouble } from '../history/store.ts';
import { trendOf } from '../history/trend.ts';
import { plain } from './escape/plain.ts';
import { makeFolderWithin } from './files/folders.ts';
import type { ReportFiles } from './files/report-files.ts';
import { reasonOf } from './files/write-file.ts';
import type { Report } from './report.ts';

/**
 * Adds a run to its history, and the trend that is drawn from it to the report. Nothing that is wrong with the file
 * changes the verdict, and where nothing was probed there is nothing to add. `files` learns of the file, which no report
 * may replace.
 */
export function remember(
  report: Report,
  { history, vantage }: { readonly history: string; readonly vantage: string | null },
  files: Pick<ReportFiles, 'workspace' | 'tell' | 'keep'>,
): Report {
  const { workspace, tell } = files;
  if (report.targets.length === 0) return report;
  const path = resolve(workspace, history);
  const { runs, troubles } = history.endsWith('/') ? NAMED_AS_FOLDER : keep(path, workspace, linesOf(report, vantage));
  // Whatever became of it: no report may replace what could not be read, or is somebody else's.
  files.keep(path, 'history');
  if (!troubles.some(({ kind }) => LOSSES.has(kind))) {
    tell.written(`history was added to ${plain(path)}`);
  }
  for (const trouble of troubles) tell.warn(say(trouble, path));
  return runs ? { ...report, trend: trendOf(runs, BOUNDS.runs) } : report;
}

/** With any of these, the run was not added. */
const LOSSES: ReadonlySet<Trouble['kind']> = new Set(['no-file', 'too-large', 'foreign', 'unread', 'unwritten']);

/** Resolving drops the slash, and a file would take the place of the folder that was meant. */
const NAMED_AS_FOLDER: Kept = { runs: null, troubles: [{ kind: 'no-file', what: 'folder' }] };

function keep(path: string, workspace: string, lines: readonly Line[]): Kept {
  try {
    makeFolderWithin(workspace, dirname(path));
    return keepRun(path, lines);
  } catch (error) {
    return { runs: null, troubles: [{ kind: 'unread', error: error as Error }] };
  }
}

function linesOf({ startedAt, run, status, targets, legs }: Report, vantage: string | null): Line[] {
  const random = Math.random().toString(36).slice(2, 10);
  const shared = {
    key: `${Date.parse(startedAt).toString(36)}-${process.pid.toString(36)}-${random}`,
    when: startedAt,
    run: run && { id: run.runId, attempt: run.attempt, url: run.url },
    gate: status,
  };
  return targets.map((target) => ({
    ...shared,
    target: target.target,
    vantage: legs ? target.vantage : vantage,
    status: target.status,
    code: target.code,
    latencyMs: target.latencyMs,
    certificate: endOf(target),
    durationMs: target.durationMs,
  }));
}

/** The end of a certificate, where there is one that can be read. */
function endOf({ tls }: Report['targets'][number]): Line['certificate'] {
  return tls?.validTo != null && tls.daysLeft !== null ? { validTo: tls.validTo, daysLeft: tls.daysLeft } : null;
}

function say(trouble: Trouble, path: string): string {
  const file = plain(path);
  switch (trouble.kind) {
    case 'foreign-lines': {
      const { count, first } = trouble;
      const those = count === 1 ? `line ${first} is not one of smtp-gate’s` : `${count} lines are not smtp-gate’s`;
      const from = count === 1 ? '' : `, the first of them line ${first}`;
      return `history ${file}: ${those}${from}; what is not ours is left there and not used. This does not change the verdict.`;
    }
    case 'not-shortened':
      return `history ${file} could not be shortened: ${reasonOf(trouble.error, path)}. This run was added to it. This does not change the verdict.`;
    case 'unwritten':
      return `This run could not be added to the history ${file}: ${reasonOf(trouble.error, path)}. This does not change the verdict.`;
    default:
      return `history could not be kept in ${file}: ${reasonFor(trouble, path)}. Nothing there was changed. This does not change the verdict.`;
  }
}

function reasonFor(
  trouble: Exclude<Trouble, { kind: 'foreign-lines' | 'not-shortened' | 'unwritten' }>,
  path: string,
): string {
  switch (trouble.kind) {
    case 'no-file':
      return trouble.what === 'folder'
        ? 'it is a folder; name a file in it'
        : 'it is a device, a pipe or a socket; name a file';
    case 'too-large':
      return `it has ${sayBytes(trouble.bytes)} (${trouble.bytes} bytes), and at most ${sayBytes(trouble.most)} are read; move it away, and a new one is begun`;
    case 'foreign':
      return 'no line of it is one of smtp-gate’s (smtp-gate/history@1), so it is something else’s; name another file';
    case 'unread':
      return reasonOf(trouble.error, path);
  }
}

function sayBytes(bytes: number): string {
  const gib = bytes / 1024 ** 3;
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${Number((bytes / 1024 ** 2).toFixed(1))} MiB`;
}
