import type { Address, Around, NameLook, Observation, PortLook } from '../../model/observation.ts';
import { ipFamily, literalAddress } from '../../shared/address.ts';
import type { Clock } from '../../shared/clock.ts';
import { isExempt, noProxy, proxyVariable } from '../../shared/proxy-env.ts';
import type { Secrets } from '../../shared/redaction.ts';
import type { Dial } from '../connect.ts';
import { Deadline, errnoOf, Interrupted, RESETS } from '../deadline.ts';
import { dialler } from '../dialler.ts';
import type { Resolver } from '../dns/system-resolver.ts';
import { LOOK_MS } from '../look-again.ts';
import type { Plan } from '../plan.ts';
import { redactAround } from '../redact.ts';
import { addressesIn, type Machine, searchDomainsIn, systemMachine } from './local-network.ts';
import { lookForGreeting, lookForTls } from './second-connection.ts';

/** The world that a look around touches. */
export interface AroundIo {
  readonly clock: Clock;
  readonly resolver: Resolver;
  readonly dial: Dial;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly machine?: Machine;
}

/** The longest look around, and the limits of the looks in it, which are taken all at once; in milliseconds. */
export const LONGEST_MS = 5_000;
const PORT_MS = 4_000;
/** How long a look may go on behind the attempt's own deadline. */
const GRACE_MS = 400;
/** A look that has less time would take its own end for the silence of others. */
const SHORTEST_MS = 100;
const NAME_MS = 2_000;
/** Behind a name that may have to be resolved first. */
const FAMILY_MS = 2_500;

/** The ports of SMTP: relaying (RFC 5321 §4.5.4.2), submission (RFC 8314 §7.3, RFC 6409 §3.1), and its usual stand-in. */
const SMTP_PORTS = [587, 465, 2525, 25] as const;
const SUBMISSIONS = 465;

/** The longest text that is kept of a port's first line, in characters. */
const TEXT_LENGTH = 200;
/** The most addresses and domains that are kept of any one source of names. */
const MOST_NAMES = 6;

/**
 * Looks around the same host after a failure, for at most 5 s: at its other SMTP ports, at the family that was not
 * tried, at what the sources of names say of it, and at what this machine is; `null` when the attempt left no time. No other host is dialled or looked up,
 * and no port hears more than a TLS hello, EHLO and QUIT.
 */
export async function lookAround(plan: Plan, seen: Observation, io: AroundIo): Promise<Around | null> {
  const { machine = systemMachine, env } = io;
  // A second look at the port itself, which the probe may have taken, is part of looking around.
  const spentMs = seen.tlsLook || seen.plainLook || seen.headerLook ? LOOK_MS : 0;
  const limitMs = Math.min(LONGEST_MS - spentMs, plan.deadlineMs + GRACE_MS - seen.durationMs);
  if (limitMs < SHORTEST_MS) return null;
  const deadline = new Deadline(io.clock, { timeoutMs: limitMs, deadlineMs: limitMs });
  // What a proxy leads to is looked at through the proxy. A PROXY header is of the port that it was given for.
  const samePort = (await dialler(plan, io))(deadline);
  const dial = (await dialler({ ...plan, proxyHeader: null }, io))(deadline);
  const look: Look = { plan, seen, io: { ...io, dial }, samePort, machine, deadline };
  const [ports, otherFamily, ipv6Route, name] = await Promise.all([
    lookAtPorts(look),
    lookAtOtherFamily(look),
    lookForRoute(look),
    lookAtName(look),
  ]);
  const around: Around = {
    tookMs: look.deadline.elapsed(),
    port: plan.port,
    ports,
    otherFamily,
    ipv6Route,
    name,
    proxyVariable: plan.proxy || isExempt(plan, noProxy(env)) ? null : proxyVariable(env),
    hosted: env.RUNNER_ENVIRONMENT === 'github-hosted',
  };
  return redactAround(around, plan.secrets);
}

interface Look {
  readonly plan: Plan;
  readonly seen: Observation;
  readonly io: AroundIo;
  /** Dials the port that failed. */
  readonly samePort: Dial;
  readonly machine: Machine;
  readonly deadline: Deadline;
}

