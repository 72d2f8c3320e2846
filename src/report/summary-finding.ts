import type { Remedy } from '../diagnosis/catalogue/entry.ts';
import type { Status } from '../model/codes.ts';
import { countTargets } from './counts.ts';
import { markdown, markdownBlock, markdownCode, markdownCommand, markdownPre } from './escape/markdown.ts';
import { formatFault } from './fault.ts';
import { type FoundCode, faultsOf, type Sighting } from './found-codes.ts';
import type { ReportFinding, ReportTarget } from './report.ts';
import { formatCounts, formatIgnored, MOST_LINES, namesOf, placeName, remediesFor, type View } from './view.ts';

export const ICONS: Readonly<Record<Status, string>> = { pass: '✅', info: 'ℹ️', warn: '⚠️', fail: '❌', skip: '⏭️' };
/** More of a transcript is in the JSON report. */
const TRANSCRIPT_LINES = 60;
/** More targets than these are listed under a code only when that is unfolded. */
const UNFOLDED = 10;
/** So many explanations of one code are told; another provider's remedies may be others. */
const MOST_EXPLANATIONS = 3;

/** How much is told of a finding. */
export interface FindingDetail {
  /** Remedies for other kinds of runner than this one. */
  readonly elsewhere: boolean;
  /** Causes, and remedies, at most so many of each. */
  readonly help: number;
  /** Targets that are listed under a code. */
  readonly sightings: number;
}

/** What was found, under a heading of its own. `verdict`: what stands on top already. */
export function seenBlocks(finding: ReportFinding, verdict: string): string[] {
  const { code, status, title, message, impact, evidence, docs } = finding;
  return [
    `### ${ICONS[status]} ${formatFault(finding)}: ${title}${finding.ignored ? ` ${markdown(formatIgnored(finding, '(', ')'))}` : ''}`,
    `[${markdownCode(code)}](${docs})`,
    ...(message === verdict ? [] : [`**What happened:** ${markdown(message)}`]),
    `**What was seen:** ${markdownCode(evidence)}`,
    `**Why it matters:** ${markdown(impact)}`,
  ];
}

/** What it may come from, what to do, and how to check that. */
export function helpBlocks(finding: ReportFinding, { place }: View, { elsewhere, help }: FindingDetail): string[] {
  if (help === 0) return [];
  if (help === 1) return [shortHelp(finding, place)];
  const { causes, verify } = finding;
  const remedies = remediesFor(finding, place);
  const most = Math.min(help, MOST_LINES);
  const others = elsewhere ? remedies.elsewhere.filter(({ environment }) => !NOT_IN_ACTIONS.has(environment)) : [];
  const causeList = firstOf(causes, most, (cause, i) => `${i + 1}. ${markdown(cause)}`, paragraph);
  return [
    '**Likely causes**',
    causeList.join('\n'),
    '**What to do**',
    ...firstOf(remedies.here, most, remedyBlock, (more) => `- ${more}`),
    ...(others.length === 0 ? [] : [details('On other kinds of runner', others.map(remedyBlock))]),
    '**To check the fix**',
    markdownBlock([verify], 'sh'),
  ];
}

/** No workflow of GitHub Actions, which is where summaries are, runs there. */
const NOT_IN_ACTIONS: ReadonlySet<Remedy['environment']> = new Set(['gitlab', 'container']);

/** The likeliest cause, the first remedy and the check in three lines. */
function shortHelp(finding: ReportFinding, place: View['place']): string {
  const [cause] = finding.causes;
  const [remedy] = remediesFor(finding, place).here;
  const commands = remedy?.commands.map((command) => ` ${markdownCommand(command)}`) ?? [];
  return [
    ...(cause === undefined ? [] : [`**Likely cause:** ${markdown(cause)}`]),
    ...(remedy === undefined ? [] : [`**What to do:** ${markdown(remedy.text)}${commands.join('')}`]),
    `**To check the fix:** ${markdownCommand(finding.verify)}`,
  ].join('\\\n');
}

const paragraph = (text: string) => `\n${text}`;

