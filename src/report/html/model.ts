import type { Code, Status } from '../../model/codes.ts';
import type { Html } from '../escape/html.ts';
import type { ReportTarget } from '../report.ts';

/** The one scale of all timelines: its end and the distance of its marks, in milliseconds. */
export interface Scale {
  readonly endMs: number;
  readonly markMs: number;
}

/** How much is told of a target: everything, or what was seen and the first findings, whose codes are explained above. */
export type Detail = 'whole' | 'brief';
/** So many findings a brief target has: one of many addresses may have hundreds. */
export const BRIEF_FINDINGS = 5;

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
  /** Where there are several targets, or no room for all of one: the section that explains each code. */
  readonly sections: ReadonlyMap<Code, Html>;
  /** How many targets are not shown at all, with each status. */
  readonly omitted: ReadonlyMap<Status, number>;
}

/** The id of the section that explains a code. */
export const codeId = (code: Code): string => `code-${code}`;
