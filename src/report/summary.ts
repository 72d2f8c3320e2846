import type { Remedy } from '../diagnosis/catalogue/entry.ts';
import type { Status } from '../model/codes.ts';
import { markdown, markdownBlock, markdownCode, markdownPre } from './escape/markdown.ts';
import { isExplainedBy } from './found-codes.ts';
import { firstsFirst } from './ordering.ts';
import type { Report, ReportFinding, ReportTarget } from './report.ts';
import { BAR_KEY, fleetBars, timeBars } from './text-timeline.ts';
import { trendBlocks } from './text-trend.ts';
import {
  endOfSteps,
  formatDaysLeft,
  formatTls,
  headline,
  MOST_LINES,
  placeName,
  remediesFor,
  tally,
  type View,
} from './view.ts';

const ICONS: Readonly<Record<Status, string>> = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
/** More of a transcript is in the JSON report. */
const TRANSCRIPT_LINES = 60;
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
 */
export function summary(view: View): string {
  const { targets } = view;
  const told = targets.filter(({ findings }) => findings.length > 0);
  const context = { told, rows: new Rows(targets), endMs: endOfSteps(targets) };
  let detail = EVERYTHING;
  for (const less of SHED) {
    detail = { ...detail, ...less };
    const text = new Page(view, detail, context).text();
    if (text !== null) return text;
  }
  throw new Error('the shortest summary is too long');
}

/** What is the same in every attempt. */
interface Context {
  /** The targets with findings. */
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
    private readonly view: View,
    private readonly detail: Detail,
    private readonly context: Context,
  ) {}

  /** The text, or `null` when there is too much of it. */
  text(): string | null {
    const { view, detail } = this;
    const { told, rows } = this.context;
    const { report, targets } = view;
    const complete =
      this.#add(`## ${ICONS[report.status]} smtp-gate: ${headline(view)}`, markdown(report.message)) &&
      this.#add(
        ...firstOf(
          report.notes,
          (note) => `> ${markdown(note)}`,
          (more) => `> ${more}`,
        ),
      ) &&
      (targets.length === 0 || this.#add(...counts(report), rows.table(detail.rows))) &&
      (targets.length === 1 ? this.#target(targets[0], '') : this.#add(...picture(targets, detail.pictures))) &&
      (targets.length === 1 ||
        chosen(told, detail.sections).every((target) => this.#target(target, heading(target)))) &&
      this.#add(...trendBlocks(view, detail.trends)) &&
      report.findings.every((finding) =>
        this.#add(...seenBlocks(finding, report.message, '###'), ...helpBlocks(finding, view, detail)),
      ) &&
      this.#add(...leftOut(detail, report, told.length));
    return complete ? `${this.#blocks.join('\n\n')}\n` : null;
  }

  #target(target: ReportTarget | undefined, heading: string): boolean {
    if (target === undefined) return true;
    const { view, detail } = this;
    const level = heading === '' ? '###' : '####';
    return (
      this.#add(...(heading === '' ? [] : [heading]), ...aboutTarget(target, this.context.endMs)) &&
      target.findings
        .slice(0, detail.findings)
        .every((finding, i) =>
          this.#add(
            ...seenBlocks(finding, view.report.message, level),
            ...(isExplainedBy(target.findings.slice(0, i), finding) ? [] : helpBlocks(finding, view, detail)),
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

/** Those that have a section, in the same order: where there is no room for all, no code goes without. */
function chosen(told: readonly ReportTarget[], most: number): readonly ReportTarget[] {
  if (told.length <= most) return told;
  const those = new Set(firstsFirst(told, ({ code }) => code).slice(0, most));
  return told.filter((target) => those.has(target));
}

function counts({ totals }: Report): string[] {
  if (totals.targets <= 1) return [];
  const parts = tally(totals).map(([status, times]) => `${ICONS[status]} ${times} ${status}`);
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
    certificate: tls && formatDaysLeft(tls.daysLeft),
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
    ...(target.tls === null ? [] : [`**TLS:** ${markdownCode(formatTls(target.tls))}`]),
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
function helpBlocks(finding: ReportFinding, { place }: View, { elsewhere, help }: Detail): string[] {
  if (!help) return [];
  const remedies = remediesFor(finding, place);
  const others = elsewhere ? remedies.elsewhere : [];
  return [
    '**Likely causes**',
    firstOf(
      finding.causes,
      (cause, i) => `${i + 1}. ${markdown(cause)}`,
      (more) => `\n${more}`,
    ).join('\n'),
    '**What to do**',
    ...firstOf(remedies.here, remedyBlock, (more) => `- ${more}`),
    ...(others.length === 0 ? [] : [details('On other kinds of runner', others.map(remedyBlock))]),
    '**To check the fix**',
    markdownBlock([finding.verify], 'sh'),
  ];
}

function remedyBlock(remedy: Remedy): string {
  const { text, commands } = remedy;
  const name = placeName(remedy);
  const sentence = `- ${name === '' ? '' : `**${name}:** `}${markdown(text)}`;
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
