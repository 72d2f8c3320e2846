import type { Place } from '../../src/diagnosis/catalogue/entry.ts';
import { crash, refuse } from '../../src/gate/gate.ts';
import { setApart } from '../../src/inputs/target-labels.ts';
import { buildReport, type Surroundings } from '../../src/report/build.ts';
import type { Report } from '../../src/report/report.ts';
import { type Circumstances, type View, viewOf } from '../../src/report/view.ts';
import { FakeClock } from './clock.ts';
import { type Attempt, each, fine, gate, inTurn, refused } from './gate.ts';
import { failed, line, trendFrom } from './history.ts';
import { records, withPolicy } from './mail-domain.ts';
import {
  certificate,
  certified,
  daysOn,
  ended,
  garbled,
  greeted,
  intermediate,
  loggedIn,
  observation,
  proxySeen,
  reply,
  secured,
  unconnected,
  unproxied,
  unresolved,
} from './observation.ts';

/** A runner at GitHub, and a run there. */
export function surroundings(over: Partial<Surroundings> = {}): Surroundings {
  return {
    runner: { environment: 'github-hosted', os: 'Linux', container: false, kubernetes: false },
    vantage: 'runner',
    run: {
      repository: 'octo/release',
      workflow: 'Release',
      runId: '42',
      attempt: 1,
      sha: '0123456789012345678901234567890123456789',
      ref: 'refs/heads/main',
      event: 'push',
      url: 'https://github.com/octo/release/actions/runs/42',
    },
    place: 'github-hosted' satisfies Place,
    docs: (code) => `https://github.com/octo/smtp-gate/blob/v1/docs/codes.md#${code}`,
    verify: (at) => `smtp-gate ${at} --timeout=5s`,
    tellApart: async (targets) => setApart(targets.map(({ at, result: { given } }) => ({ at, given }))),
    ...over,
  };
}

/** The report on a gate with a scripted probe. */
export async function reportOn(
  attempt: Attempt,
  inputs: Record<string, string> = {},
  around: Partial<Surroundings> = {},
): Promise<Report> {
  return buildReport((await gate(attempt, inputs, 25)).result, surroundings(around));
}

/** A report as formats are given it. */
export function viewed(report: Report, over: Partial<Circumstances> = {}): View {
  const circumstances = {
    place: 'systemd',
    failOn: 'fail',
    quorum: null,
    rest: 'in the JSON report',
    hostname: 'runner',
  } as const;
  return viewOf(report, { ...circumstances, ...over });
}

/** A report whose targets were probed before, and failed at times. */
export function withTrend(report: Report, runs = 12): Report {
  const labels = report.targets.map(({ target }) => target.label);
  const lines = Array.from({ length: runs }, (_, n) =>
    labels.map((label, i) => (i % 2 === 1 && n % 5 === 3 ? failed(n, label) : line(n, label))),
  );
  return { ...report, trend: trendFrom(lines.flat()) };
}

const problems = [
  { input: 'host', problem: 'contains a double quote (") at character 1; write mail.example.com' },
  { input: 'port', problem: '"smtp" is a service name; write the number 25' },
] as const;

const login = { username: 'gate', password: 'correct horse' };

/** A server that takes a login and an envelope over TLS. */
const throughout: Attempt = () =>
  secured({
    auth: { outcome: 'answered', mechanism: 'PLAIN', reply: reply('235 2.7.0 Accepted'), saslError: null },
    envelope: {
      from: 'gate@example.com',
      needsUtf8: false,
      mail: reply('250 2.1.0 Ok'),
      recipients: [{ to: 'ops@example.net', reply: reply('250 2.1.5 Ok') }],
      rset: reply('250 2.0.0 Ok'),
    },
  });
const expired: Attempt = () =>
  certified({ chain: [certificate({ validTo: daysOn(-2) }), intermediate()], chainError: 'CERT_HAS_EXPIRED' });

