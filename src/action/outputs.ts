import type { Report } from '../report/report.ts';

/** Every output of the action, in the order of the documentation, with what it means. */
export const OUTPUTS = {
  status: '`pass`, `info`, `warn`, `fail` or `skip`: the worst status of all targets, after `ignore` and `quorum`.',
  reachable: '`true` if every target accepted a TCP connection, `false` if one did not, empty if none was tried.',
  code: 'Code of the finding that decided the verdict; empty on pass.',
  codes: 'Codes of all findings, one per line.',
  fault:
    'Who has to solve it: `settings`, `credentials`, `address`, `dns`, `runner`, `network`, `proxy`, `server` or `smtp-gate`; empty on pass.',
  message: 'One sentence that says what is wrong and what to do.',
  banner: 'Greeting of the first target: its first 512 characters, with invisible characters escaped.',
  address: 'Address that answered (first target).',
  'latency-ms': 'Time from connecting to the greeting in whole milliseconds (first target).',
  'tls-protocol': 'TLS version, such as `TLSv1.3`; empty if TLS was not used (first target).',
  'certificate-expires-at':
    'Earliest expiry date in the certificate chain (ISO 8601); empty if TLS was not used (first target).',
  'certificate-days-left': 'Whole days until that date; empty if TLS was not used (first target).',
  total: 'Number of targets.',
  passed: 'Number of targets that did not fail and were not skipped.',
  failed: 'Number of targets that failed.',
  'incident-url': 'URL of the incident issue; empty if there is none.',
  'incident-state': 'What happened to the incident issue: `none`, `opened`, `updated`, `unchanged` or `closed`.',
  report: 'Path of the JSON report; empty if it could not be written.',
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
  fault: 'smtp-gate',
  message: 'The step ended before it had a verdict.',
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
    fault: report.fault,
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
