import type { Report } from '../report/report.ts';

/** Every output of the action, in the order of the documentation, with what it means. */
export const OUTPUTS = {
  status: "`pass`, `info`, `warn`, `fail` or `skip`: the worst target's, after `ignore`.",
  reachable: '`true` when every target accepted a TCP connection, `false` when one did not; empty when none was tried.',
  code: "The deciding finding's code; empty on pass.",
  codes: 'All codes found, one a line.',
  message: 'One sentence a person can act on.',
  banner: 'The greeting, made safe, first 512 characters (of the first target).',
  address: 'The address that answered (of the first target).',
  'latency-ms': 'Connect to greeting, whole milliseconds (of the first target).',
  'tls-protocol': 'The TLS version, such as `TLSv1.3`; empty where TLS was not used.',
  'certificate-expires-at': 'When the first certificate of the chain expires (ISO 8601); empty where TLS was not used.',
  'certificate-days-left': 'Whole days until then; empty where TLS was not used.',
  total: 'How many targets were probed.',
  passed: 'How many did not fail.',
  failed: 'How many failed.',
  'incident-url': 'The incident issue; empty when there is none.',
  'incident-state': '`none`, `opened`, `updated`, `unchanged` or `closed`.',
  report: 'Path of the JSON report.',
} as const;

export type OutputName = keyof typeof OUTPUTS;
export type OutputValues = Readonly<Record<OutputName, string>>;

/**
 * What the outputs say before any work. A step that is killed leaves these behind, and they must not look like a
 * verdict on the server, nor like a pass.
 */
export const INITIAL_OUTPUTS: OutputValues = {
  status: 'fail',
  reachable: '',
  code: 'probe-crashed',
  codes: 'probe-crashed',
  message: 'The step was ended before it had a verdict.',
  banner: '',
  address: '',
  'latency-ms': '',
  'tls-protocol': '',
  'certificate-expires-at': '',
  'certificate-days-left': '',
  total: '0',
  passed: '0',
  failed: '0',
  'incident-url': '',
  'incident-state': 'none',
  report: '',
};

export function outputValues(report: Report, path: string): OutputValues {
  const [first] = report.targets;
  const codes = [...report.targets.flatMap(({ findings }) => findings), ...report.findings].map(({ code }) => code);
  const { targets, fail, skip } = report.totals;
  return {
    ...INITIAL_OUTPUTS,
    status: report.status,
    reachable: reachable(report),
    code: report.code,
    codes: [...new Set(codes)].join('\n'),
    message: report.message,
    banner: first?.banner ?? '',
    address: first?.address ?? '',
    'latency-ms': first?.latencyMs == null ? '' : String(first.latencyMs),
    'tls-protocol': first?.tls?.protocol ?? '',
    'certificate-expires-at': first?.tls?.validTo ?? '',
    'certificate-days-left': first?.tls?.daysLeft != null ? String(first.tls.daysLeft) : '',
    total: String(targets),
    passed: String(targets - fail - skip),
    failed: String(fail),
    report: path,
  };
}

function reachable({ targets }: Report): string {
  if (targets.some((t) => t.reachable === false)) return 'false';
  return targets.length > 0 && targets.every((t) => t.reachable) ? 'true' : '';
}
