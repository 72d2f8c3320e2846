import type { Runs, Series } from './series.ts';

/** What a history tells of the targets of this run, which is the last one in it. */
export interface Trend {
  /** How many runs of any target the history holds, this one included. */
  readonly runs: number;
  /** When the first of them began. */
  readonly since: string;
  /** Those that fail first, then those that failed most. */
  readonly targets: readonly TargetTrend[];
  /** How many targets of this run are not among them. */
  readonly omitted: number;
}

export interface TargetTrend {
  readonly label: string;
  /** How many runs the target was part of, and in how many of them it failed. */
  readonly runs: number;
  readonly failed: number;
  /** The share of runs in which it did not fail, from 0 to 1. */
  readonly uptime: number;
  readonly lastFailure: { readonly when: string; readonly code: string } | null;
  /** For how many runs, and since when, it fails or does not. */
  readonly streak: { readonly failing: boolean; readonly runs: number; readonly since: string };
  /** Time to greeting, in milliseconds; `null` when it never greeted. */
  readonly latencyMs: Spread | null;
  /** Days to certificate expiry; `null` when no certificate was seen. */
  readonly daysLeft: Spread | null;
  /** Oldest first; of many runs each stands for several. */
  readonly points: readonly TrendPoint[];
}

/** Of all values that are known, the newest, the lowest and the highest. */
export interface Spread {
  readonly last: number;
  readonly least: number;
  readonly most: number;
}

/** A run, or a few that follow each other. */
export interface TrendPoint {
  /** When the first of them began. */
  readonly when: string;
  readonly runs: number;
  readonly failed: number;
  /** The median time to greeting, in milliseconds; `null` when there was none. */
  readonly latencyMs: number | null;
  /** Days to certificate expiry, in the last of them that knew. */
  readonly daysLeft: number | null;
}

/** So many targets have a trend, each with so many points: a report stays a report. */
export const TREND_BOUNDS = { targets: 20, points: 100 } as const;

/** The trend over the last `most` runs. */
export function trendOf(runs: Runs, most: number): Trend {
  const from = Math.max(0, runs.count - most);
  const all = runs.series
    .map((series) => since(series, from))
    .filter(({ failed }) => failed.length > 0)
    .map((series) => ({ series, failing: series.failed.at(-1) ?? false, uptime: uptimeOf(series) }))
    .sort((a, b) => Number(b.failing) - Number(a.failing) || a.uptime - b.uptime);
  return {
    runs: runs.count - from,
    since: runs.when[from] ?? '',
    targets: all.slice(0, TREND_BOUNDS.targets).map(({ series }) => targetTrend(series, runs.when)),
    omitted: Math.max(0, all.length - TREND_BOUNDS.targets),
  };
}

/** A series from a run on. */
function since({ runs, failed, latencyMs, daysLeft, ...rest }: Series, from: number): Series {
  const first = runs.findIndex((run) => run >= from);
  const part = <T>(list: readonly T[]) => (first === -1 ? [] : list.slice(first));
  return { ...rest, runs: part(runs), failed: part(failed), latencyMs: part(latencyMs), daysLeft: part(daysLeft) };
}

function uptimeOf({ failed }: Series): number {
  return failed.filter((one) => !one).length / failed.length;
}

function targetTrend(series: Series, when: readonly string[]): TargetTrend {
  const { label, failed, lastCode } = series;
  const at = (i: number) => when[series.runs[i] ?? -1] ?? '';
  const lastFailure = failed.lastIndexOf(true);
  const failing = lastFailure === failed.length - 1;
  const begun = failed.lastIndexOf(!failing) + 1;
  const each = Math.ceil(failed.length / TREND_BOUNDS.points);
  return {
    label,
    runs: failed.length,
    failed: failed.filter(Boolean).length,
    uptime: uptimeOf(series),
    lastFailure: lastFailure === -1 ? null : { when: at(lastFailure), code: lastCode },
    streak: { failing, runs: failed.length - begun, since: at(begun) },
    latencyMs: spreadOf(series.latencyMs),
    daysLeft: spreadOf(series.daysLeft),
    points: parts(failed.length, each).map(([from, to]) => ({
      when: at(from),
      runs: to - from,
      failed: failed.slice(from, to).filter(Boolean).length,
      latencyMs: median(series.latencyMs.slice(from, to)),
      daysLeft: lastKnown(series.daysLeft.slice(from, to)),
    })),
  };
}

/** At most so many points, each of which stands for equally many of those given; the newest may stand for fewer. */
export function group(points: readonly TrendPoint[], most: number): TrendPoint[] {
  return parts(points.length, Math.ceil(points.length / most)).map(([from, to]) => {
    const some = points.slice(from, to);
    return {
      when: some[0]?.when ?? '',
      runs: some.reduce((total, { runs }) => total + runs, 0),
      failed: some.reduce((total, { failed }) => total + failed, 0),
      latencyMs: median(some.map(({ latencyMs }) => latencyMs)),
      daysLeft: lastKnown(some.map(({ daysLeft }) => daysLeft)),
    };
  });
}

/** Where each of the parts begins and ends that a list is cut into, with `each` elements at most. */
function parts(length: number, each: number): [number, number][] {
  const from = Array.from({ length: length === 0 ? 0 : Math.ceil(length / each) }, (_, i) => i * each);
  return from.map((start) => [start, Math.min(length, start + each)]);
}

function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  return last === undefined ? null : { last, least: Math.min(...known), most: Math.max(...known) };
}

function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  return known[known.length >> 1] ?? null;
}

function lastKnown(values: readonly (number | null)[]): number | null {
  return values.findLast((value) => value !== null) ?? null;
}
