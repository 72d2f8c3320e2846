import type { Place, Remedy } from '../diagnosis/catalogue/entry.ts';
import type { Status } from '../model/codes.ts';
import { isExplainedBy, type Report, type ReportFinding, type ReportTarget, type ReportTls } from './report.ts';
import { timeBars } from './text-timeline.ts';

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

export const GLYPHS: Readonly<Record<Status, string>> = { pass: '✓', info: 'ℹ', warn: '⚠', fail: '✗', skip: '–' };

export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  'github-hosted': 'GitHub-hosted runner',
  'docker-compose': 'Docker Compose',
  systemd: 'bare metal (systemd)',
  kubernetes: 'Kubernetes',
};

/** One target's part of the report. */
export interface Chapter {
  readonly status: Status;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The report of a gate as lines: a section for each of several targets, made when it is read, and the lines at the end. */
export interface Story {
  readonly chapters: Iterable<Chapter>;
  readonly closing: readonly string[];
}

/** So many targets that fail are named again at the end. */
const NAMED_AGAIN = 10;

/** The report of a gate as lines; for one target there are only closing lines. The verdict stands last. */
export function story(report: Report, place: Place, style: Style = undressed): Story {
  const { targets } = report;
  const notes = report.notes.flatMap((note) => style.fold(`note: ${note}`, '  '));
  const verdict = verdictLines(report, style);
  const findings = (all: readonly ReportFinding[]) =>
    all.flatMap((finding, i) =>
      isExplainedBy(all.slice(0, i), finding)
        ? [...seenLines(finding, style, true), '']
        : findingLines(finding, place, style, targets.length > 1 || all.length > 1),
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

/** The report of a gate as lines of text, for a terminal or a log without groups. */
export function account(report: Report, place: Place, style: Style = undressed): string[] {
  const { chapters, closing } = story(report, place, style);
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
    ...(target.tls === null ? [] : style.fold(`  tls       ${sayTls(target.tls)}`, ' '.repeat(12))),
    '',
  ];
}

/** The TLS connection in a line: version, verified or not, whose certificate, and how long it lasts. */
export function sayTls({ protocol, authorized, subject, validTo, daysLeft }: ReportTls): string {
  const until = `until ${validTo?.slice(0, 10) ?? UNREADABLE} (${sayDaysLeft(daysLeft)})`;
  return `${protocol}, ${authorized ? 'verified' : 'not verified'}: ${subject || '(no subject)'}, ${until}`;
}

/** What stands for a date that cannot be read. */
const UNREADABLE = 'an unreadable date';

/** What is left of a certificate; `null` where its dates cannot be read. */
export function sayDaysLeft(days: number | null): string {
  if (days === null) return 'unknown';
  return days < 0 ? 'expired' : `${days} ${days === 1 ? 'day' : 'days'} left`;
}

function findingLines(finding: ReportFinding, place: Place, style: Style, withMessage: boolean): string[] {
  const { causes, remedies, verify, docs } = finding;
  const mine = remedies.filter(({ environment }) => environment === 'any' || environment === place);
  const elsewhere = remedies.length - mine.length;
  return [
    ...seenLines(finding, style, withMessage),
    ...section('Likely', causes.length === 1 ? causes : causes.map((cause, i) => `${i + 1}. ${cause}`), style),
    ...section('Do', mine.flatMap(remedyLines), style),
    ...section('Verify', [`$ ${verify}`], style),
    ...section(
      'More',
      [docs, ...(elsewhere > 0 ? [`remedies for ${elsewhere} other kinds of runner are in the report`] : [])],
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

function remedyLines({ environment, text, commands }: Remedy): string[] {
  const where = environment === 'any' ? '' : `${PLACE_NAMES[environment]}: `;
  return [`• ${where}${text}`, ...commands.map((command) => `    $ ${command}`)];
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
