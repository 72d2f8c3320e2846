import { countTargets } from './counts.ts';
import { markdown, markdownCode, markdownPre } from './escape/markdown.ts';
import { isExplainedBy } from './found-codes.ts';
import type { Report, ReportTarget } from './report.ts';
import {
  codeBlocks,
  conversationBlocks,
  details,
  type FindingDetail,
  firstOf,
  helpBlocks,
  ICONS,
  seenBlocks,
} from './summary-finding.ts';
import { matrixBlocks } from './summary-matrix.ts';
import { BAR_KEY, fleetBars, hopBars, timeBars } from './text-timeline.ts';
import { trendBlocks } from './text-trend.ts';
import { formatDaysLeft, formatTls, headline, MOST_LINES, passesThough, tally, type View } from './view.ts';

/** GitHub refuses a step's summary of more than 1 MiB; what the runner adds has to fit as well. In bytes. */
const MOST_BYTES = 1_000_000;
/** A summary of several targets has no more lines than these, unless very many targets or codes need more. */
const FEW_LINES = 195;
/** Of more targets than these, those that pass are folded. */
const FEW = 10;

/** How much is said. */
interface Detail extends FindingDetail {
  readonly transcripts: boolean;
  /** Findings of one target. */
  readonly findings: number;
  /** Targets whose time is drawn, whose runs before are, that have a row; codes of several targets. */
  readonly pictures: number;
  readonly trends: number;
  readonly rows: number;
  readonly codes: number;
}

const EVERYTHING: Detail = {
  transcripts: true,
  elsewhere: true,
  help: Infinity,
  sightings: 50,
  findings: Infinity,
  pictures: 50,
  trends: 10,
  rows: Infinity,
  codes: Infinity,
};
/** What is left out, one after the other, until the summary fits; the last one always does. */
const SHED: readonly Partial<Detail>[] = [
  {},
  { transcripts: false },
  { elsewhere: false },
  { pictures: 0 },
  { rows: 1_000, sightings: 20 },
  { help: 3 },
  { help: 2 },
  { help: 1, findings: 10, sightings: 10 },
  { rows: 500, trends: 0 },
  { findings: 3, rows: 50, sightings: 3 },
  { help: 0 },
  { sightings: 1, codes: 40 },
];

/**
 * The job summary (GitHub Flavored Markdown): the verdict, the targets, what was found, what it means, what to do. Of
 * several targets, each code is told once.
 */
export function summary(view: View): string {
  const { targets, report } = view;
  const rows = new Rows(targets);
  const mostLines = targets.length > 1 ? linesFor(report.totals.targets, view.codes.length) : Infinity;
  let detail = EVERYTHING;
  for (const [i, less] of SHED.entries()) {
    detail = { ...detail, ...less };
    // Whatever is left in the end is bounded: of the targets it has the counts alone.
    const limits = { bytes: MOST_BYTES, lines: i === SHED.length - 1 ? Infinity : mostLines };
    const text = new Page(limits).add(parts(view, rows, detail));
    if (text !== null) return withWhere(text, view);
  }
  throw new Error('the shortest summary is too long');
}

/** What refers to the file that has what is left out. */
const NAMED_REPORT = 'in the JSON report';

/** Where that file is, or how to get it, as the end of a sentence. */
function sayWhere({ reportFile }: View): string {
  return reportFile == null
    ? `, which the input ${markdownCode('report-json')} writes to a file.`
    : `, ${markdownCode(reportFile)}.`;
}

/** A summary that says where the file is that it refers to. */
function withWhere(text: string, view: View): string {
  const where = sayWhere(view);
  const isSaid = !text.includes(NAMED_REPORT) || text.includes(`${NAMED_REPORT}${where}`);
  return isSaid ? text : `${text}\n_More is ${NAMED_REPORT}${where}_\n`;
}

function linesFor(targets: number, codes: number): number {
  return Math.max(FEW_LINES, 100 + 2.5 * targets, 40 + targets + 14 * codes);
}

/** One attempt at a summary, given up as soon as it is too long. */
class Page {
  readonly #blocks: string[] = [];
  #bytes = 0;
  #lines = 0;

  constructor(private readonly most: { readonly bytes: number; readonly lines: number }) {}

