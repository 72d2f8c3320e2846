import { STATUSES, type Status } from '../../codes.ts';
import { sayMs } from '../../words.ts';
import { MOST_LINES } from '../firsts.ts';
import type { Report } from '../report.ts';
import { plain } from '../safe.ts';
import { headline } from '../summary.ts';
import { type FailOn, failsThough } from '../weight.ts';
import { count, Fact, grouped, Link, Mark, Prose, Time } from './parts.tsx';

/** The verdict, so that it can be read from across the room. */
export function Verdict({ report, failOn }: { readonly report: Report; readonly failOn: FailOn }) {
  const { status, message, startedAt } = report;
  return (
    <header class={`verdict ${status}`}>
      <div class="width">
        <p class="brand">
          <strong>smtp-gate</strong> <Time iso={startedAt} />
        </p>
        <h1>
          <Mark status={status} />
          <span>
            <span class="hidden">{status}: </span>
            {verdictOf(report, failOn)}
          </span>
        </h1>
        <p class="lead">
          <Prose text={message.replace(COUNTED, report.totals.fail > 1 ? 'The first of them: ' : '')} />
        </p>
      </div>
    </header>
  );
}

/** What the message repeats of the headline. */
const COUNTED = /^\d+ of \d+ targets cannot be used: /;

/** The verdict in one sentence: of one target the summary's, of several how many can be used. */
export function verdictOf(report: Report, failOn: FailOn): string {
  const { targets, fail, warn, info, skip } = report.totals;
  const ignored = report.targets.some(({ findings }) => findings.some((finding) => finding.ignored));
  const plainly = fail > 0 || (!ignored && info + skip === 0 && !failsThough(report, failOn));
  if (targets <= 1 || !plainly) return sentence(headline(report, failOn));
  const servers = count(targets, 'mail server');
  if (fail === targets) return `None of ${servers} can be used`;
  if (report.status === 'fail') return `${grouped(fail)} of ${servers} cannot be used`;
  if (fail > 0) return `Enough mail servers can be used: ${grouped(targets - fail)} of ${grouped(targets)}`;
  const asking = warn > 0 ? `, ${grouped(warn)} with a warning` : '';
  return `All ${servers} can be used${asking}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where and when it ran, and how many targets have which status. */
export function Circumstances({ report }: { readonly report: Report }) {
  const { runner, run, durationMs, totals } = report;
  const where = [
    RUNNERS[runner.environment] ?? runner.environment,
    runner.os,
    ...(runner.kubernetes ? ['in Kubernetes'] : runner.container ? ['in a container'] : []),
  ];
  return (
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">
        When and where
      </h2>
      <dl class="facts circumstances">
        <Fact name="Targets">{totals.targets > 1 && sayTotals(totals)}</Fact>
        <Fact name="Took">{sayMs(durationMs)}</Fact>
        <Fact name="Runner">{where.join(', ')}</Fact>
        <Fact name="Run">
          {run && (
            <Link href={run.url}>
              {run.repository}, {run.workflow} {run.runId}
              {run.attempt > 1 && ` (attempt ${run.attempt})`}
            </Link>
          )}
        </Fact>
        <Fact name="Commit">
          {run && (
            <>
              <code>{[...run.sha].slice(0, 9)}</code> {run.ref.replace(/^refs\/(?:heads|tags)\//, '')} ({run.event})
            </>
          )}
        </Fact>
      </dl>
    </section>
  );
}

const RUNNERS: Readonly<Record<Report['runner']['environment'], string>> = {
  'github-hosted': 'GitHub-hosted',
  'self-hosted': 'self-hosted',
  local: 'local machine',
};

const WORST_FIRST: readonly Status[] = [...STATUSES.toReversed(), 'skip'];

function sayTotals(totals: Report['totals']): string {
  const parts = WORST_FIRST.filter((status) => totals[status] > 0).map(
    (status) => `${grouped(totals[status])} ${status}`,
  );
  return `${grouped(totals.targets)}: ${parts.join(', ')}`;
}

const NOTE_LENGTH = 300;

/** What the user should know about how the inputs were read. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        {notes.slice(0, MOST_LINES).map((note) => (
          <li>
            <Prose text={plain(note, NOTE_LENGTH)} />
          </li>
        ))}
        {notes.length > MOST_LINES && <li>{count(notes.length - MOST_LINES, 'more note')} in the JSON report.</li>}
      </ul>
    </section>
  );
}
