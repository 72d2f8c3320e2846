import type { Status } from '../model/codes.ts';
import { countTargets } from './counts.ts';
import { blamed, blamedMessage, formatFault } from './fault.ts';
import { isExplainedBy, type Sighting } from './found-codes.ts';
import { formatPassed, formatRow, type Matrix } from './matrix.ts';
import type { ReportTarget } from './report.ts';
import { codeLines, codeTitle, findingLines, helpFor, type Style, seenLines } from './text-finding.ts';
import { hopBars, timeBars } from './text-timeline.ts';
import {
  formatIgnored,
  formatTls,
  formatTlsShort,
  GLYPHS,
  headline,
  inReport,
  namesOf,
  passesThough,
  type View,
} from './view.ts';

export type { Style } from './text-finding.ts';

export const undressed: Style = {
  columns: Infinity,
  fold: (text) => [text],
  status: (_, text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

/** A section of the report as lines: the targets that pass, or a code with the targets that it was found at. */
export interface Chapter {
  readonly status: Status;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The report of a gate as lines: a section for each code where there are several targets, and the lines at the end. */
export interface Story {
  /** Whose fault it is and what happened; nothing of a pass. */
  readonly opening: readonly string[];
  readonly chapters: readonly Chapter[];
  readonly closing: readonly string[];
}

/** So many targets that pass have a line of their own. */
const MOST_PASSED = 1_000;
/** So many codes are named again at the end. */
const NAMED_AGAIN = 10;
/** Of so few targets, those that do not pass are told with their times and what they answered. */
const FEW = 5;

/** The report of a gate as lines; for one target there are only closing lines. The verdict is the last one. */
export function story(view: View, style: Style = undressed): Story {
  const { report } = view;
  const notes = report.notes.flatMap((note) => style.fold(`note: ${note}`, '  '));
  const link = view.summaryUrl == null ? [] : [`summary: ${view.summaryUrl}`];
  const verdict = [...link, ...verdictLines(view, style)];
  const opening = openingLines(view, style);
  if (report.targets.length <= 1 && !view.matrix)
    return { opening, chapters: [], closing: [...oneTarget(view, style), ...notes, ...verdict] };
  const again = namedAgain(view, style);
  return {
    opening,
    chapters: [
      ...passChapter(view),
      ...matrixChapter(view, style),
      ...codeChapters(view, style),
      ...ownChapters(view, style),
    ],
    closing: [...again, ...notes, ...(again.length > 0 ? [''] : []), ...verdict],
  };
}

/** The report of a gate as lines of text, for a terminal or a log without groups. */
export function account(view: View, style: Style = undressed): string[] {
  const { opening, chapters, closing } = story(view, style);
  const titled = ({ status, title }: Chapter) => style.fold(title, '  ').map((line) => style.status(status, line));
  return [...opening, ...chapters.flatMap((chapter) => [...titled(chapter), ...chapter.lines]), ...closing];
}

/** All that was seen of the only target, and all that was found. */
function oneTarget(view: View, style: Style): string[] {
  const { targets, findings } = view.report;
  const all = [...targets.flatMap((target) => target.findings), ...findings];
  return [
    ...targets.flatMap((target) => [style.strong(target.target.label), ...targetLines(target, style), '']),
    ...all.flatMap((finding, i) =>
      isExplainedBy(all.slice(0, i), finding)
        ? [...seenLines(finding, style, true), '']
        : findingLines(finding, view, style, all.length > 1),
    ),
  ];
}

/** The targets that pass, a line each. */
function passChapter(view: View): Chapter[] {
  const { targets, matrix } = view;
  if (matrix) return passedEverywhere(matrix, view);
  const passed = targets.filter(({ status }) => status === 'pass');
  if (passed.length === 0) return [];
  const title = `${GLYPHS.pass} ${countTargets(passed.length)} ${passed.length === 1 ? 'passes' : 'pass'}`;
  return [
    {
      status: 'pass',
      title,
      lines: [...passed.slice(0, MOST_PASSED).map(passLine), ...morePassed(passed.length, view), ''],
    },
  ];
}

function morePassed(count: number, view: View): string[] {
  const left = count - MOST_PASSED;
  return left > 0 ? [`  … and ${countTargets(left, 'more ')}${inReport(view)}`] : [];
}

/** Of a merge, the targets that pass from every vantage point. */
function passedEverywhere(matrix: Matrix, view: View): Chapter[] {
  const passed = matrix.rows.slice(matrix.troubled);
  if (passed.length === 0) return [];
  const title = `${GLYPHS.pass} ${formatPassed(matrix).join('; ')}`;
  const lines = passed.slice(0, MOST_PASSED).map((row) => `  ${GLYPHS.pass} ${row.label}: ${formatRow(row)}`);
  return [{ status: 'pass', title, lines: [...lines, ...morePassed(passed.length, view), ''] }];
}

/** So many targets that do not pass from everywhere have a line each. */
const MOST_ROWS = 100;

/** Of a merge, what became of each target that does not pass from everywhere. */
function matrixChapter(view: View, style: Style): Chapter[] {
  const { matrix } = view;
  if (!matrix || matrix.troubled === 0) return [];
  const { rows, troubled } = matrix;
  const status = rows[0]?.status ?? 'fail';
  const lines = rows
    .slice(0, Math.min(troubled, MOST_ROWS))
    .flatMap((row) => style.fold(`  ${GLYPHS[row.status]} ${row.label}: ${formatRow(row)}`, '    '));
  const left = troubled - MOST_ROWS;
  const more = left > 0 ? [`  … and ${countTargets(left, 'more ')}${inReport(view)}`] : [];
  const title = `${GLYPHS[status]} ${countTargets(troubled)} ${troubled === 1 ? 'does' : 'do'} not pass from everywhere`;
  return [{ status, title, lines: [...lines, ...more, ''] }];
}

/** What was found about the gate itself, beside several targets. */
function ownChapters(view: View, style: Style): Chapter[] {
  return view.report.findings.map((finding) => ({
    status: finding.status,
    title: `${GLYPHS[finding.status]} ${formatFault(finding)}: ${finding.title} (${finding.code}${formatIgnored(finding, ', ')})`,
    lines: findingLines(finding, view, style, true).slice(1),
  }));
}

function passLine({ target: { label }, latencyMs, tls }: ReportTarget): string {
  const seen = latencyMs === null ? '' : ` in ${latencyMs} ms`;
  return `  ${GLYPHS.pass} ${label}: pass${seen}${tls === null ? '' : `, ${formatTlsShort(tls)}`}`;
}

/** Every code that was found, told once with its targets. */
function codeChapters(view: View, style: Style): Chapter[] {
  const help = helpFor(view, style);
  const isFew = view.targets.length <= FEW;
  return view.codes.map((found) => {
    const decided = found.sightings.filter(({ target: { code } }) => isFew && code === found.code);
    const details = [...new Set(decided.map(({ target }) => target))].flatMap((target) => [
      `  ${style.strong(target.target.label)}`,
      ...targetLines(target, style),
    ]);
    return {
      status: found.status,
      title: codeTitle(found),
      lines: [...details, ...codeLines(found, view, style, help)],
    };
  });
}

/** The codes of several targets that do not pass, each with a message for each fault and where else it was found. */
function namedAgain({ targets, codes }: View, style: Style): string[] {
  // One alone is the verdict's own.
  if (targets.filter(({ status }) => status !== 'pass').length <= 1) return [];
  const deciding = codes.flatMap((found) => {
    const decided = found.sightings.filter(({ target, finding }) => target.code === found.code && !finding.ignored);
    return byFault(decided).map((alike) => ({ status: found.status, alike }));
  });
  const left = deciding.length - NAMED_AGAIN;
  const lines = deciding.slice(0, NAMED_AGAIN).flatMap(({ status, alike: [first, ...others] }) => {
    const more = others.filter(({ target }) => target !== first.target);
    const said = style.fold(`${GLYPHS[status]} ${blamed(first.target.message, [first.finding])}`, '  ');
    return [
      ...said.map((line) => style.status(status, line)),
      ...(more.length > 0 ? style.fold(`  also ${namesOf(more)}`, '  ') : []),
    ];
  });
  return left > 0 ? [...lines, `… and ${left} more codes`] : lines;
}

/** Sightings of one code, apart where somebody else has to solve the problem. */
function byFault(sightings: readonly Sighting[]): [Sighting, ...Sighting[]][] {
  const groups = new Map<string, [Sighting, ...Sighting[]]>();
  for (const one of sightings) {
    const group = groups.get(one.finding.fault);
    if (group) group.push(one);
    else groups.set(one.finding.fault, [one]);
  }
  return [...groups.values()];
}

function targetLines(target: ReportTarget, style: Style): string[] {
  return [
    ...timeBars(target, style.columns - 2).flatMap((line) => style.fold(`  ${line}`, ' '.repeat(12))),
    ...target.addresses
      .filter(({ outcome }) => outcome !== 'connected')
      .map(({ address, outcome, errno }) => `  ${address}: ${errno ?? outcome.replace('-', ' ')}`),
    ...(target.proxy === null ? [] : [`  proxy     ${target.proxy}`]),
    ...(target.localAddress === null ? [] : [`  from      ${target.localAddress}`]),
    ...(target.address === null ? [] : [`  address   ${target.address}`]),
    ...(target.banner === null ? [] : style.fold(`  greeting  ${target.banner}`, ' '.repeat(12))),
    ...(target.tls === null ? [] : style.fold(`  tls       ${formatTls(target.tls)}`, ' '.repeat(12))),
    ...(target.delivery?.shown ?? []).map(([label, text]) => `  ${label.padEnd(9)} ${text}`),
    ...hopBars(target.delivery?.hops ?? [], 9).map((line) => `  ${line}`),
  ];
}

function openingLines(view: View, style: Style): string[] {
  const { status, code } = view.report;
  if (code === '') return [];
  return style.fold(`${GLYPHS[status]} ${headline(view)}`, '  ').map((line) => style.status(status, line));
}

function verdictLines(view: View, style: Style): string[] {
  const { report } = view;
  const { status } = report;
  const message = blamedMessage(report);
  const though = passesThough(view);
  return [
    ...style.fold(`${GLYPHS[status]} ${status}: ${message}`, '  ').map((line) => style.status(status, line)),
    // A green job whose log ends with a failure says why it is green.
    ...(though === '' ? [] : style.fold(though, '')),
  ];
}
