import type { Spread, TargetTrend, Trend, TrendPoint } from '../../history/trend.ts';
import { sayMs } from '../../words.ts';
import { sayRange, sayStreak, sayTime, sayUptime } from '../trend.ts';
import { count, Day, grouped, Time } from './parts.tsx';
import { sayLeft } from './target.tsx';

/** With fewer days than this left, a certificate is drawn as a warning. */
const SOON_DAYS = 21;
/** The charts' own measure; they are stretched to the width that there is. */
const [WIDTH, HEIGHT] = [200, 40];

/** What became of the targets in the runs before: how often they held, how fast they were, how long they may last. */
export function Trends({ trend, until }: { readonly trend: Trend; readonly until: string }) {
  const { runs, since, targets, omitted } = trend;
  return (
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">
        {count(runs, 'run')} since <Time iso={since} />
      </p>
      {targets.map((target) => (
        <TargetCharts trend={target} until={until} alone={targets.length === 1} />
      ))}
      {omitted > 0 && (
        <p class="faint">{count(omitted, 'more target')}, which failed no more often, only in the history itself.</p>
      )}
    </section>
  );
}

function TargetCharts(props: { readonly trend: TargetTrend; readonly until: string; readonly alone: boolean }) {
  const { trend, until, alone } = props;
  const { label, points, runs } = trend;
  const [first] = points;
  const each = Math.max(...points.map((point) => point.runs));
  return (
    <div class="trend">
      {!alone && <h3>{label}</h3>}
      <p class="streak">{sentence(sayStreak(trend))}</p>
      <div class="charts">
        <Uptime trend={trend} />
        <Curve
          name="Time to greeting"
          spread={trend.latencyMs}
          values={points.map(({ latencyMs }) => latencyMs)}
          say={sayMs}
          range={sayRange(trend.latencyMs, sayMs)}
          colour={() => 'speed'}
        />
        <Curve
          name="Certificate"
          spread={trend.daysLeft}
          values={points.map(({ daysLeft }) => daysLeft)}
          say={sayLeft}
          range={sayRange(trend.daysLeft, String)}
          colour={(days) => (days < 0 ? 'down' : days < SOON_DAYS ? 'partly' : 'up')}
        />
      </div>
      {first && (
        <p class="faint span">
          <Day iso={first.when} /> to <Day iso={until} />, {count(runs, 'run')}, left to right
          {each > 1 && `; each step stands for up to ${each}`}
        </p>
      )}
    </div>
  );
}

function Uptime({ trend }: { readonly trend: TargetTrend }) {
  const { points, runs, failed } = trend;
  const step = WIDTH / Math.max(1, points.length);
  // Where columns are narrow, a gap between them would be all that is seen.
  const width = points.length > 50 ? step : step * 0.8;
  const columns = (tall: number, wanted: (point: TrendPoint) => boolean) =>
    points
      .map((point, i) => (wanted(point) ? `M${short(i * step)} ${HEIGHT}v-${tall}h${short(width)}v${tall}` : ''))
      .join('');
  return (
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>{sayUptime(trend)}</strong>
        <span class="faint range">{failed === 0 ? 'no failure' : count(failed, 'failure')}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>{sayFailures(trend)}</desc>
        {/* What failed is taller as well, for those who do not tell the colours apart. */}
        <path class="up" d={columns(HEIGHT / 2, (point) => point.failed === 0)} />
        <path class="partly" d={columns(HEIGHT * 0.75, (point) => point.failed > 0 && point.failed < point.runs)} />
        <path class="down" d={columns(HEIGHT, (point) => point.failed === point.runs)} />
      </svg>
      <span class="hidden">{`${grouped(runs - failed)} of ${count(runs, 'run')} did not fail`}</span>
    </figure>
  );
}

/** So many failures are named. */
const NAMED = 5;

function sayFailures({ points }: TargetTrend): string {
  const failures = points.filter(({ failed }) => failed > 0);
  if (failures.length === 0) return 'No run failed.';
  const named = failures.slice(-NAMED).map(({ when, failed }) => `${sayTime(when)}${failed > 1 ? ` (${failed})` : ''}`);
  return `${failures.length > NAMED ? 'The last failures' : 'Failures'}: ${named.join(', ')}.`;
}

/** A value through the runs, on a scale from 0; nothing at all where it was never known. */
function Curve(props: {
  readonly name: string;
  readonly spread: Spread | null;
  readonly values: readonly (number | null)[];
  readonly say: (value: number) => string;
  readonly range: string;
  readonly colour: (last: number) => string;
}) {
  const { name, spread, values, say, range, colour } = props;
  if (spread === null) return null;
  const { last } = spread;
  const known = values.filter((value) => value !== null);
  const { line, area } = drawn(values, Math.min(0, ...known), Math.max(1, ...known));
  return (
    <figure class="chart">
      <figcaption>
        <span class="faint">{name}</span> <strong>{say(last)}</strong>
        <span class="faint range">{range}</span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>{name}</title>
        <desc>{`At last ${say(last)}${range === '' ? '' : `; ${range} in all`}.`}</desc>
        <path class={`area ${colour(last)}`} d={area} />
        <path class={`curve ${colour(last)}`} d={line} />
      </svg>
    </figure>
  );
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
