import { group, type Spread, type TargetTrend, type TrendPoint } from '../history/trend.ts';
import { sayMs } from '../shared/text.ts';
import { markdownPre } from './escape/markdown.ts';
import { formatDays, formatTime, type View } from './view.ts';

/** So many characters wide; of more points each character stands for several. */
const WIDTH = 50;
const LEVELS = '▁▂▃▄▅▆▇█';
/** Nothing is known. */
const GAP = '·';

/**
 * What became of at most so many targets in the runs before, as GitHub Flavored Markdown. Of a history that begins with
 * this run there is nothing to say.
 */
export function trendBlocks({ report: { trend, targets } }: Pick<View, 'report'>, most: number): string[] {
  if (trend === null || trend.runs < 2 || most === 0) return [];
  const shown = trend.targets.slice(0, most);
  const left = trend.targets.length + trend.omitted - shown.length;
  const several = targets.length > 1;
  return [
    ...(several ? ['---'] : []),
    `**Trend** over ${trend.runs} runs since ${formatTime(trend.since)}`,
    ...shown.map((one) => markdownPre([...(several ? [one.label] : []), ...trendLines(one)])),
    ...(left > 0 ? [`_The trends of ${left} more targets, which hold as often or more often, are not shown._`] : []),
  ];
}

/** A target through the runs of its history, in lines of text: how often it held, how fast it was, how long it may last. */
export function trendLines(trend: TargetTrend): string[] {
  const { runs, failed, points } = trend;
  const columns = group(points, WIDTH);
  const [latency, days] = [trend.latencyMs, trend.daysLeft];
  return [
    line('uptime', sayUptime(trend), columns.map(held).join(''), `${runs - failed} of ${runs} runs`),
    ...(latency === null
      ? []
      : [line('greeting', sayMs(latency.last), spark(columns.map((one) => one.latencyMs)), sayRange(latency, sayMs))]),
    ...(days === null
      ? []
      : [
          line('certificate', formatDays(days.last), spark(columns.map((one) => one.daysLeft)), sayRange(days, String)),
        ]),
    `  ${sayStreak(trend)}`,
  ];
}

function line(name: string, now: string, drawn: string, beside: string): string {
  return `  ${name.padEnd(11)}  ${now.padStart(9)}  ${drawn}  ${beside}`;
}

/** The share of runs that did not fail; what is not all of them is never rounded up to it. */
export function sayUptime({ failed, uptime }: Pick<TargetTrend, 'failed' | 'uptime'>): string {
  return failed === 0 ? '100 %' : `${Number((Math.floor(uptime * 1_000) / 10).toFixed(1))} %`;
}

/** For how long it fails or does not, and when it failed last. */
export function sayStreak({ streak, lastFailure, runs }: TargetTrend): string {
  const since = `since ${formatTime(streak.since)}`;
  if (streak.failing) return `fails ${since}, in ${sayRuns(streak.runs, runs)} (${lastFailure?.code})`;
  if (lastFailure === null) return `no failure in ${sayRuns(streak.runs, runs)}, ${since}`;
  const { when, code } = lastFailure;
  return `last failure ${formatTime(when)} (${code}), none in ${sayRuns(streak.runs, runs)} since`;
}

function sayRuns(some: number, all: number): string {
  if (some === all) return all === 1 ? 'its only run' : `all ${all} runs`;
  return some === 1 ? '1 run' : `${some} runs`;
}

function held({ runs, failed }: TrendPoint): string {
  if (failed === 0) return '█';
  return failed < runs ? '▄' : '▁';
}

/** From the lowest to the highest; empty when they are the same, or nothing is known. */
export function sayRange(spread: Spread | null, say: (value: number) => string): string {
  if (spread === null || spread.least === spread.most) return '';
  return `${say(spread.least)} to ${say(spread.most)}`;
}

/** Heights on one scale from 0, or from the lowest where that is below. */
function spark(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(0, ...known), Math.max(1, ...known)];
  const level = (value: number) =>
    Math.min(LEVELS.length - 1, Math.floor(((value - least) / (most - least)) * LEVELS.length));
  return values.map((value) => (value === null ? GAP : LEVELS[level(value)])).join('');
}