function lookAtPorts(look: Look): Promise<PortLook[]> {
  const address = addressToLookAt(look.seen);
  // Where LMTP is wanted, ports of SMTP are no other way to go.
  if (!address || look.plan.protocol === 'lmtp') return Promise.resolve([]);
  const others = SMTP_PORTS.filter((port) => port !== look.plan.port);
  return Promise.all(others.map((port) => lookAtPort({ ...address, port }, port === SUBMISSIONS, PORT_MS, look)));
}

/** What the system says of an address that it has no way to. */
const NO_ROUTE: ReadonlySet<string | null> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'ENETDOWN',
  'EHOSTDOWN',
  'EACCES',
  'EPERM',
]);

/** The address that answered, or else the first that was dialled, if need be one without a route. */
function addressToLookAt({ address, dialled }: Observation): Address | null {
  // What the proxy resolves has no address here.
  const known = dialled.flatMap((one) => (one.family === null ? [] : [{ ...one, family: one.family }]));
  const answered = known.find((one) => one.address === address);
  return answered ?? known.find(({ errno }) => !NO_ROUTE.has(errno)) ?? known[0] ?? null;
}

/** The family of which no address was dialled, at the port that failed. */
async function lookAtOtherFamily(look: Look): Promise<PortLook | null> {
  const { plan, io, deadline } = look;
  const family = untriedFamily(look);
  if (!family) return null;
  let known = look.seen.addresses ?? [];
  if (plan.family !== 0) {
    const found = await deadline
      .wait(() => io.resolver.addresses(plan.host, family), { atMost: NAME_MS })
      .catch(unlessOurs<Address[]>([]));
    // A resolver may answer anything at all; what is no address is not dialled.
    known = found.filter(({ address }) => ipFamily(address) === family);
  }
  const address = known.find((one) => one.family === family);
  if (!address) return null;
  const sameWay = { ...look, io: { ...io, dial: look.samePort } };
  return lookAtPort({ ...address, port: plan.port }, plan.tls.when === 'implicit', FAMILY_MS, sameWay);
}

function untriedFamily({ plan, seen }: Look): 4 | 6 | null {
  // Of one address of several, the others are tried for themselves; one family alone can be reached from an own address.
  if (plan.only || plan.localAddress !== null || literalAddress(plan.host) || !resolverAnswered(seen)) return null;
  if (plan.family !== 0) return seen.nameExists === false ? null : plan.family === 4 ? 6 : 4;
  const tried = new Set(seen.dialled.filter(({ outcome }) => outcome !== 'abandoned').map(({ family }) => family));
  if (tried.size !== 1) return null;
  return tried.has(4) ? 6 : 4;
}

/** What a resolver says that has answered. */
const ANSWERS: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_NODATA', 'EAI_ADDRFAMILY']);

/** Asked again, a resolver that does not answer would hold a thread, and with it the end of the process. */
function resolverAnswered({ end }: Observation): boolean {
  return end?.step !== 'resolve' || (end.kind === 'resolver' && ANSWERS.has(end.errno));
}

/** What a port answered. */
type Answer = Pick<PortLook, 'answer' | 'text' | 'startTls'>;

