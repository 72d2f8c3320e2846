import type { Status } from '../model/codes.ts';
import { isExplainedBy } from './found-codes.ts';
import type { Report, ReportFinding, ReportTarget } from './report.ts';
import { timeBars } from './text-timeline.ts';
import { formatTls, GLYPHS, remediesFor, remedyLines, type View } from './view.ts';

/** How an account is dressed: as it is for a log, in colour and folded for a terminal. */
export interface Style {
  /** How wide a line may be. */
  readonly columns: number;
  /** A text in lines that fit; those behind the first begin with `indent`, and so many columns are taken by `taken`. */
  fold(text: string, indent: string, taken?: number): string[];
  status(status: Status, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export const undressed: Style = {
  columns: Infinity,
  fold: (text) => [text],
  status: (_, text) => text,
  strong: (text) => text,
  faint: (text) => text,
};

/** One target's part of the story. */
export interface Chapter {
  readonly status: Status;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The story of a gate: a chapter for each of several targets, which is made as it is told, and what stands last. */
export interface Story {
  readonly chapters: Iterable<Chapter>;
  readonly closing: readonly string[];
}

/** So many targets that fail are named again at the end. */
const NAMED_AGAIN = 10;

/** The story of a gate on several targets; of one target it is all closing. The verdict stands last. */
export function story(view: View, style: Style = undressed): Story {
  const { report } = view;
  const { targets } = report;
  const notes = report.notes.flatMap((note) => style.fold(`note: ${note}`, '  '));
  const verdict = verdictLines(report, style);
  const findings = (all: readonly ReportFinding[]) =>
    all.flatMap((finding, i) =>
      isExplainedBy(all.slice(0, i), finding)
        ? [...seenLines(finding, style, true), '']
        : findingLines(finding, view, style, targets.length > 1 || all.length > 1),
    );
  if (targets.length <= 1) {
    const all = [...targets.flatMap((target) => target.findings), ...report.findings];
    const seen = targets.flatMap((target) => [style.strong(target.target.label), ...targetLines(target, style)]);
    return { chapters: [], closing: [...seen, ...findings(all), ...notes, ...verdict] };
  }
  const bad = targets.filter(({ status }) => status !== 'pass');
  // One alone is the verdict's own.
  const again = (bad.length > 1 ? bad : [])
    .slice(0, NAMED_AGAIN)
    .flatMap((t) => style.fold(`${GLYPHS[t.status]} ${t.message}`, '  ').map((line) => style.status(t.status, line)));
  const left = again.length === 0 ? 0 : bad.length - again.length;
  return {
    chapters: {
      *[Symbol.iterator]() {
        for (const target of targets) {
          const title = `${GLYPHS[target.status]} ${sayTarget(target)}`;
          yield { status: target.status, title, lines: [...targetLines(target, style), ...findings(target.findings)] };
        }
      },
    },
    closing: [
      ...again,
      ...(left > 0 ? [`… and ${left} more`] : []),
      ...notes,
      ...(again.length > 0 ? [''] : []),
      ...verdict,
    ],
  };
}

function sayTarget({ target: { label }, status, code, latencyMs }: ReportTarget): string {
  const seen = latencyMs === null ? '' : ` in ${latencyMs} ms`;
  return `${label}: ${status}${code === '' ? seen : `, ${code}`}`;
}

/** The story of a gate in lines of text, for a terminal or a log without groups. */
export function account(view: View, style: Style = undressed): string[] {
  const { chapters, closing } = story(view, style);
  const titled = ({ status, title }: Chapter) => style.fold(title, '  ').map((line) => style.status(status, line));
  return [...[...chapters].flatMap((chapter) => [...titled(chapter), ...chapter.lines]), ...closing];
}

function targetLines(target: ReportTarget, style: Style): string[] {
  return [
    ...timeBars(target, style.columns - 2).flatMap((line) => style.fold(`  ${line}`, ' '.repeat(12))),
    ...target.addresses
      .filter(({ outcome }) => outcome !== 'connected')
      .map(({ address, outcome, errno }) => `  ${address}: ${errno ?? outcome.replace('-', ' ')}`),
    ...(target.proxy === null ? [] : [`  proxy     ${target.proxy}`]),
    ...(target.address === null ? [] : [`  address   ${target.address}`]),
    ...(target.banner === null ? [] : style.fold(`  greeting  ${target.banner}`, ' '.repeat(12))),
    ...(target.tls === null ? [] : style.fold(`  tls       ${formatTls(target.tls)}`, ' '.repeat(12))),
    '',
  ];
}

function findingLines(finding: ReportFinding, { place }: View, style: Style, withMessage: boolean): string[] {
  const { causes, verify, docs } = finding;
  const { here, elsewhere } = remediesFor(finding, place);
  return [
    ...seenLines(finding, style, withMessage),
    ...section('Likely', causes.length === 1 ? causes : causes.map((cause, i) => `${i + 1}. ${cause}`), style),
    ...section(
      'Do',
      here.flatMap((remedy) => remedyLines(remedy, '•')),
      style,
    ),
    ...section('Verify', [`$ ${verify}`], style),
    ...section(
      'More',
      [
        docs,
        ...(elsewhere.length > 0 ? [`remedies for ${elsewhere.length} other kinds of runner are in the report`] : []),
      ],
      style,
    ),
    '',
  ];
}

/** What was found, without what it may come from and what to do. */
function seenLines(finding: ReportFinding, style: Style, withMessage: boolean): string[] {
  const { code, status, title, message, evidence, ignored } = finding;
  return [
    ...style
      .fold(`${GLYPHS[status]} ${code}: ${title}${ignored ? ' (ignored)' : ''}`, '  ')
      .map((line) => style.status(status, line)),
    // One finding's message is the verdict, which stands last.
    ...(withMessage ? style.fold(`  ${message}`, '  ') : []),
    ...section('Seen', [evidence], style),
  ];
}

function section(name: string, lines: readonly string[], style: Style): string[] {
  const folded = lines.flatMap((line) => {
    // A command has to be pasted as it is.
    if (/^\s*\$ /.test(line)) return [line];
    const mark = /^(?:\d+\.|•) /.exec(line)?.[0].length ?? 0;
    return style.fold(line, ' '.repeat(mark), SECTION_COLUMNS);
  });
  return folded.map((line, i) => `  ${style.faint((i === 0 ? name : '').padEnd(7))} ${line}`);
}

/** What stands before each line of a section. */
const SECTION_COLUMNS = 10;

function verdictLines({ status, message }: Report, style: Style): string[] {
  return style.fold(`${GLYPHS[status]} ${status}: ${message}`, '  ').map((line) => style.status(status, line));
}
