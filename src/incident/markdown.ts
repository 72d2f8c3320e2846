import { markdown, markdownBlock, markdownCode } from '../report/escape/markdown.ts';
import { plain } from '../report/escape/plain.ts';
import { blamed, blamedMessage, formatFaults } from '../report/fault.ts';
import { formatNames } from '../report/matrix.ts';
import type { Report, ReportFinding } from '../report/report.ts';
import { PROJECT } from '../shared/project.ts';
import type { Failing } from './outage.ts';
import { hidden, type Known, type State, wordOf } from './state.ts';

/** GitHub refuses a longer body (65,536 characters); some room is left for how it counts. */
const LONGEST_BODY = 60_000;
const LONGEST_TITLE = 200;
const FIRST_REMEDIES = 3;

/** What a body is written from. */
export interface Page {
  readonly identity: string;
  readonly state: State;
  readonly report: Report;
  readonly failing: readonly Failing[];
  readonly workflow: string;
  readonly job: string;
}

/** An issue's title: which server, and why. It says nothing of what the server said. */
export function titleOf(failing: readonly Failing[], { totals }: Report): string {
  const servers = failing.filter((one) => !isMissing(one));
  const [first] = failing;
  const codes = first?.codes.join(', ');
  const besides = servers.length < failing.length ? ', and reports are missing' : '';
  const fault = formatFaults(failing.flatMap(decisive));
  let title = `smtp-gate: ${fault}: ${servers.length} of ${totals.targets} mail servers fail${besides}`;
  if (servers.length === 0) title = `smtp-gate: ${fault}: ${first?.label} (${codes})`;
  else if (failing.length === 1) title = `smtp-gate: ${fault}: ${first?.label} fails${sayFrom(first)} (${codes})`;
  // A title is no Markdown, but GitHub takes backticks and mentions in it for what they are elsewhere.
  return plain(
    title
      .replaceAll('`', '')
      .replace(/(?<=\w)@(?=\w)/g, ' at ')
      .replaceAll('@', ''),
    LONGEST_TITLE,
  );
}

/** The finding that makes a target fail. */
function decisive({ codes, target }: Failing): ReportFinding[] {
  return target.findings.filter(({ code, ignored }) => !ignored && codes.includes(code)).slice(0, 1);
}

function isMissing({ codes }: Failing): boolean {
  return codes.includes('report-missing');
}

/** The body of an open incident; what does not fit is left out, and what it remembers always fits. */
export function bodyOf(page: Page): string {
  const tail = `\n\n${hidden(page.identity, page.state)}\n`;
  for (const [rows, remedies, changes] of [
    [100, FIRST_REMEDIES, true],
    [30, FIRST_REMEDIES, true],
    [10, 1, false],
    [10, 0, false],
  ] as const) {
    const text = openText(page, { rows, remedies, changes });
    if (text.length + tail.length <= LONGEST_BODY) return text + tail;
  }
  return (
    harmless(`The gate fails: ${page.failing.length} targets. [The run](${page.report.run?.url}) tells more.`) + tail
  );
}

function openText(
  { identity, state, report, failing, workflow, job }: Page,
  detail: { rows: number; remedies: number; changes: boolean },
): string {
  const latest = state.changes.at(-1)?.run ?? state.firstRun;
  const deciding = failing.find(({ target }) => target.message === report.message) ?? failing[0];
  const [finding] = deciding ? decisive(deciding) : [];
  return harmless(
    [
      `### ❌ ${markdown(blamedMessage(report))}`,
      `Failing since **${sayTime(state.since)}**. ${links([
        ['First failing run', state.firstRun],
        ['latest run that changed something', latest],
      ])}`,
      table(failing, state.failing, detail.rows),
      ...(finding && detail.remedies > 0 ? whatToDo(finding, report, detail.remedies) : []),
      ...(detail.changes ? history(state) : []),
      `_Kept by ${PROJECT.name} (incident ${markdownCode(wordOf(identity))}) in the workflow ${markdown(workflow)}, job ${markdown(job)}: updated when something changes, closed when the gate passes._`,
    ].join('\n\n'),
  );
}

