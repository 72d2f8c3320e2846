import { renderToString } from 'preact-render-to-string';
import { STATUSES, type Status } from '../../codes.ts';
import type { Place } from '../../diagnosis/catalogue/entry.ts';
import { PROJECT } from '../../project.ts';
import { GLYPHS } from '../account.ts';
import type { Report } from '../report.ts';
import type { FailOn } from '../weight.ts';
import { Certificates } from './certificates.tsx';
import { contentsOf } from './contents.tsx';
import { Filters } from './filters.tsx';
import { Finding } from './finding.tsx';
import { foundIn, Overview } from './overview.tsx';
import { count, grouped } from './parts.tsx';
import { behave } from './script.ts';
import { type Contents, isBrief, ROW_FINDINGS } from './shown.ts';
import { STYLE } from './style.ts';
import { Target } from './target.tsx';
import { Axis, Legend } from './timeline.tsx';
import { Trends } from './trend.tsx';
import { Circumstances, Notes, Verdict, verdictOf } from './verdict.tsx';

/** The report as a page: one file that asks nothing of the network, under 1 MB whatever the report holds. */
export function htmlReport(report: Report, place: Place, failOn: FailOn = 'fail'): string {
  // What becomes of the targets over time is bounded by itself; what it takes, the list of targets does without.
  const taken = hasTrend(report)
    ? Buffer.byteLength(renderToString(<Trends trend={report.trend} until={report.startedAt} />))
    : 0;
  const contents = contentsOf(report, place, taken);
  return `<!doctype html>\n${renderToString(<Page report={report} place={place} contents={contents} failOn={failOn} />)}\n`;
}

/** A history that begins with this run has no trend to speak of. */
function hasTrend(report: Report): report is Report & { trend: NonNullable<Report['trend']> } {
  return (report.trend?.runs ?? 0) > 1;
}

interface Parts {
  readonly report: Report;
  readonly place: Place;
  readonly contents: Contents;
}

const SCRIPT = `(${behave})();`;

function Page({ report, place, contents, failOn }: Parts & { readonly failOn: FailOn }) {
  const found = foundIn(report);
  const nonce = drawNonce();
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy(nonce)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content={`${PROJECT.name} ${PROJECT.version}`} />
        <title>{`${GLYPHS[report.status]} ${verdictOf(report, failOn)} – smtp-gate`}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <a class="skip-link" href="#main">
          Skip to the report
        </a>
        <Verdict report={report} failOn={failOn} />
        <main id="main" class="width" tabindex={-1}>
          <Circumstances report={report} />
          {report.findings.length > 0 && <OwnFindings report={report} place={place} />}
          {report.targets.length > 1 && <Overview found={found} contents={contents} />}
          {report.targets.length > 0 && <Targets report={report} place={place} contents={contents} />}
          {hasTrend(report) && <Trends trend={report.trend} until={report.startedAt} />}
          <Certificates report={report} />
          <Notes notes={report.notes} />
        </main>
        <footer class="width">
          Written by {PROJECT.name} {PROJECT.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status" />
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: SCRIPT }} />
      </body>
    </html>
  );
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
function OwnFindings({ report, place }: { readonly report: Report; readonly place: Place }) {
  return (
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      {report.findings.map((finding) => (
        <Finding finding={finding} place={place} said={report.message === finding.message} elsewhere={null} />
      ))}
    </section>
  );
}

function Targets({ report, place, contents }: Parts) {
  const { shown, scale, explainedAt } = contents;
  const several = shown.length > 1;
  return (
    <section aria-labelledby="targets">
      <h2 id="targets">{several ? 'Targets' : 'The target'}</h2>
      {several && <Filters shown={shown} found={foundIn({ targets: shown.map(({ target }) => target) })} />}
      <LeftOut contents={contents} />
      <div class="ruler" aria-hidden="true">
        <Legend targets={report.targets} />
        <Axis scale={scale} />
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">
        {shown.map((one) => (
          <Target
            shown={one}
            said={one.target.message === report.message}
            scale={scale}
            place={place}
            explainedAt={explainedAt}
          />
        ))}
      </div>
      <p id="nothing" hidden>
        No target is like that.
      </p>
    </section>
  );
}

/** What is not in the page, so that nobody takes it for all there is. */
function LeftOut({ contents: { shown, omitted } }: { readonly contents: Contents }) {
  const talks = shown.filter(({ detail, target }) => detail !== 'whole' && target.transcript.length > 0).length;
  const unexplained = shown.filter(({ detail, target }) => isBrief(detail) && target.findings.length > 0).length;
  const shortened = shown.filter(
    ({ detail, target }) => detail === 'row' && target.findings.length > ROW_FINDINGS,
  ).length;
  const statuses: Status[] = [...STATUSES, 'skip'];
  const missing = statuses.filter((status) => omitted.has(status));
  const total = missing.reduce((sum, status) => sum + (omitted.get(status) ?? 0), 0);
  const left = [
    ...(talks > 0 ? [`the conversations of ${count(talks, 'target')}`] : []),
    ...(unexplained > 0 ? [`causes and remedies that repeat, of ${count(unexplained, 'target')}`] : []),
    ...(shortened > 0 ? [`more than ${ROW_FINDINGS} findings of ${count(shortened, 'target')}`] : []),
    ...(total > 0
      ? [`${count(total, 'target')} (${missing.map((one) => `${grouped(omitted.get(one) ?? 0)} ${one}`).join(', ')})`]
      : []),
  ];
  if (left.length === 0) return null;
  return (
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> {left.join('; ')}. Everything is in the JSON report.
    </p>
  );
}