/** One port: TLS first where it is the port's own, and the greeting in plaintext otherwise. */
async function lookAtPort(
  { address, family, port }: Address & { port: number },
  tlsFirst: boolean,
  atMost: number,
  { io, plan, deadline }: Look,
): Promise<PortLook> {
  const { clock } = io;
  const startMs = deadline.elapsed();
  let connected = false;
  let over = false;
  let greetedMs: number | null = null;
  const lookIo = {
    clock,
    secrets: plan.secrets,
    dial: (async (...where) => {
      const wire = await io.dial(...where);
      if (over) wire.destroy();
      connected = true;
      return wire;
    }) satisfies Dial,
    greeted: () => {
      greetedMs = deadline.elapsed() - startMs;
    },
  };
  const left = () => Math.max(0, Math.min(atMost - (deadline.elapsed() - startMs), deadline.remaining()));
  const nothing = (because: string): Answer => ({ answer: unanswered(because, connected), text: null, startTls: null });
  const tls = async (): Promise<Answer | null> => {
    const seen = await lookForTls({ address, port, atMost: left() }, lookIo);
    if (seen.answer === 'nothing') return nothing(seen.because);
    if (seen.answer !== 'tls') return null;
    const text = seen.greeting === null ? null : firstLineOf(seen.greeting, plan.secrets);
    return { answer: 'tls', text, startTls: null };
  };
  const plaintext = async (): Promise<Answer> => {
    connected = false;
    const seen = await lookForGreeting({ address, port, atMost: left() }, lookIo);
    if (seen.answer === 'nothing') return nothing(seen.because);
    const text = firstLineOf(seen.text, plan.secrets);
    const answer = /^[245]\d\d(?:[ -]|$)/.test(text) ? 'greeting' : 'other';
    return { answer, text, startTls: seen.offersStartTls };
  };
  const look = async () => (tlsFirst && (await tls())) || plaintext();
  const saw = await look().finally(() => {
    over = true;
  });
  return { address, family, port, ...saw, tookMs: greetedMs ?? deadline.elapsed() - startMs };
}

/** How a port did not answer, by what ended the look at it. */
function unanswered(because: string, connected: boolean): PortLook['answer'] {
  if (because === 'closed' && connected) return 'closed';
  if (because === 'reset' || RESETS.has(because)) return 'reset';
  if (because === 'silence' || because === 'deadline') return connected ? 'silent' : 'timeout';
  if (because === 'ETIMEDOUT') return 'timeout';
  if (because === 'ECONNREFUSED') return 'refused';
  return NO_ROUTE.has(because) ? 'unreachable' : 'failed';
}

/** Redacted before it is cut, so that no half of a secret is left. */
function firstLineOf(text: string, secrets: Secrets): string {
  const [line = ''] = secrets.redact(text).split(/\r?\n/);
  return line.slice(0, TEXT_LENGTH);
}

/** Whether there is a route to the host's first IPv6 address, where it has one. */
async function lookForRoute({ seen, machine, deadline }: Look): Promise<boolean | null> {
  const address = [...seen.dialled, ...(seen.addresses ?? [])].find(({ family }) => family === 6)?.address;
  if (address === undefined) return null;
  return deadline.wait(() => machine.ipv6Route(address), { atMost: NAME_MS }).catch(unlessOurs(null));
}

/** What the sources of names say, each for itself. */
async function lookAtName({ plan, seen, io, machine, deadline }: Look): Promise<NameLook | null> {
  const { host } = plan;
  if (literalAddress(host)) return null;
  const ask = <T>(work: Parameters<typeof deadline.wait<T>>[0], otherwise: T) =>
    deadline.wait(work, { atMost: NAME_MS }).catch(unlessOurs(otherwise));
  const unknown = seen.end?.step === 'resolve' && resolverAnswered(seen);
  const other = host.endsWith('.') ? host.slice(0, -1) : `${host}.`;
  const [form, dns, hosts, configuration] = await Promise.all([
    unknown ? ask(() => io.resolver.addresses(other, plan.family), []) : null,
    ask<NameLook['dns']>((cancellation) => machine.dns(host, cancellation), { answer: 'unavailable', addresses: [] }),
    ask(() => machine.hosts(), ''),
    ask(() => machine.resolverConfiguration(), ''),
  ]);
  return {
    otherForm: form && { name: other, addresses: valid(form.map(({ address }) => address)) },
    dns: { ...dns, addresses: valid(dns.addresses) },
    hosts: valid(addressesIn(hosts, host)),
    search: configuration === '' ? null : searchDomainsIn(configuration).slice(0, MOST_NAMES),
  };
}

function valid(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].filter((address) => ipFamily(address) !== 0).slice(0, MOST_NAMES);
}

/** What a look is worth that was cut short, or that the system refused; an internal error is thrown on. */
function unlessOurs<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (!(error instanceof Interrupted)) errnoOf(error);
    return otherwise;
  };
}
