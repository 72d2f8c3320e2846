import * as core from '@actions/core';
import { rank } from '../diagnosis/verdict.ts';
import { blamed } from '../report/fault.ts';
import type { ReportFinding, ReportTarget } from '../report/report.ts';
import { isFailure, isSpared } from '../report/severity.ts';
import type { View } from '../report/view.ts';

/** GitHub shows so many annotations of each level of a step, and drops the others without a word. */
export const SHOWN = 10;

/** What surrounds the annotations in the step. */
export interface AnnotationContext {
  /** Where all findings are, for those that are not shown. */
  readonly path: string;
  /** How many warnings the step has written already. */
  readonly warnings: number;
}

type Level = 'error' | 'warning' | 'notice';
// One by one: with `core[level]` a bundler would keep all of the toolkit.
const WRITE = { error: core.error, warning: core.warning, notice: core.notice } as const satisfies Record<
  Level,
  unknown
>;

/**
 * One annotation for each finding that counts, worst first; what fails the step is an error, whatever its status. Of a
 * level that has more than are shown, the last says how many and where they are. Returns how many warnings there are.
 */
export function annotate(view: View, { path, warnings }: AnnotationContext): number {
  const levels: Record<Level, Annotation[]> = { error: [], warning: [], notice: [] };
  for (const annotation of annotationsOf(view)) levels[levelOf(annotation, view)].push(annotation);
  writeLevel('error', levels.error, SHOWN, path);
  const written = writeLevel('warning', levels.warning, Math.max(0, SHOWN - warnings), path);
  writeLevel('notice', levels.notice, SHOWN, path);
  return warnings + written;
}

/** Writes the annotations of a level that there is room for, and of the others how many there are; how many it wrote. */
function writeLevel(level: Level, annotations: readonly Annotation[], room: number, path: string): number {
  const all = annotations.toSorted((a, b) => rank(b.finding.status) - rank(a.finding.status));
  const shown = all.length <= room ? all : all.slice(0, Math.max(0, room - 1));
  for (const one of shown) WRITE[level](one.message, { title: one.finding.code, ...placeOf(one) });
  const isMore = shown.length < all.length && room > 0;
  if (isMore) WRITE[level](...gathered(all.slice(shown.length), path));
  return shown.length + (isMore ? 1 : 0);
}

/** The line of the file that names the target, where GitHub then shows the annotation. */
function placeOf({ at }: Annotation): { file?: string; startLine?: number } {
  const { file = null, line = 0 } = at?.source ?? {};
  return file === null ? {} : { file, startLine: line };
}

/** A finding, and its message with the target that it is about. */
interface Annotation {
  readonly finding: ReportFinding;
  readonly message: string;
  /** The target that it is about; absent for one about the gate itself. */
  readonly at?: ReportTarget;
}

function annotationsOf({ named: targets, report }: View): Annotation[] {
  const ofTargets = targets.flatMap((at) =>
    at.findings.map((finding) => ({
      at,
      finding,
      message: blamed(named(finding, at), [finding]),
    })),
  );
  const own = report.findings.map((finding) => ({ finding, message: blamed(finding.message, [finding]) }));
  return [...ofTargets, ...own].filter(({ finding }) => !finding.ignored);
}

/** A message that names its target. */
function named({ message }: ReportFinding, { target: { label } }: ReportTarget): string {
  return message.includes(label) ? message : `${label}: ${message}`;
}

function levelOf({ finding: { status }, at }: Annotation, { report, failOn }: View): Level {
  if (isFailure(status, report, failOn, at)) return 'error';
  return status === 'warn' || (status === 'fail' && isSpared(report, at ?? { outvoted: false })) ? 'warning' : 'notice';
}

/** Those that are not shown, in one: how many of each code, and where to find them. */
function gathered(left: readonly Annotation[], path: string): [string, { title: string }] {
  const counts = new Map<string, number>();
  for (const { finding } of left) counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1);
  const each = [...counts].sort(([, a], [, b]) => b - a).map(([code, n]) => `${code} (${n})`);
  const where = path === '' ? 'the log names them all' : `all are in the JSON report, ${path}`;
  return [
    `${left.length} more findings that are not shown here: ${each.join(', ')}; ${where}`,
    { title: [...counts.keys()].join(', ') },
  ];
}