/** A report of every kind. */
export const REPORTS: readonly (readonly [string, () => Promise<Report>])[] = [
  ['a pass', () => reportOn(fine)],
  ['a pass outside of a workflow', () => reportOn(fine, {}, { run: null, place: 'systemd' })],
  ['an information', () => reportOn(() => garbled('SSH-2.0-OpenSSH_9.6'))],
  ['a warning', () => reportOn(() => greeted('220 ****************'))],
  ['a failure', () => reportOn(() => greeted('554-no\n554 service'))],
  ['a failure to resolve', () => reportOn(() => unresolved('ENOTFOUND', false))],
  ['a failure to connect', () => reportOn(() => unconnected(null, 'ECONNREFUSED'))],
  ['a proxy that refuses', () => reportOn(() => unproxied({ what: 'refused', answer: 403, said: 'HTTP/1.1 403 no' }))],
  ['a pass through a proxy', () => reportOn(() => observation({ proxy: proxySeen(), address: 'mail.example.com' }))],
  [
    'a mail domain whose server breaks its policy',
    async () => {
      const { result } = await gate(() => certified({ named: false }), { targets: 'mx:example.com' }, 0, {
        lookUpMx: async () => ({
          kind: 'hosts',
          hosts: [{ host: 'mx.example.com', preference: 10 }],
          more: 0,
          odd: [],
        }),
        readMailDomain: async () => ({ ...withPolicy('enforce', 'mx1.example.com'), tlsRpt: records('v=TLSRPTv1;') }),
      });
      return buildReport(result, surroundings());
    },
  ],
  ['a failure in mid-conversation', () => reportOn(() => ended('quit', { kind: 'out-of-turn', heard: '250 x' }))],
  [
    'a certificate whose dates cannot be read',
    () =>
      reportOn(
        () => {
          const dates = { validFrom: new Date(Number.NaN), validTo: new Date(Number.NaN) };
          return certified({ chain: [certificate(dates)], chainError: 'ERROR_IN_CERT_NOT_BEFORE_FIELD' });
        },
        { tls: 'starttls' },
      ),
  ],
  [
    'a pass with TLS, a login and an envelope',
    () => reportOn(throughout, { ...login, 'mail-from': 'gate@example.com', 'rcpt-to': 'ops@example.net' }),
  ],
  ['a login that is rejected', () => reportOn(() => loggedIn('535 5.7.8 authentication failed'), login)],
  ['a certificate that has expired', () => reportOn(expired, { tls: 'starttls' })],
  ['two findings', () => reportOn(() => garbled('SSH-2.0-x'), { 'expect-banner': 'ESMTP' })],
  ['a failure that is ignored', () => reportOn(refused, { ignore: 'connect-refused' })],
  ['a pass at the third attempt', () => reportOn(inTurn(refused, refused, fine), { wait: '10s' })],
  ['a failure at every attempt', () => reportOn(refused, { wait: '2s' })],
  [
    'every address, one of which fails',
    () =>
      reportOn(each({ '192.0.2.1': observation(), '2001:db8::2': unconnected('ECONNREFUSED') }), { addresses: 'all' }),
  ],
  [
    'every address, all of which pass',
    () => reportOn(each({ '192.0.2.1': observation(), '2001:db8::2': observation() }), { addresses: 'all' }),
  ],
  [
    'several targets',
    () =>
      reportOn(
        inTurn(({ host }) => (host === 'a' ? observation() : unconnected(null))),
        several('a', 'b'),
      ),
  ],
  [
    'a crash of the probe',
    () =>
      reportOn(() => {
        throw new Error('boom');
      }),
  ],
  ['a pass with a history', async () => withTrend(await reportOn(fine))],
  ['several targets with a history', async () => withTrend(await reportOn(inTurn(fine, refused), several('a', 'b')))],
  ['a crash of ours', async () => buildReport(crash(new Error('boom'), new FakeClock()), surroundings())],
  ['nothing to probe', () => reportOn(fine, { host: '' })],
  ['nothing to probe, which fails', () => reportOn(fine, { host: '', port: '', 'if-not-configured': 'fail' })],
  ['inputs that cannot be read', async () => buildReport(refuse(problems, new FakeClock()), surroundings())],
];

/** Inputs that name several targets, on port 25. */
export const several = (...hosts: string[]) => ({ targets: hosts.map((host) => `${host}:25`).join('\n') });
