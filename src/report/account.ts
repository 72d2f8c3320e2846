import type { Status } from '../codes.ts';
import type { Place, Remedy } from '../diagnosis/catalogue/entry.ts';
import { timeBars } from './bars.ts';
import type { Report, ReportFinding, ReportTarget, ReportTls } from './report.ts';

/** How an account is dressed: as it is for a log, in colour for a terminal. */
export interface Style {
  status(status: Status, text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

export const undressed: Style = { status: (_, text) => text, strong: (text) => text, faint: (text) => text };

export const GLYPHS: Readonly<Record<Status, string>> = { pass: '✓', info: 'ℹ', warn: '⚠', fail: '✗', skip: '–' };

export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  'github-hosted': 'GitHub-hosted runner',
  'docker-compose': 'Docker Compose',
  systemd: 'bare metal (systemd)',
  kubernetes: 'Kubernetes',
};

/** The story of a gate in lines of text, for the step's log and for a terminal; the verdict stands last. */
export function account(report: Report, place: Place, style: Style = undressed): string[] {
  const findings = [...report.targets.flatMap(({ findings }) => findings), ...report.findings];
  return [
    ...report.targets.flatMap((target) => targetLines(target, style)),
    ...findings.flatMap((finding) => findingLines(finding, place, style, findings.length > 1)),
    verdictLine(report, style),
  ];
}

function targetLines(target: ReportTarget, style: Style): string[] {
  return [
    style.strong(target.target.label),
    ...timeBars(target).map((line) => `  ${line}`),
    ...target.addresses
      .filter(({ outcome }) => outcome !== 'connected')
      .map(({ address, outcome, errno }) => `  ${address}: ${errno ?? outcome.replace('-', ' ')}`),
    ...(target.proxy === null ? [] : [`  proxy     ${target.proxy}`]),
    ...(target.address === null ? [] : [`  address   ${target.address}`]),
    ...(target.banner === null ? [] : [`  greeting  ${target.banner}`]),
    ...(target.tls === null ? [] : [`  tls       ${sayTls(target.tls)}`]),
    '',
  ];
}

/** The TLS connection in a line: version, verified or not, whose certificate, and how long it lasts. */
export function sayTls({ protocol, authorized, subject, validTo, daysLeft }: ReportTls): string {
  const until = `until ${validTo.slice(0, 10)} (${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left)`;
  return `${protocol}, ${authorized ? 'verified' : 'not verified'}: ${subject}, ${until}`;
}

function findingLines(finding: ReportFinding, place: Place, style: Style, withMessage: boolean): string[] {
  const { code, status, title, evidence, causes, remedies, verify, docs, ignored } = finding;
  const mine = remedies.filter(({ environment }) => environment === 'any' || environment === place);
  const elsewhere = remedies.length - mine.length;
  return [
    style.status(status, `${GLYPHS[status]} ${code}: ${title}${ignored ? ' (ignored)' : ''}`),
    // One finding's message is the verdict, which stands last.
    ...(withMessage ? [`  ${finding.message}`] : []),
    ...section('Seen', [evidence], style),
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

function remedyLines({ environment, text, commands }: Remedy): string[] {
  const where = environment === 'any' ? '' : `${PLACE_NAMES[environment]}: `;
  return [`• ${where}${text}`, ...commands.map((command) => `    $ ${command}`)];
}

function section(name: string, lines: readonly string[], style: Style): string[] {
  return lines.map((line, i) => `  ${style.faint((i === 0 ? name : '').padEnd(7))} ${line}`);
}

function verdictLine({ status, message }: Report, style: Style): string {
  return style.status(status, `${GLYPHS[status]} ${status}: ${message}`);
}
