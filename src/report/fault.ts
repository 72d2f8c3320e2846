import { rank } from '../diagnosis/verdict.ts';
import type { Code, Fault } from '../model/codes.ts';
import type { Report, ReportFinding, ReportTarget } from './report.ts';
import { countedStatus } from './severity.ts';

/** Who has to mend a finding, in the words that a text about it begins with. */
export const FAULT_WORDS: Readonly<Record<Fault, string>> = {
  settings: 'settings',
  credentials: 'credentials',
  address: 'mail addresses',
  dns: 'DNS',
  runner: "this runner's network",
  network: 'the network on the way',
  proxy: 'the proxy',
  server: 'the mail server',
  'smtp-gate': 'smtp-gate',
};

type Blamed = Pick<ReportFinding, 'code' | 'fault'>;

/** Nothing is known of the network of a runner that has sent no report. */
const OTHERWISE: { readonly [C in Code]?: string } = { 'report-missing': 'the runner' };

export function formatFault({ code, fault }: Blamed): string {
  return OTHERWISE[code] ?? FAULT_WORDS[fault];
}

/** So many faults of several findings are named. */
const MOST_NAMED = 2;

/** The faults of several findings, each once: `credentials and the mail server`. */
export function formatFaults(findings: readonly Blamed[]): string {
  const all = [...new Set(findings.map(formatFault))];
  return all.length > MOST_NAMED ? `${all.slice(0, MOST_NAMED).join(', ')} and others` : all.join(' and ');
}

/** A text that begins with whose fault it is; as it is where it is nobody's. */
export function blamed(text: string, findings: readonly Blamed[]): string {
  return findings.length === 0 ? text : `${formatFaults(findings)}: ${text}`;
}

/** The finding that decided a target; none where it passes. */
export function decidingOf({ code, findings }: Pick<ReportTarget, 'code' | 'findings'>): readonly ReportFinding[] {
  const found = code === '' ? undefined : findings.find((one) => one.code === code && !one.ignored);
  return found === undefined ? [] : [found];
}

/** The findings that decided the verdict: the worst of the gate itself and of each target; the report's own one first. */
export function decidingFindings({ code, targets, findings }: Report): readonly ReportFinding[] {
  if (code === '') return [];
  const own = findings.filter(({ ignored }) => !ignored).map((found) => ({ found, status: found.status }));
  const others = targets.flatMap((target) =>
    decidingOf(target).map((found) => ({ found, status: countedStatus(target) })),
  );
  const all = [...own, ...others];
  const worst = Math.max(...all.map(({ status }) => rank(status)));
  const deciding = all.filter(({ status }) => rank(status) === worst).map(({ found }) => found);
  return [...deciding.filter((found) => found.code === code), ...deciding.filter((found) => found.code !== code)];
}

/** The verdict in one sentence, behind whose fault it is that decided it. */
export function blamedMessage(report: Report): string {
  return blamed(report.message, decidingFindings(report).slice(0, 1));
}

/** What happened, as a title; where one port is meant, it is named: `Nothing listens on port 587`. */
export function titleAt(title: string, port: number): string {
  return port === 0
    ? title
    : title.replace(/\b([Tt])he port\b/, (_, t: string) => `${t === 'T' ? 'Port' : 'port'} ${port}`);
}
