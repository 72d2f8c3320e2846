import type { Place, Remedy } from '../diagnosis/catalogue/entry.ts';
import type { Status } from '../model/codes.ts';
import { markdown, markdownBlock, markdownCode, markdownPre } from './escape/markdown.ts';
import { firstsFirst, MOST_LINES } from './ordering.ts';
import { isExplainedBy, type Report, type ReportFinding, type ReportTarget } from './report.ts';
import { type FailOn, failsThough } from './severity.ts';
import { PLACE_NAMES, sayDaysLeft, sayTls } from './text.ts';
import { BAR_KEY, endOf, fleetBars, timeBars } from './text-timeline.ts';
import type { trendBlocks } from './text-trend.ts';

const ICONS: Readonly<Record<Status, string>> = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
const VERDICTS: Readonly<Record<Status, string>> = {
  pass: 'the mail server can be used',
  info: 'something answers, and it is not SMTP',
  warn: 'the mail server can be used, with a warning',
  fail: 'the mail server cannot be used',
  skip: 'nothing was probed',
};
const WORST_FIRST: readonly Status[] = ['fail', 'warn', 'info', 'skip', 'pass'];
/** More of a transcript is in the JSON report. */
const TRANSCRIPT_LINES = 60;
/** So many targets are shown in the order given; of more, the worst come first. */
const FEW = 10;
/** GitHub refuses a step's summary of more than 1 MiB; what the runner adds has to fit as well. In bytes. */
const BUDGET = 1_000_000;

/** How much is said. */
interface Detail {
  readonly transcripts: boolean;
  /** Remedies for other kinds of runner than this one. */
  readonly elsewhere: boolean;
  /** Causes and remedies at all. */
  readonly help: boolean;
  /** Findings of one target. */
  readonly findings: number;
  /** Targets whose time is drawn, whose runs before are, that have a section of their own, that have a row. */
  readonly pictures: number;
  readonly trends: number;
  readonly sections: number;
  readonly rows: number;
}

/** So many targets are followed through their history. */
const TRENDS = 10;

const EVERYTHING: Detail = {
  transcripts: true,
  elsewhere: true,
  help: true,
  findings: Infinity,
  pictures: 50,
  trends: TRENDS,
  sections: Infinity,
  rows: Infinity,
};
/** What is left out, one after the other, until the summary fits; the last one always does. */
const SHED: readonly Partial<Detail>[] = [
  {},
  { transcripts: false },
  { elsewhere: false },
  { sections: 50 },
  { rows: 1_000 },
  { findings: 10 },
  { sections: 5, pictures: 0, trends: 0 },
  { sections: 0, rows: 500 },
  { findings: 3, rows: 50 },
  { help: false },
];

/**
 * The job summary (GitHub Flavored Markdown): the verdict, where the time went, what was seen, what it means, what to do.
 * `drawTrend` is loaded for a report with a trend.
 */
export function summary(
  report: Report,
  place: Place,
  drawTrend: typeof trendBlocks | null = null,
  failOn: FailOn = 'fail',
): string {
  const { targets } = report;
  const order = targets.length > FEW ? worstFirst(targets) : targets;
  const told = order.filter(({ findings }) => findings.length > 0);
  const context = { drawTrend, failOn, order, told, rows: new Rows(order), endMs: endOf(targets) };
  let detail = EVERYTHING;
  for (const less of SHED) {
    detail = { ...detail, ...less };
    const text = new Page(report, place, detail, context).text();
    if (text !== null) return text;
  }
  throw new Error('the shortest summary is too long');
}

/** What is the same in every attempt. */
interface Context {
  readonly drawTrend: typeof trendBlocks | null;
  readonly failOn: FailOn;
  /** The targets as they are shown. */
  readonly order: readonly ReportTarget[];
  /** Those of them with findings. */
  readonly told: readonly ReportTarget[];
  readonly rows: Rows;
  /** Where the scale of all pictures ends, in milliseconds. */
  readonly endMs: number;
}

/** One attempt at a summary, given up as soon as it is too long. */
class Page {
  readonly #blocks: string[] = [];
  #bytes = 0;

  constructor(
    private readonly report: Report,
    private readonly place: Place,
    private readonly detail: Detail,
    private readonly context: Context,
  ) {}

