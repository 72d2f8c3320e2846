import { STEPS } from '../model/steps.ts';
import { sayMs } from '../shared/text.ts';
import { endOfHops, hopSpans, type ReportHop } from './delivery.ts';
import type { ReportTarget } from './report.ts';
import { endOfSteps } from './view.ts';

const WIDTH = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar that is shorter than this shows nothing. */
const SHORTEST = 8;

/**
 * Where an attempt's time went: a line a step, bars on one scale, each beginning where its step began. Where a line has
 * fewer `columns` than they take, they are shorter, or left out. `endMs`: the scale's end, where others share it.
 */
export function timeBars(
  target: Pick<ReportTarget, 'steps'>,
  columns = Infinity,
  endMs: number = endOfSteps([target]),
): string[] {
  const { steps } = target;
  const total = Math.max(1, endMs);
  const name = Math.max(0, ...steps.map(({ step }) => step.length));
  const noteOf = ({ status, because }: Step) => (status === 'failed' ? `  ✗ ${because ?? ''}` : '');
  // Two spaces, the time, and two more.
  const room = columns - name - 11 - Math.max(0, ...steps.map((step) => noteOf(step).length));
  const width = room < SHORTEST ? 0 : Math.min(WIDTH, room);
  return steps.map((step) => {
    const { status, startMs, tookMs, because } = step;
    const label = step.step.padEnd(name);
    if (status === 'skipped') return `${label}  ${'–'.padStart(7)}  ${because ?? ''}`.trimEnd();
    const begins = Math.max(0, Math.min(width - 1, Math.floor((startMs / total) * width)));
    const drawn = width === 0 ? '' : `  ${' '.repeat(begins)}${bar((tookMs / total) * width)}`;
    return `${label}  ${sayMs(tookMs).padStart(7)}${drawn}${noteOf(step)}`;
  });
}

type Step = ReportTarget['steps'][number];

function bar(length: number): string {
  const whole = Math.floor(length);
  const rest = EIGHTHS[Math.floor((length - whole) * 8)] ?? '';
  return '█'.repeat(whole) + rest || '▏';
}

/** The way of a message: a line a hop, bars on one scale. `labels`: how wide the labels are, in characters. */
export function hopBars(hops: readonly ReportHop[], labels: number): string[] {
  const spans = hopSpans(hops);
  const scale = WIDTH / endOfHops(spans);
  const time = Math.max(0, ...spans.map(({ said }) => said.length));
  return spans.map(({ label, startMs, tookMs, said }) => {
    const begins = Math.min(WIDTH - 1, Math.floor(startMs * scale));
    return `${label.padEnd(labels)} ${said.padStart(time)}  ${' '.repeat(begins)}${bar(tookMs * scale)}`;
  });
}

export const BAR_KEY = [
  'r resolve · c connect · t TLS · g greeting · e EHLO · s STARTTLS',
  'a AUTH · m MAIL, RCPT, RSET · q QUIT · ✗ ended here',
];

/** Where the time of several targets went: a line each, all on one scale, a letter for each step. */
export function fleetBars(targets: readonly ReportTarget[]): string[] {
  const ran = targets.filter(({ steps }) => steps.length > 0);
  const ends = ran.map((target) => endOfSteps([target]));
  const scale = WIDTH / Math.max(1, ...ends);
  const name = Math.max(0, ...ran.map(({ target }) => target.label.length));
  return ran.map(({ target, steps }, i) => {
    const cells = Array.from({ length: WIDTH }, () => ' ');
    for (const { step, startMs, tookMs, status } of steps) {
      if (status === 'skipped') continue;
      const from = Math.min(WIDTH - 1, Math.floor(startMs * scale));
      // A step that took no time to speak of still has a letter, unless another one is there.
      const to = Math.max(from + 1, Math.round((startMs + tookMs) * scale));
      for (let at = from; at < Math.min(WIDTH, to); at += 1) if (cells[at] === ' ') cells[at] = STEPS[step].letter;
    }
    const failed = steps.some(({ status }) => status === 'failed') ? ' ✗' : '';
    return `${target.label.padEnd(name)}  ${sayMs(ends[i] ?? 0).padStart(7)}  ${`${cells.join('').trimEnd()}${failed}`}`;
  });
}
