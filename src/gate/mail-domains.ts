import { type Finding, finding } from '../diagnosis/findings.ts';
import {
  certificateUnder,
  daneOf,
  domainFindings,
  isInForce,
  mismatchOf,
  type PolicyOf,
  policyOf,
} from '../diagnosis/mail-domain.ts';
import type { Checks } from '../inputs/settings.ts';
import { asStrictSender } from '../inputs/strict-sender.ts';
import type { MailDomainSeen, TlsaSeen } from '../model/mail-domain.ts';
import type { Observation } from '../model/observation.ts';
import type { Plan, TlsPlan } from '../probe/plan.ts';
import type { Secrets } from '../shared/redaction.ts';
import { planOf } from './probe-plan.ts';
import type { GateIo, Job, MailDomain } from './retry.ts';

/** What the rules of its domains lead to at one server, and the policies that it was seen to meet. */
export interface Ruled {
  readonly found: readonly Finding[];
  readonly met: readonly PolicyOf[];
}

interface Read extends MailDomain {
  readonly seen: MailDomainSeen;
}

/** A server, and how it is asked as a strict sender asks. */
interface Asked {
  readonly job: Job;
  readonly plan: Plan;
  readonly strict: Checks;
  readonly io: World;
}

type World = Pick<GateIo, 'probe' | 'probeEach' | 'lookUpTlsa'> & { readonly others: Secrets | null };

/**
 * Begins to read what the domains of a server publish, and the server's TLSA records. The result, once the server was
 * probed, judges it as a strict sender would: where a policy is in force, or there are TLSA records, a second
 * conversation goes as far as STARTTLS and TLS, unless the first one has shown all that is needed.
 */
export function readRules(job: Job, io: World): (seen: Observation | null) => Promise<Ruled> {
  const { mailDomains = [], target, checks } = job;
  const strict = asStrictSender(checks);
  // What the target's own login is stays a secret, though it is not sent here.
  const { secrets } = planOf(target, checks, io.others);
  const plan = { ...planOf(target, strict), secrets };
  const reading = settled(
    Promise.all(mailDomains.map(async (one): Promise<Read> => ({ ...one, seen: await one.read() }))),
  );
  const asking = settled(io.lookUpTlsa(target.host, checks.timeout));
  return async (seen) => {
    try {
      const [domains, tlsa] = [await reading(), await asking()];
      return await judgeServer(domains, tlsa, seen, { job, plan, strict, io });
    } catch (error) {
      const crash = finding('probe-crashed', { error: plan.secrets.redact(String(error)) });
      return { found: [crash], met: [] };
    }
  };
}

/** A promise that may fail long before anybody waits for it. */
function settled<T>(work: Promise<T>): () => Promise<T> {
  work.catch(() => {});
  return () => work;
}

async function judgeServer(
  domains: readonly Read[],
  tlsa: TlsaSeen,
  seen: Observation | null,
  asked: Asked,
): Promise<Ruled> {
  const { job, strict: wanted } = asked;
  const { host } = job.target;
  const policies = domains.flatMap((one) => policyOf(one.seen) ?? []);
  const found = [
    ...domains.flatMap((one) => (one.leads ? domainFindings(one.seen, one.hosts) : [])),
    ...policies.flatMap((policy) => mismatchOf(policy, host, hostsOf(policy, domains))),
  ];
  const isWanted = policies.some(isInForce) || tlsa.kind === 'records';
  // Of a server that greets nobody there is enough to say, and with `tls: none` nobody wants to know.
  if (!isWanted || !seen || seen.greeting?.code !== 220 || job.checks.tls === 'none') return { found, met: [] };
  const strict = await converse(seen, tlsa.kind === 'records', asked);
  const judged = strict.map((one) => [
    ...certificateUnder(policies, one, wanted),
    ...daneOf(domains[0]?.domain ?? '', host, tlsa, one.tls),
  ]);
  const all = [...found, ...addressed(judged, strict)];
  const isBroken = all.some(({ code }) => code === 'mta-sts-mx-mismatch' || code === 'mta-sts-certificate');
  return { found: all, met: isBroken ? [] : policies.filter(isInForce) };
}

const hostsOf = ({ domain }: PolicyOf, domains: readonly Read[]) =>
  domains.find((one) => one.seen.domain === domain)?.hosts ?? [];

/** What was found at each address, as the findings of several addresses are told apart. */
function addressed(judged: readonly Finding[][], strict: readonly Observation[]): Finding[] {
  if (judged.length === 1) return judged.flat();
  return judged.flatMap((found, i) =>
    found.map((one) => ({ ...one, address: strict[i]?.dialled[0]?.address ?? null })),
  );
}

/** Conversations that go as far as a strict sender has to: the one that was had, or others, one for each address where each was probed. */
async function converse(
  seen: Observation,
  needsDigests: boolean,
  { job, plan, io }: Asked,
): Promise<readonly Observation[]> {
  const tls: TlsPlan = { ...plan.tls, digests: true };
  if (job.checks.addresses === 'all') return io.probeEach({ ...plan, tls });
  if (!needsDigests && isStrict(seen, planOf(job.target, job.checks).tls, plan.tls)) return [seen];
  const [attempt] = seen.dialled.filter(({ address }) => address === seen.address);
  const only = attempt?.family ? { address: attempt.address, family: attempt.family } : null;
  return [await io.probe({ ...plan, only, tls })];
}

/** Whether a conversation has already shown what a strict sender sees: STARTTLS, and TLS on the same terms. */
function isStrict({ starttls, tls }: Observation, { ca, client, minVersion, name }: TlsPlan, strict: TlsPlan): boolean {
  const isSame = ca === strict.ca && client === null && minVersion === strict.minVersion && name === strict.name;
  return starttls !== null && tls !== null && isSame;
}
