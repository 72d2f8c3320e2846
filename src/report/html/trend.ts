import type { Spread, TargetTrend, Trend, TrendPoint } from '../../history/trend.ts';
import { sayMs } from '../../shared/text.ts';
import { type Html, html } from '../escape/html.ts';
import { sayRange, sayStreak, sayUptime } from '../text-trend.ts';
import { formatTime } from '../view.ts';
import { count, day, grouped, time } from './components.ts';
import { sayLeft } from './target.ts';

/** With fewer days than this left, a certificate is drawn as a warning. */
const SOON_DAYS = 21;
/** The charts' own measure; they are stretched to the width that there is. */
const [WIDTH, HEIGHT] = [200, 40];

/** What became of the targets in the runs before: how often they held, how fast they were, how long they may last. */
export function trends({ runs, since, targets, omitted }: Trend, until: string): Html {
  return html`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${count(runs, 'run')} since ${time(since)}</p>
      ${targets.map((trend) => targetCharts(trend, until, targets.length === 1))}
      ${omitted > 0 && html`<p class="faint">${count(omitted, 'more target')}, which failed no more often, only in the history itself.</p>`}
    </section>`;
}

function targetCharts(trend: TargetTrend, until: string, alone: boolean): Html {
  const { label, points, runs, latencyMs, daysLeft } = trend;
  const [first] = points;
  const each = Math.max(...points.map((point) => point.runs));
  const speed: Quantity = { name: 'Time to greeting', spread: latencyMs, say: sayMs, colour: () => 'speed' };
  const certificate: Quantity = { name: 'Certificate', spread: daysLeft, say: sayLeft, colour: colourOf };
  const steps = each > 1 ? `; each step stands for up to ${each}` : '';
  return html`
    <div class="trend">
      ${!alone && html`<h3>${label}</h3>`}
      <p class="streak">${sentence(sayStreak(trend))}</p>
      <div class="charts">
        ${uptime(trend)}
        ${curve(
          speed,
          points.map((point) => point.latencyMs),
          sayRange(latencyMs, sayMs),
        )}
        ${curve(
          certificate,
          points.map((point) => point.daysLeft),
          sayRange(daysLeft, String),
        )}
      </div>
      ${first && html`<p class="faint span">${day(first.when)} to ${day(until)}, ${count(runs, 'run')}, left to right${steps}</p>`}
    </div>`;
}

function colourOf(days: number): string {
  return days < 0 ? 'down' : days < SOON_DAYS ? 'partly' : 'up';
}

function uptime(trend: TargetTrend): Html {
  const { points, runs, failed } = trend;
  const step = WIDTH / Math.max(1, points.length);
  // Where columns are narrow, a gap between them would be all that is seen.
  const width = points.length > 50 ? step : step * 0.8;
  // What failed is taller as well, for those who do not tell the colours apart.
  const columns = (tall: number, wanted: (point: TrendPoint) => boolean) =>
    points
      .map((point, i) => (wanted(point) ? `M${short(i * step)} ${HEIGHT}v-${tall}h${short(width)}v${tall}` : ''))
      .join('');
  return html`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${sayUptime(trend)}</strong>
        <span class="faint range">${failed === 0 ? 'no failure' : count(failed, 'failure')}</span>
      </figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${sayFailures(trend)}</desc>
        <path class="up" d="${columns(HEIGHT / 2, (point) => point.failed === 0)}" />
        <path class="partly" d="${columns(HEIGHT * 0.75, (point) => point.failed > 0 && point.failed < point.runs)}" />
        <path class="down" d="${columns(HEIGHT, (point) => point.failed === point.runs)}" />
      </svg>
      <span class="hidden">${grouped(runs - failed)} of ${count(runs, 'run')} did not fail</span>
    </figure>`;
}

/** So many failures are named. */
const NAMED = 5;

function sayFailures({ points }: TargetTrend): string {
  const failures = points.filter(({ failed }) => failed > 0);
  if (failures.length === 0) return 'No run failed.';
  const named = failures
    .slice(-NAMED)
    .map(({ when, failed }) => `${formatTime(when)}${failed > 1 ? ` (${failed})` : ''}`);
  return `${failures.length > NAMED ? 'The last failures' : 'Failures'}: ${named.join(', ')}.`;
}

/** Something that is measured in each run. */
interface Quantity {
  readonly name: string;
  readonly spread: Spread | null;
  readonly say: (value: number) => string;
  /** The class of its line, by the last value. */
  readonly colour: (last: number) => string;
}

/** A value through the runs, on a scale from 0; nothing at all where it was never known. */
function curve(
  { name, spread, say, colour }: Quantity,
  values: readonly (number | null)[],
  range: string,
): Html | null {
  if (spread === null) return null;
  const { last } = spread;
  const known = values.filter((value) => value !== null);
  const { line, area } = drawn(values, Math.min(0, ...known), Math.max(1, ...known));
  return html`
    <figure class="chart">
      <figcaption>
        <span class="faint">${name}</span> <strong>${say(last)}</strong>
        <span class="faint range">${range}</span>
      </figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img">
        <title>${name}</title>
        <desc>At last ${say(last)}${range !== '' && `; ${range} in all`}.</desc>
        <path class="area ${colour(last)}" d="${area}" />
        <path class="curve ${colour(last)}" d="${line}" />
      </svg>
    </figure>`;
}

/** A line through all values that are known, with gaps where they are not, and the area below it. */
function drawn(values: readonly (number | null)[], from: number, to: number): { line: string; area: string } {
  const step = WIDTH / values.length;
  // The line is drawn on both sides of its place, which the edges would cut off.
  const y = (value: number) => short(HEIGHT - 2 - ((value - from) / (to - from)) * (HEIGHT - 4));
  let [line, area, begun] = ['', '', ''];
  for (const [i, value] of values.entries()) {
    if (value === null) {
      if (begun !== '') area += `V${HEIGHT}z`;
      begun = '';
      continue;
    }
    const at = `${short(i * step)} ${y(value)}`;
    // Each value holds as long as its run: what changes from run to run are steps.
    line += `${begun === '' ? `M${at}` : `V${y(value)}`}h${short(step)}`;
    area += `${begun === '' ? `M${short(i * step)} ${HEIGHT}V${y(value)}` : `V${y(value)}`}h${short(step)}`;
    begun = at;
  }
  return { line, area: begun === '' ? area : `${area}V${HEIGHT}z` };
}

function short(n: number): string {
  return String(Number(n.toFixed(2)));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
