import type { Outcome, Runs, Series } from './series.ts';

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
    .map(({ label, outcomes }) => ({ label, outcomes: outcomes.filter(({ run }) => run >= from) }))
    .filter(({ outcomes }) => outcomes.length > 0)
    .map((series) => ({ series, failing: series.outcomes.at(-1)?.failed, uptime: uptimeOf(series) }))
    .sort((a, b) => Number(b.failing) - Number(a.failing) || a.uptime - b.uptime);
  return {
    runs: runs.count - from,
    since: runs.when[from] ?? '',
    targets: all.slice(0, TREND_BOUNDS.targets).map(({ series }) => targetTrend(series, runs.when)),
    omitted: Math.max(0, all.length - TREND_BOUNDS.targets),
  };
}

const failures = (outcomes: Series['outcomes']) => outcomes.filter(({ failed }) => failed).length;
const uptimeOf = ({ outcomes }: Series) => (outcomes.length - failures(outcomes)) / outcomes.length;

function targetTrend(series: Series, when: readonly string[]): TargetTrend {
  const { label, outcomes } = series;
  const at = ({ run }: Outcome) => when[run] ?? '';
  const last = outcomes.findLast(({ failed }) => failed);
  const failing = last !== undefined && last === outcomes.at(-1);
  const streak = outcomes.slice(outcomes.findLastIndex(({ failed }) => failed !== failing) + 1);
  const points = outcomes.map((one) => ({ ...one, when: at(one), runs: 1, failed: Number(one.failed) }));
  return {
    label,
    runs: outcomes.length,
    failed: failures(outcomes),
    uptime: uptimeOf(series),
    lastFailure: last ? { when: at(last), code: last.code } : null,
    streak: { failing, runs: streak.length, since: streak.slice(0, 1).map(at).join() },
    latencyMs: spreadOf(outcomes.map(({ latencyMs }) => latencyMs)),
    daysLeft: spreadOf(outcomes.map(({ daysLeft }) => daysLeft)),
    points: group(points, TREND_BOUNDS.points),
  };
}

/** At most so many points, each of which stands for equally many of those given; the newest may stand for fewer. */
export function group(points: readonly TrendPoint[], most: number): TrendPoint[] {
  const each = Math.ceil(points.length / most);
  return Array.from({ length: points.length === 0 ? 0 : Math.ceil(points.length / each) }, (_, i) => {
    const some = points.slice(i * each, (i + 1) * each);
    return {
      when: some[0]?.when ?? '',
      runs: some.reduce((total, { runs }) => total + runs, 0),
      failed: some.reduce((total, { failed }) => total + failed, 0),
      latencyMs: median(some.map(({ latencyMs }) => latencyMs)),
      daysLeft: some.findLast(({ daysLeft }) => daysLeft !== null)?.daysLeft ?? null,
    };
  });
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
