import { explain } from '../diagnosis/catalogue/index.ts';
import type { Finding } from '../diagnosis/findings.ts';
import { finding as foundOf } from '../diagnosis/findings.ts';
import { rank } from '../diagnosis/verdict.ts';
import { appliesTo, expiredRules, isOver } from '../gate/retry.ts';
import type { IgnoreRule } from '../inputs/parsers/ignore.ts';
import { CODES } from '../model/codes.ts';
import { stepRow } from '../model/steps.ts';
import { inWords, type Surroundings } from '../report/build.ts';
import { plainDeep } from '../report/escape/plain.ts';
import type { ReportFinding, ReportTarget } from '../report/report.ts';

/** A target in which findings do not count that `ignore` names; those that do decide it anew. */
export function withIgnored(target: ReportTarget, rules: readonly IgnoreRule[], now: Date): ReportTarget {
  const holding = rules.filter((rule) => !isOver(rule, now) && appliesTo(rule.at, target.target));
  const findings = target.findings.map((found) => {
    const rule = holding.find(({ code }) => code === found.code);
    if (!rule || found.ignored || !mayIgnore(found, target)) return found;
    return { ...found, ignored: true, ignoredUntil: rule.until, ignoredReason: rule.reason };
  });
  const changed = findings.filter((found, i) => found !== target.findings[i]);
  if (changed.length === 0) return target;
  const deciding = findings.filter(({ ignored }) => !ignored).reduce<ReportFinding | null>(worse, null);
  const left = changed.map(({ code }) => code).join(', ');
  return {
    ...target,
    findings,
    status: deciding?.status ?? 'pass',
    code: deciding?.code ?? '',
    message: deciding?.message ?? `${target.target.label} passes; left out of the verdict: ${left}`,
  };
}

/**
 * Whether a finding may be left out: not where it kept from being checked what was asked for, since nothing would be
 * known of that. The banner is all that was asked for where the steps end with it.
 */
function mayIgnore({ code }: ReportFinding, { steps }: ReportTarget): boolean {
  if (code === 'probe-crashed' || code === 'input-invalid') return false;
  if (CODES[code].remark) return true;
  const isOpen = ({ step, status }: ReportTarget['steps'][number]) =>
    status !== 'done' && !stepRow(step).unasked && !BANNER.has(step);
  return !steps.some(isOpen);
}

const BANNER: ReadonlySet<string> = new Set(['resolve', 'connect', 'greeting', 'quit']);

/** A target that says which of its findings count again, because the last day of their rule is over; its step may have. */
export function withExpired(
  target: ReportTarget,
  rules: readonly IgnoreRule[],
  around: Surroundings,
  now: Date,
): ReportTarget {
  const { host, port, label } = target.target;
  const told = target.findings.some(({ code }) => code === 'ignore-expired');
  const codes = new Set(target.findings.filter(({ ignored }) => !ignored).map(({ code }) => code));
  const expired = rules.filter(
    (rule) => isOver(rule, now) && appliesTo(rule.at, target.target) && codes.has(rule.code),
  );
  if (told || expired.length === 0) return target;
  const finding = ownFinding(foundOf('ignore-expired', expiredRules(expired)), { host, port, at: label }, around);
  return { ...target, findings: [...target.findings, finding] };
}

/** A finding of the merge itself, which no step has written. */
export function ownFinding(
  found: Finding,
  at: { readonly host: string; readonly port: number; readonly at: string },
  { place, docs, words }: Surroundings,
  rule?: IgnoreRule,
): ReportFinding {
  return plainDeep<ReportFinding>({
    code: found.code,
    status: found.status,
    ignored: rule !== undefined,
    ignoredUntil: rule?.until ?? null,
    ignoredReason: rule?.reason ?? null,
    address: null,
    ...inWords(found, explain(found, at, place), words?.(null)),
    verify: 'gh run view --log-failed',
    docs: docs(found.code),
  });
}

function worse(a: ReportFinding | null, b: ReportFinding): ReportFinding {
  return a === null || rank(b.status) > rank(a.status) ? b : a;
}
