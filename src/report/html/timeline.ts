import type { Step } from '../../model/observation.ts';
import { STEPS, type StepName } from '../../model/steps.ts';
import { sayMs } from '../../shared/text.ts';
import { endOfHops, type HopSpan, hopSpans, type ReportHop } from '../delivery.ts';
import { type Html, html } from '../escape/html.ts';
import type { ReportTarget } from '../report.ts';
import { endOfSteps } from '../view.ts';
import type { Scale } from './model.ts';

/** Steps of one kind have one colour. */
const KINDS = {
  resolve: 'resolve',
  connect: 'connect',
  greeting: 'greeting, EHLO',
  tls: 'TLS',
  auth: 'AUTH',
  envelope: 'MAIL, RCPT',
  quit: 'QUIT',
} as const satisfies Record<(typeof STEPS)[StepName]['kind'], string>;
/** Marks at 1, 2 or 5 of a power of ten, at most five of them. */
export function scaleOf(targets: readonly ReportTarget[]): Scale {
  return scaleTo(Math.max(1, endOfSteps(targets)));
}

function scaleTo(endMs: number): Scale {
  const power = 10 ** Math.floor(Math.log10(endMs / 5));
  const markMs = [1, 2, 5, 10].map((factor) => factor * power).find((mark) => endMs / mark <= 5) ?? endMs;
  return { endMs, markMs };
}

/** All steps of a target in one row. */
export function strip(steps: readonly Step[], scale: Scale): Html {
  const taken = steps.filter(({ status }) => status !== 'skipped');
  return html`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${taken.map(sayStep).join(', ')}</desc>
      ${taken.map((step) => bar(step, scale))}
    </svg>`;
}

/** The steps of a target, each with its time and its bar; what was not reached says why. */
export function stepTable(steps: readonly Step[], scale: Scale): Html {
  return html`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${axis(scale)}</th>
        </tr>
      </thead>
      <tbody>${steps.map((step) => row(step, scale))}</tbody>
    </table>`;
}

/** The way of a message from server to server, by their own clocks. */
export function hopTable(hops: readonly ReportHop[]): Html {
  const spans = hopSpans(hops);
  const scale = scaleTo(endOfHops(spans));
  return html`
    <table class="steps">
      <caption>The way of the message, by the clocks of the servers</caption>
      <thead>
        <tr>
          <th scope="col">Hop</th>
          <th scope="col">Time</th>
          <th scope="col">${axis(scale)}</th>
        </tr>
      </thead>
      <tbody>${spans.map((span) => hopRow(span, scale))}</tbody>
    </table>`;
}

function hopRow({ label, said, startMs, tookMs }: HopSpan, { endMs }: Scale): Html {
  const x = percent(Math.min(99, (startMs / endMs) * 100));
  const width = percent(Math.max(0.5, (tookMs / endMs) * 100));
  return html`
    <tr>
      <th scope="row">${label}</th>
      <td>${said}</td>
      <td><svg class="strip" aria-hidden="true"><rect class="k-greeting" x="${x}" width="${width}" /></svg></td>
    </tr>`;
}

function row(step: Step, scale: Scale): Html {
  const { status, tookMs, because } = step;
  const isSkipped = status === 'skipped';
  return html`
    <tr class="${status}">
      <th scope="row">${STEPS[step.step].label}</th>
      <td>${isSkipped ? '–' : sayMs(tookMs)}</td>
      <td>
        ${isSkipped && html`<span class="faint">skipped${because && `: ${because}`}</span>`}
        ${!isSkipped && html`<svg class="strip" aria-hidden="true">${bar(step, scale)}</svg>`}
        ${status === 'failed' && html`<span class="because">&cross; ${because ?? 'failed'}</span>`}
      </td>
    </tr>`;
}

function bar({ step, startMs, tookMs, status }: Step, { endMs }: Scale): Html {
  const x = Math.min(99, (startMs / endMs) * 100);
  const width = Math.max(0.5, (tookMs / endMs) * 100);
  const kind = status === 'failed' ? 'failed' : STEPS[step].kind;
  return html`<rect class="k-${kind}" x="${percent(x)}" width="${percent(width)}" />`;
}

/** The marks of the scale, with their times. */
export function axis({ endMs, markMs }: Scale): Html {
  const marks = Array.from({ length: Math.floor(endMs / markMs) + 1 }, (_, i) => i * markMs);
  return html`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${sayMs(endMs)}</title>
      ${marks.map((ms) => mark(ms, ms / endMs))}
    </svg>`;
}

/** `share`: of the whole scale. */
function mark(ms: number, share: number): Html {
  const x = percent(share * 100);
  return html`
    <line x1="${x}" x2="${x}" y1="75%" y2="100%" />
    <text x="${x}" class="${share === 0 ? 'first' : share > 0.9 ? 'last' : ''}">${sayMark(ms)}</text>`;
}

/** What the colours of the bars mean. */
export function legend(targets: readonly ReportTarget[]): Html {
  const used = new Set(targets.flatMap(({ steps }) => steps.map(({ step }) => STEPS[step].kind)));
  const failed = targets.some(({ steps }) => steps.some(({ status }) => status === 'failed'));
  const kinds: [string, string][] = Object.entries(KINDS).filter(([kind]) => used.has(kind as keyof typeof KINDS));
  if (failed) kinds.push(['failed', 'failed']);
  return html`<ul class="legend" aria-label="Colours of the bars">${kinds.map(entry)}</ul>`;
}

function entry([kind, name]: readonly [string, string]): Html {
  return html`<li><svg aria-hidden="true"><rect class="k-${kind}" width="100%" /></svg>${name}</li>`;
}

function sayStep({ step, status, tookMs, because }: Step): string {
  const name = STEPS[step].label;
  return status === 'failed' ? `${name} failed after ${sayMs(tookMs)} (${because})` : `${name} ${sayMs(tookMs)}`;
}

/** As short as it can be, since marks stand close together. */
function sayMark(ms: number): string {
  return ms === 0 ? '0' : ms < 1 ? `${Number(ms.toFixed(2))} ms` : sayMs(ms);
}

export function percent(n: number): string {
  return `${Number(n.toFixed(1))}%`;
}
