import * as v from 'valibot';
import { rank } from '../diagnosis/verdict.ts';
import { CODES, type Code, FAULTS, type Status } from '../model/codes.ts';
import { PLACES } from '../model/place.ts';
import { STEPS, type StepName } from '../model/steps.ts';
import type { Report } from '../report/report.ts';

// What a report may hold that is read from a file: whoever can write the file is not trusted with more. What a field
// means is in docs/report.schema.json; every text is made plain when the reports are joined.

/** In characters: a command is the longest. */
const text = v.pipe(v.string(), v.maxLength(20_000));
const texts = v.pipe(v.array(text), v.maxLength(10_000));
/** A hundred years in milliseconds: more would be no time, and no date behind it. */
const LONGEST_MS = 3_155_760_000_000;
/** As the history keeps it: a line with more would not be read again. */
const LARGEST = 999_999_999;
const ms = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(LONGEST_MS));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(LONGEST_MS));
/** As JavaScript writes a time, which no step writes otherwise: a day that is none, or another zone, is refused. */
const time = v.pipe(
  v.string(),
  v.maxLength(24),
  v.check((text) => isTime(text)),
);
const url = v.pipe(v.string(), v.regex(/^https?:\/\/[^\s"'<>()[\]\\`]*$/), v.maxLength(2_000));
const status = v.picklist(['pass', 'info', 'warn', 'fail', 'skip']);
/** A target is checked, or its step says why not. */
const checked = v.picklist(['pass', 'info', 'warn', 'fail']);
const code = v.picklist(Object.keys(CODES) as [Code, ...Code[]]);
const fault = v.picklist(FAULTS);
const none = v.literal('');

const remedy = v.object({
  environment: v.picklist([...PLACES, 'any']),
  text,
  commands: texts,
});

const finding = v.object({
  code,
  status,
  fault,
  ignored: v.boolean(),
  ignoredUntil: v.nullable(text),
  ignoredReason: v.nullable(text),
  address: v.nullable(text),
  title: text,
  message: text,
  impact: text,
  evidence: text,
  causes: texts,
  remedies: v.pipe(v.array(remedy), v.maxLength(1_000)),
  verify: text,
  docs: url,
});
const findings = v.pipe(v.array(finding), v.maxLength(10_000));

const tls = v.object({
  protocol: text,
  cipher: text,
  authorized: v.boolean(),
  subject: text,
  issuer: text,
  validFrom: v.nullable(time),
  validTo: v.nullable(time),
  daysLeft: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(-LARGEST), v.maxValue(LARGEST))),
});

const step = v.object({
  step: v.picklist(Object.keys(STEPS) as [StepName, ...StepName[]]),
  status: v.picklist(['done', 'failed', 'skipped']),
  startMs: ms,
  tookMs: ms,
  because: v.nullable(text),
});

const address = v.object({
  address: text,
  family: v.nullable(v.picklist([4, 6])),
  outcome: v.pipe(v.string(), v.regex(/^[a-z-]{1,20}$/)),
  errno: v.nullable(text),
  startMs: ms,
  tookMs: ms,
});

const target = v.object({
  target: v.object({ host: text, port: v.pipe(count, v.maxValue(65_535)), label: text }),
  vantage: text,
  source: v.nullable(v.object({ file: v.nullable(text), line: count })),
  status: checked,
  outvoted: v.literal(false),
  reachable: v.nullable(v.boolean()),
  code: v.union([code, none]),
  message: text,
  attempts: count,
  durationMs: ms,
  proxy: v.nullable(text),
  localAddress: v.optional(v.nullable(text), null),
  address: v.nullable(text),
  addresses: v.pipe(v.array(address), v.maxLength(1_000)),
  banner: v.nullable(text),
  latencyMs: v.nullable(v.pipe(count, v.maxValue(LARGEST))),
  tls: v.nullable(tls),
  capabilities: v.nullable(texts),
  steps: v.pipe(v.array(step), v.maxLength(1_000)),
  transcript: v.pipe(
    v.array(v.object({ from: v.picklist(['client', 'server']), atMs: ms, text })),
    v.maxLength(10_000),
  ),
  findings,
});

const runner = v.object({
  environment: v.picklist(['github-hosted', 'self-hosted', 'local']),
  os: text,
  container: v.boolean(),
  kubernetes: v.boolean(),
});

const report = v.object({
  schema: v.literal('smtp-gate/report@1'),
  checkId: v.literal('check.notify.email.connectivity'),
  status,
  code: v.union([code, none]),
  fault: v.union([fault, none]),
  message: text,
  vantage: v.pipe(text, v.minLength(1)),
  shard: v.nullable(
    v.pipe(
      v.object({ index: v.pipe(count, v.minValue(1)), of: v.pipe(count, v.maxValue(256)) }),
      v.check(({ index, of }) => index <= of),
    ),
  ),
  legs: v.null(),
  startedAt: time,
  durationMs: count,
  runner,
  run: v.nullable(v.object({ url })),
  targets: v.pipe(v.array(target), v.maxLength(100_000)),
  notes: texts,
  findings,
});

/** One step's report, as far as it is merged. */
export type StepReport = Omit<Report, 'run' | 'trend' | 'totals' | 'legs'> & {
  readonly run: { readonly url: string } | null;
};

/** The report in a file's JSON; what is wrong with it otherwise, which quotes nothing but names of fields. */
export function checkReport(json: unknown): { readonly report: StepReport } | { readonly problem: string } {
  const schema = (json as { schema?: unknown } | null)?.schema;
  if (typeof schema !== 'string' || !schema.startsWith('smtp-gate/report@')) {
    return { problem: 'is no report of smtp-gate; name the files that report-json wrote' };
  }
  if (schema !== 'smtp-gate/report@1') {
    return { problem: 'is a report of another version; use the same version of smtp-gate in every step' };
  }
  if ((json as { legs?: unknown }).legs != null) {
    return { problem: 'was merged already; name the reports of the steps instead' };
  }
  if ((json as { checkId?: unknown }).checkId === 'check.notify.queue.health') {
    return {
      problem:
        'is of a delivery check, which sends one message and stands for itself; leave it out, and let its own step fail',
    };
  }
  const read = v.safeParse(report, json, { abortEarly: true });
  if (read.success) return agreeing(read.output as unknown as StepReport);
  const [issue] = read.issues;
  const where = v.getDotPath(issue) ?? 'its top level';
  return { problem: `is no report as this version writes it, at ${where.slice(0, 100)}; have the step write it again` };
}

/** The report, unless a verdict in it is not that of what was found: somebody wrote into it, or cut something out. */
function agreeing(report: StepReport): ReturnType<typeof checkReport> {
  const { status, targets, findings } = report;
  const at = targets.findIndex((target) => rank(target.status) < rank(worstOf(target.findings)));
  const worst = worstOf([...targets, ...findings]);
  const isSpared = status === 'warn' && worst === 'fail' && targets.length > 1;
  const isNothing = targets.length + findings.length === 0;
  // Only a part of the targets may be empty.
  const agrees = isNothing ? status === 'skip' && report.shard !== null : status === worst || isSpared;
  if (at === -1 && agrees) return { report };
  const where = at === -1 ? 'status' : `targets.${at}.status`;
  return { problem: `contradicts itself: ${where} is not what was found; have the step write it again` };
}

/** The worst status of those that count. */
function worstOf(all: readonly { readonly status: Status; readonly ignored?: boolean }[]): Status {
  let worst: Status = 'pass';
  for (const { status, ignored } of all) if (!ignored && rank(status) > rank(worst)) worst = status;
  return worst;
}

function isTime(text: string): boolean {
  const at = new Date(text);
  return !Number.isNaN(+at) && at.toISOString() === text;
}
