import { sayMs } from '../words.ts';
import type { ReportTarget } from './report.ts';

const WIDTH = 32;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Where an attempt's time went: a line a step, bars on one scale, each beginning where its step began. */
export function timeBars({ steps }: Pick<ReportTarget, 'steps'>): string[] {
  const total = Math.max(1, ...steps.map(({ startMs, tookMs }) => startMs + tookMs));
  const name = Math.max(0, ...steps.map(({ step }) => step.length));
  return steps.map(({ step, status, startMs, tookMs, because }) => {
    const label = step.padEnd(name);
    if (status === 'skipped') return `${label}  ${'–'.padStart(7)}  ${because ?? ''}`.trimEnd();
    const offset = ' '.repeat(Math.min(WIDTH - 1, Math.floor((startMs / total) * WIDTH)));
    const note = status === 'failed' ? `  ✗ ${because ?? ''}` : '';
    return `${label}  ${sayMs(tookMs).padStart(7)}  ${offset}${bar((tookMs / total) * WIDTH)}${note}`;
  });
}

function bar(length: number): string {
  const whole = Math.floor(length);
  const rest = EIGHTHS[Math.floor((length - whole) * 8)] ?? '';
  return '█'.repeat(whole) + rest || '▏';
}