  /** The text, or `null` when there is too much of it. */
  text(): string | null {
    const { report, place, detail } = this;
    const { drawTrend, failOn, order, told, rows } = this.context;
    const { targets } = report;
    const complete =
      this.#add(`## ${ICONS[report.status]} smtp-gate: ${headline(report, failOn)}`, markdown(report.message)) &&
      this.#add(
        ...firstOf(
          report.notes,
          (note) => `> ${markdown(note)}`,
          (more) => `> ${more}`,
        ),
      ) &&
      (targets.length === 0 || this.#add(...counts(report), rows.table(detail.rows))) &&
      (targets.length === 1 ? this.#target(targets[0], '') : this.#add(...picture(order, detail.pictures))) &&
      (targets.length === 1 ||
        chosen(told, detail.sections).every((target) => this.#target(target, heading(target)))) &&
      this.#add(...(drawTrend?.(report, detail.trends) ?? [])) &&
      report.findings.every((finding) =>
        this.#add(...seenBlocks(finding, report.message, '###'), ...helpBlocks(finding, place, detail)),
      ) &&
      this.#add(...leftOut(detail, report, told.length));
    return complete ? `${this.#blocks.join('\n\n')}\n` : null;
  }

  #target(target: ReportTarget | undefined, heading: string): boolean {
    if (target === undefined) return true;
    const { report, place, detail } = this;
    const level = heading === '' ? '###' : '####';
    return (
      this.#add(...(heading === '' ? [] : [heading]), ...aboutTarget(target, this.context.endMs)) &&
      target.findings
        .slice(0, detail.findings)
        .every((finding, i) =>
          this.#add(
            ...seenBlocks(finding, report.message, level),
            ...(isExplainedBy(target.findings.slice(0, i), finding) ? [] : helpBlocks(finding, place, detail)),
          ),
        ) &&
      this.#add(...(detail.transcripts ? transcriptBlocks(target) : []))
    );
  }

  /** False when the blocks do not fit any more. */
  #add(...blocks: readonly string[]): boolean {
    this.#blocks.push(...blocks);
    for (const block of blocks) this.#bytes += Buffer.byteLength(block) + 2;
    return this.#bytes <= BUDGET;
  }
}

/** The verdict in a few words, which claim nothing of a server that was not seen. */
export function headline(report: Report, failOn: FailOn = 'fail'): string {
  const though = failsThough(report, failOn) ? `, and fail-on: ${failOn} fails the step` : '';
  return `${verdictOn(report, though === '')}${though}`;
}

function verdictOn({ status, code, targets, totals }: Report, passes: boolean): string {
  if (code === 'input-invalid') return 'an input cannot be read';
  if (code === 'probe-crashed') return 'smtp-gate itself failed';
  if (code === 'not-configured') return VERDICTS.skip;
  const ignored = targets.some(({ findings }) => findings.some((finding) => finding.ignored));
  if (ignored && status !== 'fail' && passes) return 'the gate passes, and leaves out what is ignored';
  if (targets.length <= 1) return VERDICTS[status];
  if (totals.fail > 0) {
    const enough = status === 'fail' ? '' : ', and the others are enough';
    return `${totals.fail} of ${targets.length} mail servers cannot be used${enough}`;
  }
  if (status === 'pass') return `all ${targets.length} mail servers can be used`;
  const quiet = totals.pass + totals.skip;
  return `${targets.length - quiet} of ${targets.length} mail servers ask for attention`;
}

function worstFirst(targets: readonly ReportTarget[]): ReportTarget[] {
  const rank = ({ status }: ReportTarget) => WORST_FIRST.indexOf(status);
  return [...targets].sort((a, b) => rank(a) - rank(b));
}

/** Those that have a section, in the same order: where there is no room for all, no code goes without. */
function chosen(told: readonly ReportTarget[], most: number): readonly ReportTarget[] {
  if (told.length <= most) return told;
  const those = new Set(firstsFirst(told, ({ code }) => code).slice(0, most));
  return told.filter((target) => those.has(target));
}

function counts({ totals }: Report): string[] {
  if (totals.targets <= 1) return [];
  const parts = WORST_FIRST.filter((status) => totals[status] > 0).map(
    (status) => `${ICONS[status]} ${totals[status]} ${status}`,
  );
  return [`**${totals.targets} targets:** ${parts.join(' · ')}`];
}

/** The table of targets, each of whose rows is made once, however many attempts show it. */
class Rows {
  readonly #made: ReturnType<typeof cellsOf>[] = [];

  constructor(private readonly targets: readonly ReportTarget[]) {}

