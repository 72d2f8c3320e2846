import { type Html, html } from '../escape/html.ts';
import { plain } from '../escape/plain.ts';
import type { Report, ReportTls } from '../report.ts';
import { count, day } from './components.ts';
import { sayLeft } from './target.ts';
import { percent } from './timeline.ts';

interface Certificate {
  readonly tls: ReportTls & { readonly validFrom: string; readonly validTo: string; readonly daysLeft: number };
  readonly from: number;
  readonly to: number;
  /** The targets that showed it. */
  readonly labels: readonly string[];
}

const DAY_MS = 86_400_000;
/** So far from today the axis goes at most: a certificate without an end would leave no room for the others. */
const BEFORE_MS = 400 * DAY_MS;
const AFTER_MS = 800 * DAY_MS;
/** So many certificates are shown, those that expire first. */
const CERTIFICATES = 30;
const SOON_DAYS = 21;
const NAME_LENGTH = 120;

/** How long each certificate that was shown is valid, on one axis. */
export function certificates(report: Report): Html | null {
  const all = distinct(report);
  if (all.length === 0) return null;
  const today = Date.parse(report.startedAt);
  const axis = axisOf(all, today);
  const left = all.length - CERTIFICATES;
  return html`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${years(axis, today)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${all.slice(0, CERTIFICATES).map((certificate) => row(certificate, axis, today))}</tbody>
      </table>
      ${left > 0 && html`<p class="faint">${count(left, 'more certificate')}, which last longer, in the JSON report.</p>`}
    </section>`;
}

function row({ tls, from, to, labels }: Certificate, axis: Axis, today: number): Html {
  const { subject, issuer, validFrom, validTo, daysLeft } = tls;
  const [first = '', ...more] = labels;
  const colour = daysLeft < 0 ? 'fail' : daysLeft < SOON_DAYS ? 'warn' : 'pass';
  const [x1, x2, now] = [axis.at(from), axis.at(to), percent(axis.at(today))];
  return html`
    <tr>
      <th scope="row">
        ${plain(subject, NAME_LENGTH)}
        <span class="faint line">by ${plain(issuer, NAME_LENGTH)}</span>
        <span class="faint line">${first}${more.length > 0 && ` and ${count(more.length, 'more target')}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${validFrom.slice(0, 10)} to ${validTo.slice(0, 10)}, ${sayLeft(daysLeft)}</desc>
          <rect class="${colour}" x="${percent(x1)}" width="${percent(Math.max(0.5, x2 - x1))}" />
          <line x1="${now}" x2="${now}" y2="100%" />
        </svg>
        <span class="dates">${day(validFrom)} &ndash; ${day(validTo)}</span>
      </td>
      <td class="left ${colour}">${sayLeft(daysLeft)}</td>
    </tr>`;
}

interface Axis {
  readonly from: number;
  readonly to: number;
  /** Where a moment is, in percent; what is beyond an end is at it. */
  at(ms: number): number;
}

function axisOf(all: readonly Certificate[], today: number): Axis {
  const from = Math.max(today - BEFORE_MS, Math.min(today, ...all.map((one) => one.from)));
  const to = Math.min(today + AFTER_MS, Math.max(today + DAY_MS, ...all.map((one) => one.to)));
  const at = (ms: number) => Math.min(100, Math.max(0, ((ms - from) / (to - from)) * 100));
  return { from, to, at };
}

/** Today, and where years begin. */
function years(axis: Axis, today: number): Html {
  const first = new Date(axis.from).getUTCFullYear() + 1;
  const begun = Array.from({ length: 4 }, (_, i) => first + i).filter((year) => Date.UTC(year) < axis.to);
  const now = axis.at(today);
  return html`
    <svg class="axis" aria-hidden="true">
      ${begun.map((year) => newYear(year, axis.at(Date.UTC(year)), now))}
      <line x1="${percent(now)}" x2="${percent(now)}" y1="75%" y2="100%" />
      <text class="today ${now < 10 ? 'first' : now > 90 ? 'last' : ''}" x="${percent(now)}">today</text>
    </svg>`;
}

/** `at`, `now`: in percent. Close to today there is no room for the year's name. */
function newYear(year: number, at: number, now: number): Html {
  const name = html`<text x="${percent(at)}" class="${at > 90 ? 'year last' : 'year'}">${year}</text>`;
  return html`<line x1="${percent(at)}" x2="${percent(at)}" y1="75%" y2="100%" />${Math.abs(at - now) > 16 && name}`;
}

/** Each certificate once, the one that expires first at the top. */
function distinct({ targets }: Report): Certificate[] {
  const found = new Map<string, Certificate & { labels: string[] }>();
  for (const { tls, target } of targets) {
    if (tls === null || tls.validFrom === null || tls.validTo === null || tls.daysLeft === null) continue;
    const { validFrom, validTo, daysLeft } = tls;
    const key = JSON.stringify([tls.subject, tls.issuer, tls.validFrom, tls.validTo]);
    const known = found.get(key);
    if (known) known.labels.push(target.label);
    else {
      const dates = { from: Date.parse(validFrom), to: Date.parse(validTo) };
      found.set(key, { tls: { ...tls, validFrom, validTo, daysLeft }, ...dates, labels: [target.label] });
    }
  }
  return [...found.values()]
    .filter(({ from, to }) => Number.isFinite(from) && Number.isFinite(to))
    .sort((a, b) => a.to - b.to);
}