  /** The text, or `null` when there is too much of it. */
  add(blocks: Iterable<string>): string | null {
    for (const block of blocks) {
      this.#blocks.push(block);
      this.#bytes += Buffer.byteLength(block) + 2;
      this.#lines += (block.match(/\n/g)?.length ?? 0) + 2;
      if (this.#bytes > this.most.bytes || this.#lines > this.most.lines) return null;
    }
    return `${this.#blocks.join('\n\n')}\n`;
  }
}

/** The summary's blocks, made as they are added. */
function* parts(view: View, rows: Rows, detail: Detail): Iterable<string> {
  const { report, targets } = view;
  yield heading(view);
  yield markdown(report.message);
  const though = passesThough(view);
  if (though !== '') yield markdown(though);
  yield* firstOf(
    report.notes,
    MOST_LINES,
    (note) => `> ${markdown(note)}`,
    (more) => `> ${more}`,
  );
  if (targets.length === 1) yield* oneTarget(view, rows, detail);
  else if (targets.length > 1) yield* severalTargets(view, rows, detail);
  yield* trendBlocks(view, detail.trends);
  for (const finding of report.findings) {
    yield* seenBlocks(finding, report.message);
    yield* helpBlocks(finding, view, detail);
  }
  yield* leftOut(detail, view);
}

/** Whose fault it is, and what happened; of a pass, who says so. */
function heading(view: View): string {
  const { status, code } = view.report;
  const text = headline(view);
  return `## ${ICONS[status]} ${code === '' ? `smtp-gate: ${text}` : `${text} · smtp-gate`}`;
}

/** The only target, with everything that was seen of it. */
function* oneTarget(view: View, rows: Rows, detail: Detail): Iterable<string> {
  const { targets, report } = view;
  const [{ tls, steps, findings, delivery } = never()] = targets;
  yield rows.table(0, detail.rows);
  if (tls !== null) yield `**TLS:** ${markdownCode(formatTls(tls))}`;
  if (delivery) {
    yield '**The message**';
    yield markdownPre([
      ...delivery.shown.map(([label, text]) => `${label.padEnd(14)} ${text}`),
      ...hopBars(delivery.hops, 14),
    ]);
  }
  if (steps.length > 0) {
    yield '**Where the time went**';
    yield markdownPre(timeBars({ steps }));
  }
  for (const [i, finding] of findings.slice(0, detail.findings).entries()) {
    yield* seenBlocks(finding, report.message);
    if (!isExplainedBy(findings.slice(0, i), finding)) yield* helpBlocks(finding, view, detail);
  }
  if (detail.transcripts) yield* conversationBlocks(targets);
}

function never(): never {
  throw new Error('there is no target');
}

/** Several targets: a row for each, and each code that was found once. */
function* severalTargets(view: View, rows: Rows, detail: Detail): Iterable<string> {
  const { targets, codes, report } = view;
  yield counts(report);
  if (view.matrix) yield* matrixBlocks(view.matrix, detail.rows);
  else yield* targetTables(view, rows, detail);
  for (const found of codes.slice(0, detail.codes)) yield* codeBlocks(found, view, detail);
  yield* picture(targets, detail.pictures);
  if (detail.transcripts) yield* conversationBlocks(targets.filter(({ findings }) => findings.length > 0));
}

function* targetTables({ targets, report }: View, rows: Rows, detail: Detail): Iterable<string> {
  const passed = targets.length > FEW ? report.totals.pass : 0;
  const troubled = targets.length - passed;
  if (troubled > 0) yield rows.table(0, Math.min(troubled, detail.rows));
  if (passed > 0 && detail.rows > troubled) {
    yield details(`${countTargets(passed)} that pass`, [rows.table(troubled, detail.rows)]);
  }
}

function counts({ totals }: Report): string {
  const parts = tally(totals).map(([status, times]) => `${ICONS[status]} ${times} ${status}`);
  return `**${totals.targets} targets:** ${parts.join(' · ')}`;
}

/** The table of targets, each of whose rows is made once, however many attempts show it. */
class Rows {
  readonly #made: (ReturnType<typeof cellsOf> | undefined)[] = [];

  constructor(private readonly targets: readonly ReportTarget[]) {}

  /** The targets from one to before another. */
  table(from: number, to: number): string {
    const shown = this.targets.slice(from, to).map((target, i) => {
      const made = this.#made[from + i] ?? cellsOf(target);
      this.#made[from + i] = made;
      return made;
    });
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
  const title = `Where the time went${targets.length > most ? `, of the first ${most} of ${targets.length} targets` : ''}`;
  const drawn = markdownPre([...lines, '', ...BAR_KEY]);
  return targets.length > FEW ? [details(title, [drawn])] : [`**${title}**`, drawn];
}

/** What was left out, in the order in which it is. */
function leftOut(detail: Detail, view: View): string[] {
  const { targets, report, codes, matrix } = view;
  const { transcripts, elsewhere, findings, rows, pictures, trends } = detail;
  const several = targets.length > 1;
  const listed = matrix ? matrix.troubled : targets.length;
  const parts = [
    ...(transcripts ? [] : ['the conversations']),
    ...(elsewhere ? [] : ['the remedies for other kinds of runner']),
    ...(pictures === 0 && several ? ['the times'] : []),
    ...helpLeftOut(detail),
    ...(several ? codesLeftOut(detail, codes) : []),
    ...(!several && targets.some((target) => target.findings.length > findings)
      ? [`more than ${findings} findings of one target`]
      : []),
    ...(listed > rows ? [`the rows of ${countTargets(listed - rows, 'more ')}`] : []),
    ...(report.trend !== null && trends === 0 ? ['the trends'] : []),
  ];
  if (parts.length === 0) return [];
  return [
    `_Not shown, to keep this summary short: ${parts.join('; ')}. All of it is ${NAMED_REPORT}${sayWhere(view)}_`,
  ];
}

function helpLeftOut({ help }: Detail): string[] {
  if (help === 0) return ['causes and remedies'];
  if (help >= MOST_LINES) return [];
  return [`causes and remedies but the first${help === 1 ? '' : ` ${help}`} of each code`];
}

function codesLeftOut({ sightings, codes: most }: Detail, codes: View['codes']): string[] {
  const left = codes.length - most;
  return [
    ...(codes.some((found) => found.sightings.length > sightings)
      ? [`what was seen at more than ${sightings} targets of one code`]
      : []),
    ...(left > 0 ? [`${left} more codes`] : []),
  ];
}
