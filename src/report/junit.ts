import type { Code } from '../model/codes.ts';
import { type XmlElement, xmlDocument, xmlText } from './escape/xml.ts';
import { blamed, decidingOf, formatFault } from './fault.ts';
import type { Report, ReportFinding, ReportTarget } from './report.ts';
import { isFailure } from './severity.ts';
import { countKinds, formatIgnored, formatTls, remediesFor, remedyLines, type View } from './view.ts';

/** Codes of what went wrong before or outside of a check, which JUnit calls an error rather than a failure. */
const ERRORS: ReadonlySet<Code> = new Set(['input-invalid', 'probe-crashed']);

/** One test case: what becomes of it, and its element, which is made when it is written. */
interface Case {
  readonly outcome: 'passed' | 'skipped' | 'failure' | 'error';
  readonly element: () => XmlElement;
}

/**
 * The report as JUnit XML, in the form that Surefire writes and Jenkins reads: one suite, one case a target. A case
 * fails when one of its findings does (see `isFailure`); all that does not fail is in its output. It comes in parts.
 */
export function junit(view: View): Iterable<string> {
  const { report } = view;
  const suites = suitesOf(view);
  return xmlDocument('testsuites', {
    '@name': 'smtp-gate',
    ...countsOf(suites.flatMap(({ cases }) => cases)),
    '@time': seconds(report.durationMs),
    testsuite: suites.map((suite, id) => suiteElement(suite, id, view)),
  });
}

/** The cases of one place that was looked from; of the gate itself where there are no others. */
interface Suite {
  readonly name: string;
  readonly targets: readonly ReportTarget[];
  readonly cases: readonly Case[];
}

/** One suite, or one for each vantage point and one for what was found about none of them. */
function suitesOf(view: View): Suite[] {
  const { targets, legs, findings } = view.report;
  const suite = (name: string, some: readonly ReportTarget[]) => ({
    name,
    targets: some,
    cases: some.map((target) => targetCase(target, view)),
  });
  if (!legs)
    return [
      targets.length === 0 ? { name: 'smtp-gate', targets, cases: [gateCase(view)] } : suite('smtp-gate', targets),
    ];
  const places = [...new Set(targets.map(({ vantage }) => vantage))];
  const each = places.map((place) =>
    suite(
      place,
      targets.filter(({ vantage }) => vantage === place),
    ),
  );
  return findings.length === 0 && each.length > 0
    ? each
    : [...each, { name: 'smtp-gate', targets: [], cases: [gateCase(view)] }];
}

function countsOf(cases: readonly Case[]) {
  const count = (outcome: Case['outcome']) => cases.filter((one) => one.outcome === outcome).length;
  return { '@tests': cases.length, '@failures': count('failure'), '@errors': count('error') };
}

function suiteElement({ name, targets, cases }: Suite, id: number, view: View): XmlElement {
  const { report } = view;
  return {
    '@id': id,
    '@package': 'smtp-gate',
    '@name': xmlText([name]),
    ...countsOf(cases),
    '@skipped': cases.filter(({ outcome }) => outcome === 'skipped').length,
    '@time': seconds(report.durationMs),
    // XML Schema's dateTime, without fraction and zone, as the schema wants it; it is UTC.
    '@timestamp': report.startedAt.slice(0, 19),
    '@hostname': xmlText([view.hostname || 'localhost']),
    properties: { property: properties(view, targets) },
    testcase: made(cases),
    'system-out': { '#text': xmlText([`${report.status}: ${report.message}`, ...report.notes]) },
  };
}

function made(cases: readonly Case[]): Iterable<XmlElement> {
  return {
    *[Symbol.iterator]() {
      for (const { element } of cases) yield element();
    },
  };
}

function properties(view: View, targets: readonly ReportTarget[]): XmlElement[] {
  const { checkId, status, code, fault, runner, run, notes } = view.report;
  const where = [
    runner.environment,
    runner.os,
    ...(runner.container ? ['container'] : []),
    ...(runner.kubernetes ? ['Kubernetes'] : []),
  ].join(', ');
  const several = targets.length > 1;
  const all: (readonly [string, string])[] = [
    ['checkId', checkId],
    ['status', status],
    ['code', code],
    ['fault', fault],
    ['runner', where],
    ...(run === null
      ? []
      : ([
          ['run.url', run.url],
          ['run.repository', run.repository],
          ['run.ref', run.ref],
          ['run.sha', run.sha],
        ] as const)),
    ...(view.quorum === null ? [] : [['quorum', sayQuorum(view)] as const]),
    ...notes.map((note, i) => [`note.${i + 1}`, note] as const),
    ...targets.flatMap((one) => {
      const { target, address, tls } = one;
      const of = several ? `.${target.label}` : '';
      return [
        ...(several ? decidingOf(one).map((found) => [`fault${of}`, found.fault] as const) : []),
        ...(address === null ? [] : [[`address${of}`, address] as const]),
        ...(tls === null ? [] : [[`tls${of}`, formatTls(tls)] as const]),
      ];
    }),
  ];
  return all.map(([name, value]) => ({ '@name': xmlText([name]), '@value': xmlText([value]) }));
}