/** A code that was found at several targets, told once with its targets. */
export function codeBlocks(found: FoundCode, view: View, detail: FindingDetail): string[] {
  const { sightings, status, title, code } = found;
  const [{ finding }] = sightings;
  const seen = firstOf(
    sightings,
    detail.sightings,
    (one) => seenAt(one, found),
    (more) => `- ${more}`,
  ).join('\n');
  return [
    `### ${ICONS[status]} ${faultsOf(found)}: ${title} ([${markdownCode(code)}](${finding.docs}), ${markdown(formatCounts(found))})`,
    [
      ...(finding.message === view.report.message ? [] : [`**What happened:** ${markdown(finding.message)}`]),
      `**Why it matters:** ${markdown(finding.impact)}`,
    ].join('\\\n'),
    sightings.length > UNFOLDED ? details(`What was seen, at ${countTargets(found.targets)}`, [seen]) : seen,
    ...explanationBlocks(found, view, detail),
  ];
}

/** What was seen at a target, which has a status of its own or is ignored. */
function seenAt({ target: { target }, finding }: Sighting, { status }: FoundCode): string {
  const own = [
    ...(finding.status === status ? [] : [finding.status]),
    ...(finding.ignored ? [markdown(formatIgnored(finding))] : []),
  ];
  const words = own.length === 0 ? '' : ` (${own.join(', ')})`;
  return `- ${markdownCode(target.label)}${words}: ${markdownCode(finding.evidence)}`;
}

function explanationBlocks({ explanations }: FoundCode, view: View, detail: FindingDetail): string[] {
  const [first, ...others] = explanations;
  const told = detail.help < MOST_LINES ? [] : others.slice(0, MOST_EXPLANATIONS - 1);
  const left = others.slice(told.length).flatMap(({ sightings }) => sightings);
  return [
    ...helpBlocks(first.sightings[0].finding, view, detail),
    ...told.map(({ sightings }) =>
      details(
        `What else may help at ${markdownCode(namesOf(sightings))}`,
        helpBlocks(sightings[0].finding, view, detail),
      ),
    ),
    ...(left.length === 0 || detail.help === 0
      ? []
      : [`Something else may help at ${markdownCode(namesOf(left))}: see the JSON report.`]),
  ];
}

function remedyBlock(remedy: Remedy): string {
  const { text, commands } = remedy;
  const name = placeName(remedy);
  const sentence = `- ${name === '' ? '' : `**${name}:** `}${markdown(text)}`;
  if (commands.length === 0) return sentence;
  return `${sentence}\n${markdownBlock(commands, 'sh').replace(/^/gm, '  ')}`;
}

/** The conversations of several targets in one fold, or of the only one. */
export function conversationBlocks(targets: readonly ReportTarget[]): string[] {
  const spoken = targets.filter(({ transcript }) => transcript.length > 0);
  if (spoken.length === 0) return [];
  if (targets.length === 1)
    return [
      details(
        'The conversation',
        spoken.map((one) => markdownPre(transcriptLines(one))),
      ),
    ];
  const each = spoken.map((one) => markdownPre([one.target.label, ...transcriptLines(one)]));
  return [details(`The conversations with ${countTargets(spoken.length)}`, each)];
}

function transcriptLines({ transcript }: ReportTarget): string[] {
  const shown = transcript.slice(0, TRANSCRIPT_LINES);
  const lines = shown.map(
    ({ from, atMs, text }) => `${String(atMs).padStart(6)} ms  ${from === 'client' ? '→' : '←'} ${text}`,
  );
  const left = transcript.length - shown.length;
  return left > 0 ? [...lines, `… ${left} more lines are in the JSON report`] : lines;
}

/** The first of a list that may be long, and how many there are besides. */
export function firstOf<T>(
  all: readonly T[],
  most: number,
  show: (one: T, i: number) => string,
  last: (more: string) => string,
): string[] {
  const left = all.length - most;
  return [...all.slice(0, most).map(show), ...(left > 0 ? [last(`… and ${left} more in the JSON report`)] : [])];
}

/** What is folded until somebody asks for it. */
export function details(title: string, blocks: readonly string[]): string {
  return `<details><summary>${title}</summary>\n\n${blocks.join('\n\n')}\n\n</details>`;
}
