import type { Status } from '../../model/codes.ts';
import type { ReportTarget } from '../report.ts';

/** The one scale of all timelines: its end and the distance of its marks, in milliseconds. */
export interface Scale {
  readonly endMs: number;
  readonly markMs: number;
}

/**
 * How much is told of a target: everything; all but the conversation; what was seen, without causes and remedies; that,
 * of the first findings alone.
 */
export type Detail = 'whole' | 'explained' | 'brief' | 'row';
/** So many findings a `row` has: a target of many addresses may have hundreds. */
export const ROW_FINDINGS = 5;

export function isBrief(detail: Detail): boolean {
  return detail === 'brief' || detail === 'row';
}

/** A target as the page shows it. */
export interface Shown {
  readonly target: ReportTarget;
  readonly id: string;
  readonly detail: Detail;
  readonly open: boolean;
}

/** What a page shows of a report. */
export interface Contents {
  /** The worst first. */
  readonly shown: readonly Shown[];
  readonly scale: Scale;
  /** The id and the name of the first target that explains a code. */
  readonly explainedAt: ReadonlyMap<string, Explained>;
  /** How many targets are not shown at all, with each status. */
  readonly omitted: ReadonlyMap<Status, number>;
}

export interface Explained {
  readonly id: string;
  readonly label: string;
}