/** From where a target fails, as a merge knows it. */
function sayFrom(failing: Failing | undefined): string {
  return failing === undefined || failing.from.length === 0 ? '' : ` from ${formatNames(failing.from)}`;
}

function table(failing: readonly Failing[], known: readonly Known[], most: number): string {
  const since = new Map(known.map((one) => [one.label, one.since]));
  const groups = alike(failing);
  const isMerge = failing.some(({ from }) => from.length > 0);
  const rows = groups.slice(0, most).map(([first, ...others]) => {
    const { label, codes, target, from } = first;
    const start = since.get(label);
    return [
      [first, ...others]
        .slice(0, MOST_NAMED)
        .map((one) => markdownCode(one.label))
        .join(' ') + sayMore(others.length + 1 - MOST_NAMED),
      ...(isMerge ? [markdown(formatNames(from))] : []),
      start === undefined ? '–' : sayTime(start),
      codes.map((name) => markdownCode(name)).join(' '),
      markdown(blamed(target.message, decisive(first))),
    ];
  });
  const left = groups.slice(most).reduce((sum, group) => sum + group.length, 0);
  const head = ['Failing target', ...(isMerge ? ['From'] : []), 'Since', 'Code', 'What happened'];
  const text = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return left > 0 ? `${text}\n\n… and ${left} more, in the run’s own report.` : text;
}

function sayMore(left: number): string {
  return left > 0 ? ` and ${left} more` : '';
}