  /** The first `most` targets. */
  table(most: number): string {
    const { targets } = this;
    for (const target of targets.slice(this.#made.length, most)) this.#made.push(cellsOf(target));
    const shown = this.#made.slice(0, most);
    const secured = shown.some(({ certificate }) => certificate !== null);
    const head = ['Target', 'Verdict', 'Address', 'Time to greeting', ...(secured ? ['Certificate'] : []), 'Attempts'];
    const rows = shown.map(({ seen, certificate, attempts }) => [
      ...seen,
      ...(secured ? [certificate ?? '–'] : []),
      attempts,
    ]);
    return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
}

function cellsOf({ target, status, code, address, latencyMs, tls, attempts, findings }: ReportTarget) {
  const ignored = [...new Set(findings.flatMap((one) => (one.ignored ? [markdownCode(one.code)] : [])))];
  return {
    seen: [
      markdownCode(target.label),
      [`${ICONS[status]} ${status}${code === '' ? '' : `: ${markdownCode(code)}`}`, ...ignored].join(', ignored: '),
      address === null ? '–' : markdownCode(address),
      latencyMs === null ? '–' : `${latencyMs} ms`,
    ],
    certificate: tls && sayDaysLeft(tls.daysLeft),
    attempts: String(attempts),
  };
}

function picture(targets: readonly ReportTarget[], most: number): string[] {
  const lines = fleetBars(targets.slice(0, most));
  if (lines.length === 0) return [];
  const left = targets.length - most;
  return [
    `**Where the time went**${left > 0 ? `, of the first ${most} of ${targets.length} targets` : ''}`,
    markdownPre([...lines, '', ...BAR_KEY]),
  ];
}

/** The first of a list that may be long, and how many there are besides. */
function firstOf<T>(all: readonly T[], show: (one: T, i: number) => string, last: (more: string) => string): string[] {
  const left = all.length - MOST_LINES;
  return [...all.slice(0, MOST_LINES).map(show), ...(left > 0 ? [last(`… and ${left} more in the JSON report`)] : [])];
}

function heading({ status, target: { label } }: ReportTarget): string {
  return `---\n\n### ${ICONS[status]} ${markdownCode(label)}`;
}

function aboutTarget(target: ReportTarget, endMs: number): string[] {
  return [
    ...(target.tls === null ? [] : [`**TLS:** ${markdownCode(sayTls(target.tls))}`]),
    ...(target.steps.length === 0 ? [] : ['**Where the time went**', markdownPre(timeBars(target, Infinity, endMs))]),
  ];
}

/** What was found, under a heading of its own. */
function seenBlocks(finding: ReportFinding, verdict: string, level: '###' | '####'): string[] {
  const { code, status, title, message, impact, evidence, docs, ignored } = finding;
  return [
    `${level} ${ICONS[status]} ${title}${ignored ? ' (ignored)' : ''}`,
    `[${markdownCode(code)}](${docs})`,
    // What is the verdict's own sentence stands on top.
    ...(message === verdict ? [] : [`**What happened:** ${markdown(message)}`]),
    `**What was seen:** ${markdownCode(evidence)}`,
    `**Why it matters:** ${markdown(impact)}`,
  ];
}

/** What it may come from, what to do, and how to check that. */
function helpBlocks({ causes, remedies, verify }: ReportFinding, place: Place, { elsewhere, help }: Detail): string[] {
  if (!help) return [];
  const mine = remedies.filter(({ environment }) => environment === place || environment === 'any');
  const others = elsewhere ? remedies.filter((remedy) => !mine.includes(remedy)) : [];
  return [
    '**Likely causes**',
    firstOf(
      causes,
      (cause, i) => `${i + 1}. ${markdown(cause)}`,
      (more) => `\n${more}`,
    ).join('\n'),
    '**What to do**',
    ...firstOf(mine, remedyBlock, (more) => `- ${more}`),
    ...(others.length === 0 ? [] : [details('On other kinds of runner', others.map(remedyBlock))]),
    '**To check the fix**',
    markdownBlock([verify], 'sh'),
  ];
}

function remedyBlock({ environment, text, commands }: Remedy): string {
  const where = environment === 'any' ? '' : `**${PLACE_NAMES[environment]}:** `;
  const sentence = `- ${where}${markdown(text)}`;
  if (commands.length === 0) return sentence;
  return `${sentence}\n\n${markdownBlock(commands, 'sh').replace(/^/gm, '  ')}`;
}

function transcriptBlocks({ transcript }: ReportTarget): string[] {
  if (transcript.length === 0) return [];
  const shown = transcript.slice(0, TRANSCRIPT_LINES);
  const lines = shown.map(
    ({ from, atMs, text }) => `${String(atMs).padStart(6)} ms  ${from === 'client' ? '→' : '←'} ${text}`,
  );
  const left = transcript.length - shown.length;
  if (left > 0) lines.push(`… ${left} more lines are in the JSON report`);
  return [details('The conversation', [markdownPre(lines)])];
}

function details(title: string, blocks: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
}

/** What was shed, in the order in which it is. */
function leftOut(detail: Detail, { targets: all, trend }: Report, told: number): string[] {
  const { transcripts, elsewhere, help, findings, sections, rows, pictures, trends } = detail;
  const targets = (count: number) => (count === 1 ? '1 more target' : `${count} more targets`);
  const parts = [
    ...(transcripts ? [] : ['the conversations']),
    ...(elsewhere ? [] : ['the remedies for other kinds of runner']),
    ...(help ? [] : ['causes and remedies']),
    ...(all.some((target) => target.findings.length > findings)
      ? [`more than ${findings} findings of one target`]
      : []),
    ...(told > sections && all.length > 1 ? [`the findings of ${targets(told - sections)}`] : []),
    ...(all.length > rows ? [`the rows of ${targets(all.length - rows)}`] : []),
    ...(pictures === 0 && all.length > 1 ? ['the times'] : []),
    ...(trend !== null && trends === 0 ? ['the trends'] : []),
  ];
  if (parts.length === 0) return [];
  return [`_Not shown, for a summary holds 1 MiB: ${parts.join('; ')}. All of it is in the JSON report._`];
}
