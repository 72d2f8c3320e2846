import type { Status } from '../model/codes.ts';
import { formatFault } from './fault.ts';
import { type FoundCode, faultsOf, type Sighting } from './found-codes.ts';
import type { ReportFinding } from './report.ts';
import {
  countKinds,
  formatCounts,
  formatIgnored,
  GLYPHS,
  inReport,
  namesOf,
  remediesFor,
  remedyLines,
  type View,
  wholeReport,
} from './view.ts';

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

/** How many causes and remedies of a finding are told; the others are counted. */
export interface Help {
  readonly causes: number;
  readonly remedies: number;
}

export const FULL: Help = { causes: Infinity, remedies: Infinity };
/** Less and less help, for the account of several targets that would otherwise be too long to be read. */
const SHORTER: readonly Help[] = [
  { causes: 3, remedies: 3 },
  { causes: 2, remedies: 2 },
  { causes: 1, remedies: 1 },
];
/** So many lines the causes and remedies of all codes may take before they are shortened. */
const MOST_HELP = 45;
/** So many explanations of one code are told; another provider's remedies may be others. */
const MOST_EXPLANATIONS = 3;

/** A finding with all that is known of it. `withMessage`: whether its message does not stand elsewhere. */
export function findingLines(finding: ReportFinding, view: View, style: Style, withMessage: boolean): string[] {
  return [...seenLines(finding, style, withMessage), ...helpLines(finding, view, style, FULL), ''];
}

/** What was found, without what it may come from and what to do. */
export function seenLines(finding: ReportFinding, style: Style, withMessage: boolean): string[] {
  const { code, status, title, message, evidence } = finding;
  const head = `${GLYPHS[status]} ${formatFault(finding)}: ${title} (${code}${formatIgnored(finding, ', ')})`;
  return [
    ...style.fold(head, '  ').map((line) => style.status(status, line)),
    // One finding's message is the verdict, which stands last.
    ...(withMessage ? style.fold(`  ${message}`, '  ') : []),
    ...section('Seen', [evidence], style),
  ];
}

/** What a finding may come from, what to do about it, and how to check that. */
function helpLines(finding: ReportFinding, view: View, style: Style, help: Help): string[] {
  const { verify, docs } = finding;
  const { here, elsewhere } = remediesFor(finding, view.place);
  const causes = finding.causes.slice(0, help.causes);
  const remedies = here.slice(0, help.remedies);
  const where = wholeReport(view);
  const left = [
    ...counted(finding.causes.length - causes.length, 'more cause', 'more causes'),
    ...counted(here.length - remedies.length, 'more remedy', 'more remedies'),
  ];
  const more = [
    docs,
    ...(left.length > 0 ? [`${left.join(' and ')}${inReport(view)}`] : []),
    ...(elsewhere.length > 0 && where !== null ? [`remedies for ${countKinds(elsewhere)}: ${where}`] : []),
  ];
  return [
    ...section('Likely', causes.length === 1 ? causes : causes.map((cause, i) => `${i + 1}. ${cause}`), style),
    ...section(
      'Do',
      remedies.flatMap((remedy) => remedyLines(remedy, '•')),
      style,
    ),
    ...section('Verify', [`$ ${verify}`], style),
    ...section('More', help === FULL ? more : [more.join('; ')], style),
  ];
}

function counted(n: number, one: string, many: string): string[] {
  return n <= 0 ? [] : [`${n} ${n === 1 ? one : many}`];
}

/** A code that was found at several targets, told once: its title, and its lines. */
export function codeTitle(found: FoundCode): string {
  return `${GLYPHS[found.status]} ${faultsOf(found)}: ${found.title} (${found.code}, ${formatCounts(found)})`;
}

/** How much help there is room for, when all codes are told. */
export function helpFor(view: View, style: Style): Help {
  const size = (help: Help) =>
    view.codes.reduce((sum, found) => sum + explanationLines(found, view, style, help).length, 0);
  return [FULL, ...SHORTER].find((help) => size(help) <= MOST_HELP) ?? (SHORTER.at(-1) as Help);
}

/** Where a code was found, with what was seen there, and then once what to do about it. */
export function codeLines(found: FoundCode, view: View, style: Style, help: Help): string[] {
  const [first, ...others] = found.sightings;
  return [
    ...style.fold(`  ${first.finding.message}`, '  '),
    ...section(
      'Seen',
      [first, ...others].map((one) => seenAt(one, found)),
      style,
    ),
    ...explanationLines(found, view, style, help),
    '',
  ];
}

/** What was seen at a target, which has a status of its own or is ignored. */
function seenAt({ target: { target }, finding }: Sighting, { status }: FoundCode): string {
  const own = [
    ...(finding.status === status ? [] : [finding.status]),
    ...(finding.ignored ? [formatIgnored(finding)] : []),
  ];
  return `${target.label}${own.length === 0 ? '' : ` (${own.join(', ')})`}: ${finding.evidence}`;
}

function explanationLines({ explanations }: FoundCode, view: View, style: Style, help: Help): string[] {
  const told = explanations.slice(0, help === FULL ? MOST_EXPLANATIONS : 1);
  const left = explanations.slice(told.length).flatMap(({ sightings }) => sightings);
  return [
    ...told.flatMap((one, i) => [
      ...(i === 0 ? [] : section('At', [namesOf(one.sightings)], style)),
      ...helpLines(one.sightings[0].finding, view, style, help),
    ]),
    ...(left.length > 0 ? section('At', [`${namesOf(left)}, something else may help${inReport(view)}`], style) : []),
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
