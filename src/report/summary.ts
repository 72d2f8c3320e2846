import type { Status } from '../codes.ts';
import type { Place, Remedy } from '../diagnosis/catalogue/entry.ts';
import { PLACE_NAMES, sayTls } from './account.ts';
import { timeBars } from './bars.ts';
import type { Report, ReportFinding, ReportTarget } from './report.ts';
import { markdown, markdownBlock, markdownCode, markdownPre } from './safe.ts';

const ICONS: Readonly<Record<Status, string>> = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
const VERDICTS: Readonly<Record<Status, string>> = {
  pass: 'the mail server can be used',
  info: 'something answers, and it is not SMTP',
  warn: 'the mail server can be used, with a warning',
  fail: 'the mail server cannot be used',
  skip: 'nothing was probed',
};
/** More of a transcript is in the JSON report. */
const TRANSCRIPT_LINES = 60;

/** The job summary: the verdict, where the time went, what was seen, what it means, what to do. */
export function summary(report: Report, place: Place): string {
  const { status, message } = report;
  const blocks = [
    `## ${ICONS[status]} smtp-gate: ${headline(report)}`,
    markdown(message),
    ...report.targets.flatMap((target) => targetBlocks(target, place)),
    ...report.findings.flatMap((finding) => findingBlocks(finding, place)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The verdict in a few words, which claim nothing of a server that was not seen. */
export function headline({ status, code, targets }: Report): string {
  if (code === 'input-invalid') return 'an input cannot be read';
  if (code === 'probe-crashed') return 'smtp-gate itself failed';
  if (code === 'not-configured') return VERDICTS.skip;
  const ignored = targets.some(({ findings }) => findings.some((finding) => finding.ignored));
  return ignored && status !== 'fail' ? 'the gate passes, and leaves out what is ignored' : VERDICTS[status];
}

function targetBlocks(target: ReportTarget, place: Place): string[] {
  const row = [
    markdownCode(target.target.label),
    `${ICONS[target.status]} ${target.status}`,
    target.address === null ? '–' : markdownCode(target.address),
    target.latencyMs === null ? '–' : `${target.latencyMs} ms`,
    String(target.attempts),
  ];
  return [
    `| Target | Verdict | Address | Time to greeting | Attempts |\n| --- | --- | --- | --- | --- |\n| ${row.join(' | ')} |`,
    ...(target.tls === null ? [] : [`**TLS:** ${markdownCode(sayTls(target.tls))}`]),
    ...(target.steps.length === 0 ? [] : ['**Where the time went**', markdownPre(timeBars(target))]),
    ...target.findings.flatMap((finding) => findingBlocks(finding, place)),
    ...transcriptBlocks(target),
  ];
}

function findingBlocks(finding: ReportFinding, place: Place): string[] {
  const { code, status, title, message, evidence, causes, remedies, verify, docs, ignored } = finding;
  const mine = remedies.filter(({ environment }) => environment === place || environment === 'any');
  const others = remedies.filter((remedy) => !mine.includes(remedy));
  return [
    `### ${ICONS[status]} ${title}${ignored ? ' (ignored)' : ''}`,
    `[${markdownCode(code)}](${docs})`,
    `**What was seen:** ${markdownCode(evidence)}`,
    `**What it means:** ${markdown(message)}`,
    '**Likely causes**',
    causes.map((cause, i) => `${i + 1}. ${markdown(cause)}`).join('\n'),
    '**What to do**',
    ...mine.map(remedyBlock),
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
