import { checkPort, resolveName } from '../diagnosis/catalogue/commands.ts';
import type { Fault } from '../model/codes.ts';
import { formatNames } from '../report/matrix.ts';
import type { ReportFinding, ReportTarget } from '../report/report.ts';

/** A target that fails from one vantage point and not from others: what is told of it begins with that. */
export function differing(sight: ReportTarget, note: string, holding: readonly string[]): ReportTarget {
  const findings = sight.findings.map((found) => {
    const fault = localFault(found);
    return fault === found.fault ? found : { ...found, fault, ...onlyFromHere(found, sight, holding) };
  });
  const { label } = sight.target;
  const isLocal = findings.some((found, i) => found.code === sight.code && found !== sight.findings[i]);
  const message = isLocal
    ? `${label} is ${note} (${sight.code}): look at the network of ${sight.vantage}, since the server works.`
    : `${sight.message} (${note})`;
  return { ...sight, findings, message };
}

/** The first cause and the first remedy of what a server that works for others denies to one place. */
function onlyFromHere(
  { causes, remedies }: ReportFinding,
  { target: { host, port, label }, vantage }: ReportTarget,
  holding: readonly string[],
): Pick<ReportFinding, 'causes' | 'remedies'> {
  const subject = { host, port, at: label };
  const remedy = {
    environment: 'any' as const,
    text: `Compare how ${vantage} and ${holding[0]} reach ${label}: the addresses of the name, the route, the firewalls between, and the addresses that the server admits. The commands show it for ${vantage}.`,
    commands: [resolveName(subject), checkPort(subject)],
  };
  return {
    causes: [
      `The server works as seen from ${formatNames(holding)}, so something between it and ${vantage} makes the difference.`,
      ...causes,
    ],
    remedies: [remedy, ...remedies],
  };
}

/** Codes of what this runner's own address, or its lack of a route, is refused for. */
const OWN_ADDRESS: ReadonlySet<string> = new Set([
  'connect-unreachable',
  'connect-blocked',
  'client-refused',
  'greeting-refused',
]);
/** What is not about the way between a place and the server stays what it is. */
const ELSEWHERE: ReadonlySet<Fault> = new Set(['settings', 'credentials', 'address', 'proxy', 'smtp-gate']);

/** Whose fault it is that a target fails from here, while it does not from another place. */
function localFault({ code, fault, status }: ReportFinding): Fault {
  if (status !== 'fail' || ELSEWHERE.has(fault)) return fault;
  return OWN_ADDRESS.has(code) || fault === 'dns' ? 'runner' : 'network';
}
