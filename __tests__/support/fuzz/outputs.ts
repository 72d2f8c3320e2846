import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { annotate } from '../../../src/action/annotations.ts';
import { outputValues } from '../../../src/action/outputs.ts';
import { terminalStyle } from '../../../src/cli/terminal.ts';
import { buildReport } from '../../../src/report/build.ts';
import { htmlReport } from '../../../src/report/html/page.ts';
import { jsonText } from '../../../src/report/json.ts';
import { junit } from '../../../src/report/junit.ts';
import type { Report } from '../../../src/report/report.ts';
import { summary } from '../../../src/report/summary.ts';
import { account } from '../../../src/report/text.ts';
import { surroundings, viewed } from '../reports.ts';
import type { Run } from './run.ts';
import { ECHOES, USER } from './script.ts';

/** How much of what is written about a run is read again: nothing, the messages, or every format. */
export type Written = 'nothing' | 'messages' | 'all';

const CONTROLS = /[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/** What is unsafe, or says nothing, in what is written about a run. */
export async function outputFaults(run: Run, written: Written): Promise<string[]> {
  if (written === 'nothing') return [];
  const report = await buildReport(run.result, surroundings());
  const found = [...messageFaults(run, report), ...secretFaults('the report', textsIn(report), needles(run))];
  return written === 'all' ? [...found, ...formatFaults(run, report)] : found;
}

function messageFaults(run: Run, report: Report): string[] {
  const said = run.connections.flatMap(({ events }) => events.map((e) => (e.kind === 'bytes' ? e.text : ''))).join('');
  const findings = [...report.findings, ...report.targets.flatMap((target) => target.findings)];
  const messages = [
    report.message,
    ...report.targets.map(({ message }) => message),
    ...findings.map((one) => one.message),
  ];
  return messages.flatMap((message) => [
    ...(message.trim() === '' ? ['a message is empty'] : []),
    ...(CONTROLS.test(message) || message.includes('\n')
      ? [`a message has a control character: ${JSON.stringify(message)}`]
      : []),
    ...(isEmptyQuotation(message, run.isProxied ? '"' : said) ? [`a message quotes nothing: ${message}`] : []),
    ...(/\bundefined\b|\[object |\bNaN\b/.test(message) ? [`a message is not finished: ${message}`] : []),
  ]);
}

/** A quotation of nothing; what a server says may hold quotation marks, and look like one. */
function isEmptyQuotation(message: string, said: string): boolean {
  const text = message.replaceAll('\\"', '');
  return said.includes('"') ? /with ""(?!")|\(""\)/.test(text) : /""|“”|‘’/.test(text);
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64').replace(/=+$/, '');

/** What must be found nowhere: the secret in every form that a server may have repeated, and what was made of it. */
function needles({ asked, connections, secret, proxied }: Run): string[] {
  if (!asked.login && proxied.length === 0) return [];
  const echoes = Object.entries(ECHOES).filter(([name]) => name !== 'line' && name !== 'decoded');
  const forms = asked.login ? [secret, ...echoes.map(([, form]) => form(secret, '').replace(/=+$/, ''))] : [];
  const sent = connections.flatMap(({ events }) =>
    events.flatMap((event) => {
      if (event.kind !== 'command') return [];
      const [verb, mechanism = '', initial] = event.line.split(' ');
      // What the server takes for a part of the login is one only if it is base64: behind a reply too many, it is a command.
      if (event.sasl) return /^[\w+/]+=*$/.test(event.line) ? [event.line] : [];
      return verb === 'AUTH' && initial !== undefined && !mechanism.startsWith('SCRAM') ? [initial] : [];
    }),
  );
  const made = sent
    .map((line) => line.replace(/=+$/, ''))
    .filter((line) => line.length > 8 && line !== base64(USER))
    .flatMap((line) => {
      const decoded = Buffer.from(line, 'base64').toString('latin1');
      const proof = /,p=(.+?)=*$/.exec(decoded)?.[1];
      const digest = /^\S+ ([\da-f]{32})$/.exec(decoded)?.[1];
      return [line, ...[proof, digest].filter((one) => one !== undefined)];
    });
  return [...new Set([...forms, ...made, ...proxied])];
}

function secretFaults(where: string, texts: readonly string[], secrets: readonly string[]): string[] {
  const all = texts.join('\n');
  return secrets.filter((one) => all.includes(one)).map((one) => `${where} shows ${JSON.stringify(one)}`);
}

function formatFaults(run: Run, report: Report): string[] {
  const secrets = needles(run);
  const view = viewed(report, { place: 'github-hosted' });
  const log = account(view);
  const style = terminalStyle({ isTTY: true, columns: 100 }, { FORCE_COLOR: '1', TERM: 'xterm' });
  const coloured = account(view, style);
  const page = htmlReport(view);
  const xml = [...junit(view)].join('');
  const markdown = summary(view);
  const annotations = annotated(report);
  const outputs = textsIn(outputValues(report, '/tmp/report.json'));
  return [
    ...secretFaults('the log', log, secrets),
    ...secretFaults('the summary', [markdown, seen(rendered(markdown)).text], secrets),
    ...secretFaults('the page', [page, pageText(page)], secrets),
    ...secretFaults('JUnit', [xml, ...textsIn(new XMLParser({ ignoreAttributes: false }).parse(xml))], secrets),
    ...secretFaults('an annotation', annotations, secrets),
    ...secretFaults('the outputs', outputs, secrets),
    ...jsonFaults(report),
    ...logFaults(log),
    ...terminalFaults(coloured),
    ...pageFaults(page),
    ...xmlFaults(xml),
    ...summaryFaults(markdown),
    ...annotationFaults(annotations),
  ];
}

function jsonFaults(report: Report): string[] {
  const text = jsonText(report);
  const whole = typeof text === 'string' ? text : [...text].join('');
  const controls = textsIn(JSON.parse(whole)).filter((one) => CONTROLS.test(one));
  return controls.map((one) => `the report has a control character: ${JSON.stringify(one)}`);
}

const COMMAND = /^\s*::[a-z]/i;

function logFaults(lines: readonly string[]): string[] {
  return lines
    .flatMap((line) => line.split(/\r|\n/))
    .filter((line) => COMMAND.test(line) || line.includes('##[') || CONTROLS.test(line))
    .map((line) => `a line of the log is a command: ${JSON.stringify(line)}`);
}

function terminalFaults(lines: readonly string[]): string[] {
  return (
    lines
      // biome-ignore lint/complexity/useRegexLiterals: the escape is easier to see so.
      .map((line) => line.replace(new RegExp('\\x1b\\[\\d+m', 'g'), ''))
      .filter((line) => CONTROLS.test(line))
      .map((line) => `a line of the terminal has a control character: ${JSON.stringify(line)}`)
  );
}

/** What annotations write to standard output. */
function annotated(report: Report): string[] {
  const { stdout } = process;
  const write = stdout.write;
  const lines: string[] = [];
  stdout.write = ((chunk: unknown) => lines.push(String(chunk)) > 0) as typeof write;
  try {
    annotate(viewed(report), { path: '/tmp/report.json', warnings: 0 });
  } finally {
    stdout.write = write;
  }
  return lines.join('').split('\n').filter(Boolean);
}

function annotationFaults(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !/^::(?:error|warning|notice) title=[a-z, -]+::./.test(line) || line.includes('\r'))
    .map((line) => `an annotation is none: ${JSON.stringify(line)}`);
}

const rendered = (markdown: string) =>
  micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

function seen(html: string): { elements: Element[]; text: string } {
  return walked(parseFragment(html));
}

function walked(root: Node): { elements: Element[]; text: string } {
  const elements: Element[] = [];
  let text = '';
  const walk = (node: Node) => {
    if ('value' in node) text += node.value;
    if ('tagName' in node) {
      elements.push(node);
      for (const { value } of node.attrs) text += `\n${value}`;
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return { elements, text };
}

const pageText = (page: string) => walked(parse(page)).text;

function elementFaults(where: string, elements: readonly Element[], scripts: number): string[] {
  const running = elements.filter(({ tagName }) => /^(?:script|style|iframe|object|embed|base|img)$/.test(tagName));
  const attributes = elements.flatMap(({ attrs }) => attrs);
  const odd = attributes.filter(
    ({ name, value }) =>
      /^on/.test(name) || (/^(?:href|src|action)$/.test(name) && !/^(?:https:\/\/github\.com\/|#)/.test(value)),
  );
  return [
    ...(running.length > scripts ? [`${where} has ${running.map(({ tagName }) => tagName).join(', ')}`] : []),
    ...odd.map(({ name, value }) => `${where} has ${name}=${JSON.stringify(value)}`),
  ];
}

const pageFaults = (page: string) => elementFaults('the page', walked(parse(page)).elements, 2);

function summaryFaults(markdown: string): string[] {
  const { elements, text } = seen(rendered(markdown));
  return [
    ...elementFaults('the summary', elements, 0),
    ...(CONTROLS.test(text) ? ['the summary has a control character'] : []),
  ];
}

function xmlFaults(xml: string): string[] {
  const valid = XMLValidator.validate(xml);
  const odd = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  return [
    ...(valid === true ? [] : [`JUnit is no XML: ${valid.err.msg}`]),
    ...(odd ? [`JUnit has U+${odd[0].codePointAt(0)?.toString(16)}`] : []),
  ];
}
