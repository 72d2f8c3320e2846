import { sayMs } from '../../shared/text.ts';
import { type Html, html } from '../escape/html.ts';
import { plain } from '../escape/plain.ts';
import { blamed, decidingFindings } from '../fault.ts';
import type { Report } from '../report.ts';
import { failsThough } from '../severity.ts';
import { hasIgnored, headline, MOST_LINES, tally, type View } from '../view.ts';
import { count, fact, grouped, link, mark, prose, time } from './components.ts';

/** The verdict, large. `sentence`: what `verdictOf` says. */
export function verdict({ status, message, startedAt, totals }: Report, sentence: string): Html {
  return html`
    <header class="verdict ${status}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${time(startedAt)}</p>
        <h1>
          ${mark(status)}
          <span><span class="hidden">${status}: </span>${sentence}</span>
        </h1>
        <p class="lead">${prose(message.replace(COUNTED, totals.fail > 1 ? 'The first of them: ' : ''))}</p>
      </div>
    </header>`;
}

/** What the message repeats of the headline. */
const COUNTED = /^\d+ of \d+ targets cannot be used: /;

/** The verdict in one sentence: of one target the summary's, of several how many can be used. */
export function verdictOf(view: View): string {
  const { report, failOn } = view;
  const { targets, fail, warn, info, skip } = report.totals;
  const plainly = fail > 0 || (!hasIgnored(report) && info + skip === 0 && !failsThough(report, failOn));
  const own = report.findings.some(({ ignored }) => !ignored);
  if (targets <= 1 || !plainly || own) return sentence(headline(view));
  const servers = count(targets, 'mail server');
  const asking = warn > 0 ? `, ${grouped(warn)} with a warning` : '';
  if (fail === 0) return `All ${servers} can be used${asking}`;
  if (report.status !== 'fail')
    return `Enough mail servers can be used: ${grouped(targets - fail)} of ${grouped(targets)}`;
  const some = fail === targets ? `none of ${servers} can be used` : `${grouped(fail)} of ${servers} cannot be used`;
  return sentence(blamed(some, decidingFindings(report)));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where and when it ran, and how many targets have which status. */
export function circumstances({ runner, run, durationMs, totals }: Report): Html {
  const where = [
    RUNNERS[runner.environment] ?? runner.environment,
    runner.os,
    ...(runner.kubernetes ? ['in Kubernetes'] : runner.container ? ['in a container'] : []),
  ];
  return html`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${fact('Targets', totals.targets > 1 && sayTotals(totals))}
        ${fact('Took', sayMs(durationMs))}
        ${fact('Runner', where.join(', '))}
        ${run && runFacts(run)}
      </dl>
    </section>`;
}

function runFacts({ url, repository, workflow, runId, attempt, sha, ref, event }: NonNullable<Report['run']>): Html {
  const named = `${repository}, ${workflow} ${runId}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
  const branch = ref.replace(/^refs\/(?:heads|tags)\//, '');
  return html`
    ${fact('Run', link(url, html`${named}`))}
    ${fact('Commit', html`<code>${[...sha].slice(0, 9)}</code> ${branch} (${event})`)}`;
}

const RUNNERS: Readonly<Record<Report['runner']['environment'], string>> = {
  'github-hosted': 'GitHub-hosted',
  'self-hosted': 'self-hosted',
  local: 'local machine',
};

function sayTotals(totals: Report['totals']): string {
  const parts = tally(totals).map(([status, times]) => `${grouped(times)} ${status}`);
  return `${grouped(totals.targets)}: ${parts.join(', ')}`;
}

const NOTE_LENGTH = 300;

/** What the user should know about how the inputs were read. */
export function notes(all: readonly string[]): Html | null {
  if (all.length === 0) return null;
  const left = all.length - MOST_LINES;
  return html`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${all.slice(0, MOST_LINES).map((note) => html`<li>${prose(plain(note, NOTE_LENGTH))}</li>`)}
        ${left > 0 && html`<li>${count(left, 'more note')} in the JSON report.</li>`}
      </ul>
    </section>`;
}