/** Of a merge, the targets that fail from the same places with the same codes, together; otherwise each for itself. */
function alike(failing: readonly Failing[]): [Failing, ...Failing[]][] {
  const groups = new Map<string, [Failing, ...Failing[]]>();
  for (const one of failing) {
    const key = JSON.stringify(one.from.length > 0 ? [one.from, one.codes] : one.label);
    const known = groups.get(key);
    if (known) known.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function whatToDo({ code, causes, remedies, verify, docs }: ReportFinding, report: Report, most: number): string[] {
  // They stand in the order of the place where the gate ran.
  const first = remedies.slice(0, most);
  return [
    '#### What to do first',
    ...(causes[0] === undefined ? [] : [`**Likely cause:** ${markdown(causes[0])}`]),
    ...first.map(({ text, commands }) =>
      [`- ${markdown(text)}`, ...(commands.length === 0 ? [] : [indented(commands)])].join('\n\n'),
    ),
    `**To check the fix**\n\n${markdownBlock([verify], 'sh')}`,
    `More: ${link(code, docs)}${report.run ? ` · ${link('the run', report.run.url)}` : ''}`,
  ];
}

function indented(commands: readonly string[]): string {
  return markdownBlock(commands, 'sh').replace(/^/gm, '  ');
}

function history({ changes }: State): string[] {
  if (changes.length < 2) return [];
  const rows = changes.map(({ at, run, text }) => `| ${sayTime(at)} | ${text} | ${link('run', run)} |`);
  const lines = ['| When | What | |', '| --- | --- | --- |', ...rows].join('\n');
  return [`<details><summary>What changed</summary>\n\n${lines}\n\n</details>`];
}

/** The body of an incident that is over; it keeps what it remembers, for it may begin again. */
export function closedBody({ identity, state, run }: { identity: string; state: State; run: string }): string {
  const text = [
    '### ✅ The gate passes again',
    `It failed from **${sayTime(state.since)}**. ${links([
      ['First failing run', state.firstRun],
      ['run that passed', run],
    ])}`,
    ...history(state),
  ].join('\n\n');
  return `${harmless(text)}\n\n${hidden(identity, state)}\n`;
}

export function recoveredComment(since: string, now: Date, run: string): string {
  const took = sayDuration(now.getTime() - Date.parse(since));
  return `✅ Recovered: the gate passes again. It had failed since ${sayTime(since)}, for ${took}. ${links([['The run', run]])}`;
}

export function reopenedComment(report: Report, run: string): string {
  const message = blamedMessage(report);
  return harmless(`❌ The gate fails again: ${markdown(message)}\n\n${links([['The run', run]])}`);
}

export function duplicateComment(original: number): string {
  return `Another run opened #${original} for the same gate first: it is kept there.`;
}

/** The body of an issue that two runs opened at once; without our comment, so that no run takes it for the incident. */
export function duplicateBody(original: number): string {
  return `A duplicate of #${original}, where the incident is kept.`;
}

/**
 * What is different between the failing targets that were remembered and those that fail now, in a sentence of GitHub
 * Flavored Markdown. Of a target that there was no room for, nobody knows whether it has joined: then it is how many.
 */
export function sayChange(before: Pick<State, 'failing' | 'others'>, failing: readonly Failing[]): string {
  const known = new Map(before.failing.map(({ label, codes }) => [label, codes]));
  const still = new Set(failing.map(({ label }) => label));
  const unknown = failing.filter(({ label }) => !known.has(label));
  const joined = before.others === 0 ? unknown.map(sayFailing) : [];
  const total = before.failing.length + before.others;
  const counted = before.others > 0 && total !== failing.length ? `${total} → ${failing.length} failing targets` : '';
  const recovered = before.failing.filter(({ label }) => !still.has(label)).map(({ label }) => markdownCode(label));
  const other = failing
    .filter(({ label, codes }) => known.has(label) && known.get(label)?.join() !== codes.join())
    .map((one) => `${(known.get(one.label) ?? []).map((code) => markdownCode(code)).join(', ')} → ${sayFailing(one)}`);
  const lists = [list('joined', joined), list('recovered', recovered), list('another code', other)];
  const parts = [counted, ...lists].filter(Boolean);
  return parts.join('; ') || 'the failing targets changed';
}

export function sayFailing({ label, codes }: Pick<Failing, 'label' | 'codes'>): string {
  return `${markdownCode(label)} (${codes.map((code) => markdownCode(code)).join(', ')})`;
}

const MOST_NAMED = 5;
/** In characters; names of hosts may be long. */
const LONGEST_LIST = 600;

export function list(name: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  let length = 0;
  const fits = (item: string, i: number) => {
    length += item.length;
    return i === 0 || (i < MOST_NAMED && length <= LONGEST_LIST);
  };
  const named = items.filter(fits);
  const more = items.length > named.length ? ` and ${items.length - named.length} more` : '';
  return `${name}: ${named.join(', ')}${more}`;
}

/** A link, where the URL is one that can stand in a link. */
function link(text: string, url: string): string {
  return isLinkable(url) ? `[${markdown(text)}](${url})` : markdown(text);
}

function isLinkable(url: string): boolean {
  return /^https?:\/\/[^\s()<>[\]"]+$/.test(url);
}

/** An issue by its number, as a link where its URL can stand in one. */
export function issueLink({ number, url }: { readonly number: number; readonly url: string }): string {
  return isLinkable(url) ? `[#${number}](${url})` : `#${number}`;
}

function links(all: readonly (readonly [string, string])[]): string {
  return all
    .filter(([, url], i) => url !== '' && all.findIndex(([, other]) => other === url) === i)
    .map(([text, url]) => link(text, url))
    .join(' · ');
}

/** Nothing in a text of ours begins an HTML comment, wherever it comes from: those are for what a body remembers. */
function harmless(text: string): string {
  return text.replaceAll('<!--', '<\u200b!--');
}

/** `2026-01-31 14:05 UTC`. */
export function sayTime(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `45 s`, `12 min`, `3 h 5 min`, `2 d 4 h`. */
export function sayDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
}