function sayQuorum({ quorum }: View): string {
  return `${quorum?.held ?? 0} hold, ${quorum?.needed ?? 0} needed`;
}

function targetCase(target: ReportTarget, view: View): Case {
  const { host, label } = target.target;
  const attributes = () => ({
    '@classname': xmlText([`smtp-gate.${host}`]),
    '@name': xmlText([label]),
    '@time': seconds(target.durationMs),
  });
  return testCase(target, attributes, view);
}

/** The case of a gate that has probed nothing. */
function gateCase(view: View): Case {
  const { report } = view;
  const attributes = () => ({ '@classname': 'smtp-gate', '@name': 'gate', '@time': seconds(report.durationMs) });
  if (report.status !== 'skip') return testCase(report, attributes, view);
  return {
    outcome: 'skipped',
    element: () => ({ ...attributes(), skipped: { '@message': xmlText([report.message]) } }),
  };
}

function testCase(about: ReportTarget | Report, attributes: () => XmlElement, view: View): Case {
  const { findings, code, message } = about;
  const at = 'target' in about ? about : undefined;
  const fails = ({ status, ignored }: ReportFinding) => !ignored && isFailure(status, view.report, view.failOn, at);
  const failures = findings.filter(fails);
  const others = findings.filter((finding) => !fails(finding));
  const outcome =
    failures.length === 0 ? 'passed' : failures.some((finding) => ERRORS.has(finding.code)) ? 'error' : 'failure';
  const element = () => {
    const problem = {
      '@type': code,
      '@message': xmlText([blamed(message, decidingOf(about))]),
      '#text': xmlText(blocks(failures, view)),
    };
    const output = [
      ...(outcome === 'passed' ? [message] : []),
      ...('target' in about ? facts(about, outcome, view) : []),
      ...(others.length === 0 ? [] : ['', ...blocks(others, view)]),
    ];
    return {
      ...attributes(),
      ...(outcome === 'passed' ? {} : { [outcome]: problem }),
      ...(output.length === 0 ? {} : { 'system-out': { '#text': xmlText(output) } }),
    };
  };
  return { outcome, element };
}

/** What was seen of a target, and why it does not fail although it cannot be used. */
function facts(
  { status, address, banner, latencyMs, tls }: ReportTarget,
  outcome: Case['outcome'],
  view: View,
): string[] {
  return [
    ...(status === 'fail' && outcome === 'passed'
      ? [`Not counted as a failure: the quorum is met${view.quorum ? ` (${sayQuorum(view)})` : ''}.`]
      : []),
    ...(address === null ? [] : [`Address: ${address}`]),
    ...(banner === null ? [] : [`Greeting: ${banner}`]),
    ...(latencyMs === null ? [] : [`Time to greeting: ${latencyMs} ms`]),
    ...(tls === null ? [] : [`TLS: ${formatTls(tls)}`]),
  ];
}

function blocks(findings: readonly ReportFinding[], view: View): string[] {
  return findings.flatMap((finding, i) => [...(i > 0 ? [''] : []), ...findingLines(finding, view)]);
}

function findingLines(finding: ReportFinding, { place }: View): string[] {
  const { code, status, title, message, impact, evidence, causes, verify, docs } = finding;
  const { here, elsewhere } = remediesFor(finding, place);
  return [
    `${status}: ${formatFault(finding)}: ${title} (${code}${formatIgnored(finding, ', ')})`,
    message,
    `Seen: ${evidence}`,
    `Why it matters: ${impact}`,
    'Likely causes:',
    ...causes.map((cause, i) => `  ${i + 1}. ${cause}`),
    'What to do:',
    ...here.flatMap((remedy) => remedyLines(remedy, '-').map((line) => `  ${line}`)),
    ...(elsewhere.length === 0 ? [] : [`  (for ${countKinds(elsewhere)}: see the documentation)`]),
    'To check the fix:',
    `  $ ${verify}`,
    `Documentation: ${docs}`,
  ];
}

/** Milliseconds as the schema wants time: seconds, with a dot and three places. */
function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
