import { PROJECT } from '../../shared/project.ts';
import { type Html, html, ours } from '../escape/html.ts';
import { foundCodes } from '../found-codes.ts';
import type { Report } from '../report.ts';
import { GLYPHS, tally, type View } from '../view.ts';
import { behave } from './browser-script.ts';
import { certificates } from './certificates.ts';
import { count, grouped } from './components.ts';
import { filters } from './filters.ts';
import { findingSection } from './finding.ts';
import { MATRIX_BYTES, matrixTable } from './matrix.ts';
import { BRIEF_FINDINGS, type Contents } from './model.ts';
import { overview } from './overview.ts';
import { contentsOf } from './size-budget.ts';
import { style } from './style.ts';
import { targetRow } from './target.ts';
import { axis, legend } from './timeline.ts';
import { trends } from './trend.ts';
import { circumstances, notes, verdict, verdictOf } from './verdict.ts';

/** The report as a self-contained HTML file, under 1 MB whatever the report holds. */
export function htmlReport(view: View): string {
  // What becomes of the targets over time is bounded by itself; what it takes, the list of targets does without.
  const trend = trendOf(view.report);
  const taken = trend === null ? 0 : Buffer.byteLength(String(trend));
  const contents = contentsOf(view, taken + (view.matrix ? MATRIX_BYTES : 0));
  return `${page(view, { sentence: verdictOf(view), contents, trend })}\n`;
}

/** A history that begins with this run has no trend to speak of. */
function trendOf({ trend, startedAt }: Report): Html | null {
  return trend && trend.runs > 1 ? trends(trend, startedAt) : null;
}

interface Parts {
  /** The verdict in one. */
  readonly sentence: string;
  readonly contents: Contents;
  readonly trend: Html | null;
}

const SCRIPT = `(${behave})();`;

function page(view: View, { sentence, contents, trend }: Parts): Html {
  const { report, place } = view;
  const nonce = drawNonce();
  const own = report.findings.length > 0 && ownFindings(report, place);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy(nonce)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${PROJECT.name} ${PROJECT.version}" />
        <title>${GLYPHS[report.status]} ${sentence} &ndash; smtp-gate</title>
        <style nonce="${nonce}">${ours(style())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${verdict(report, sentence)}
        <main id="main" class="width" tabindex="-1">
          ${circumstances(report)}
          ${report.targets.length === 0 && own}
          ${view.matrix && matrixTable(view.matrix, contents.shown)}
          ${report.targets.length > 0 && own}
          ${contents.sections.size > 0 && overview(view.codes, contents.sections)}
          ${report.targets.length > 0 && targetList(view, contents)}
          ${trend}
          ${certificates(report)}
          ${notes(report.notes)}
        </main>
        <footer class="width">
          Written by ${PROJECT.name} ${PROJECT.version}. ${whereAll(view)}
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${nonce}">${ours(SCRIPT)}</script>
      </body>
    </html>`;
}

/** Where the JSON report is that the page refers to. */
function whereAll({ reportFile }: View): Html {
  return reportFile == null || !reportFile.endsWith('.json')
    ? html`A JSON report (<code>report-json</code>) holds everything that was seen.`
    : html`The JSON report, <code>${reportFile}</code>, holds everything that was seen.`;
}

/** Nothing may be loaded, and nothing but our own style and script may run, whatever a server has said. */
function policy(nonce: string): string {
  const own = `'nonce-${nonce}'`;
  return `default-src 'none'; style-src ${own}; script-src ${own}; base-uri 'none'; form-action 'none'`;
}

/** What marks our own style and script. It is drawn after every server has spoken; node:crypto would take 4 ms to load. */
function drawNonce(): string {
  return Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join('');
}

/** About the gate itself, when nothing was probed. */
function ownFindings({ findings, message, targets }: Report, place: View['place']): Html {
  const sections = findings.map((finding) =>
    findingSection(finding, { place, said: message === finding.message, help: 'open', hasSection: false }),
  );
  return html`
    <section aria-labelledby="own" class="own">
      <h2 id="own">${targets.length > 0 ? 'The run as a whole' : 'What was found'}</h2>
      ${sections}
    </section>`;
}

function targetList({ report: { message }, targets, place, matrix }: View, contents: Contents): Html {
  const { shown, scale, sections } = contents;
  const several = shown.length > 1;
  const rows = shown.map((one) =>
    targetRow(one, one.target.message === message, { scale, place, explained: sections, isMatrix: matrix !== null }),
  );
  return html`
    <section aria-labelledby="targets">
      <h2 id="targets">${several ? 'Targets' : 'The target'}</h2>
      ${several && filters(shown, foundCodes(shown.map(({ target }) => target)), matrix)}
      ${leftOut(contents)}
      <div class="ruler" aria-hidden="true">
        ${legend(targets)}
        ${axis(scale)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${rows}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`;
}

/** What is not in the page, so that nobody takes it for all there is. */
function leftOut({ shown, omitted }: Contents): Html | null {
  const brief = shown.filter(({ detail }) => detail === 'brief').map(({ target }) => target);
  const talks = brief.filter(({ transcript }) => transcript.length > 0).length;
  const unexplained = brief.filter(({ findings }) => findings.length > 0).length;
  const shortened = brief.filter(({ findings }) => findings.length > BRIEF_FINDINGS).length;
  const missing = tally(Object.fromEntries(omitted));
  const total = missing.reduce((sum, [, times]) => sum + times, 0);
  const left = [
    ...(talks > 0 ? [`the conversations of ${count(talks, 'target')}`] : []),
    ...(unexplained > 0 ? [`causes and remedies that repeat, of ${count(unexplained, 'target')}`] : []),
    ...(shortened > 0 ? [`more than ${BRIEF_FINDINGS} findings of ${count(shortened, 'target')}`] : []),
    ...(total > 0
      ? [`${count(total, 'target')} (${missing.map(([status, times]) => `${grouped(times)} ${status}`).join(', ')})`]
      : []),
  ];
  if (left.length === 0) return null;
  const list = left.join('; ');
  return html`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${list}. Everything is in the JSON report.
    </p>`;
}
