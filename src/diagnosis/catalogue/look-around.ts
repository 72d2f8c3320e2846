import type { AddressAttempt, Around, NameLook, PortLook } from '../../model/observation.ts';
import { isPrivate } from '../../shared/address.ts';
import { shellQuote } from '../../shared/shell.ts';
import { firstLine, sayMs } from '../../shared/text.ts';
import { answers, greets } from '../look-around.ts';
import { atPort, lookUpName, readPlainGreeting, resolveName, startTls, tlsHello } from './commands.ts';
import { type Advice, remedy, type Subject } from './entry.ts';

/** What a look around saw, as the end of an evidence sentence; empty when it saw nothing. */
export function sayAround(around: Around | null): string {
  if (!around) return '';
  const { ports, otherFamily, ipv6Route, name, proxyVariable, hosted } = around;
  const sights = [
    ...ports.filter(isTelling).map((look) => `${look.port} of ${look.address} ${sayAnswer(look)}`),
    ...sayAlike(ports.filter((look) => !isTelling(look))),
    ...(otherFamily ? [`over IPv${otherFamily.family}, ${otherFamily.address} ${sayAnswer(otherFamily)}`] : []),
    ...(ipv6Route === false ? ['this machine has no route to its IPv6 address'] : []),
    // Of a host that was found, only that the sources do not agree.
    ...(name && (ports.length === 0 || oldEntry(around).length > 0) ? sayNames(name) : []),
    ...(proxyVariable === null ? [] : [`${proxyVariable} is set and was not used`]),
    ...(hosted ? ['this is a GitHub-hosted runner'] : []),
  ];
  return sights.length === 0 ? '' : `; looked around: ${sights.join('; ')}`;
}

/** The longest part of a greeting that is quoted among other observations, in characters. */
const QUOTED = 80;

/** A look that has more to say than its answer's name. */
function isTelling({ answer }: PortLook): boolean {
  return answer === 'greeting' || answer === 'tls' || answer === 'other';
}

/** What a port did: `greeted within 30 ms with "220 …"`. */
export function sayAnswer({ answer, text, startTls, tookMs }: PortLook): string {
  const quoted = text === null ? '' : ` with "${firstLine(text).slice(0, QUOTED)}"`;
  const time = `within ${sayMs(tookMs)}`;
  const offer = startTls === null ? '' : `, STARTTLS ${startTls ? 'offered' : 'not offered'}`;
  switch (answer) {
    case 'greeting':
      return `greeted ${time}${quoted}${offer}`;
    case 'tls':
      return text === null ? `answered a TLS hello ${time}` : `greeted after TLS ${time}${quoted}`;
    case 'other':
      return `answered ${time}${quoted}`;
    default:
      return DID[answer];
  }
}

const DID = {
  silent: 'accepted the connection and sent nothing',
  closed: 'closed the connection without a greeting',
  reset: 'reset the connection',
  timeout: 'did not answer',
  refused: 'refused the connection',
  unreachable: 'could not be reached',
  failed: 'could not be connected',
} as const;

/** Ports that did the same, in one phrase each. */
function sayAlike(looks: readonly PortLook[]): string[] {
  const alike = new Map<string, number[]>();
  for (const look of looks) alike.set(sayAnswer(look), [...(alike.get(sayAnswer(look)) ?? []), look.port]);
  return [...alike].map(([did, ports]) => `${sayPorts(ports)} ${did}`);
}

function sayPorts(ports: readonly number[]): string {
  return ports.length < 2 ? ports.join() : `${ports.slice(0, -1).join(', ')} and ${ports.at(-1)}`;
}

function sayNames({ otherForm, dns, hosts, search }: NameLook): string[] {
  return [
    ...(otherForm ? [`${otherForm.name} ${sayResolved(otherForm.addresses)}`] : []),
    `the DNS ${dns.answer === 'addresses' ? `says ${dns.addresses.join(', ')}` : DNS_SAYS[dns.answer]}`,
    ...(hosts.length > 0 ? [`the hosts file says ${hosts.join(', ')}`] : []),
    ...(otherForm && search ? [search.length > 0 ? `search domains: ${search.join(', ')}` : 'no search domain'] : []),
  ];
}

export function sayResolved(addresses: readonly string[]): string {
  return addresses.length === 0 ? 'does not resolve either' : `resolves to ${addresses.join(', ')}`;
}

const DNS_SAYS = {
  'no-address': 'has no address for the name',
  'no-such-name': 'has no such name',
  unavailable: 'gave no answer',
} as const;

/** The port of the same address to use instead: the first that greeted. */
export function otherPort(around: Around | null): PortLook | undefined {
  return around?.ports.find(greets);
}

/** A port of the same address that answered, and how: `port 587 of the same address greeted within 30 ms`. */
export function sayOther({ port, answer, text, tookMs }: PortLook): string {
  const did = answer === 'tls' && text === null ? 'answered a TLS hello' : 'greeted';
  return `port ${port} of the same address ${did} within ${sayMs(tookMs)}`;
}

/** What all the other ports did alike, if they did. */
export function allDid(around: Around | null): PortLook['answer'] | null {
  const answer = around?.ports[0]?.answer;
  return answer !== undefined && around?.ports.every((look) => look.answer === answer) ? answer : null;
}

/** The same port over the other family, if it answered there. */
function workingFamily(around: Around | null): PortLook | null {
  return around?.otherFamily && answers(around.otherFamily) ? around.otherFamily : null;
}

/** What the evidence makes likely; `about` says what another port's greeting means for the one that failed. */
export function causesSeen(around: Around | null, about: string): string[] {
  const family = workingFamily(around);
  const port = otherPort(around);
  return [
    ...(family
      ? [
          `Only IPv${family.family === 4 ? 6 : 4} has a problem: over IPv${family.family}, ${family.address} ${sayAnswer({ ...family, text: null, startTls: null })}.`,
        ]
      : []),
    ...(port ? [`${about}: ${sayOther(port)}.`] : []),
    ...oldEntry(around),
    ...(throughProxy(around)
      ? [
          `This network may allow connections only through a proxy: \`${around.proxyVariable}\` is set, but the gate connected without it.`,
        ]
      : []),
  ];
}

/** What the evidence suggests to do, what was seen to work first. */
export function remediesSeen(around: Around | null, subject: Subject): Advice[] {
  const family = workingFamily(around);
  const port = otherPort(around);
  return [
    ...(family ? [useFamily(family, subject)] : []),
    ...(port ? [usePort(port, around?.ports.filter(greets) ?? [], subject)] : []),
    ...(oldEntry(around).length > 0
      ? [remedy('any', 'Compare the hosts file with the DNS, and correct the wrong one.', ...compareNames(subject))]
      : []),
    ...(throughProxy(around) ? [remedy('any', 'Use the proxy that the environment names: `proxy: env`.')] : []),
  ];
}

function useFamily({ family, address }: PortLook, { host, port }: Subject): Advice {
  const text = `IPv${family} answers on the same port (${address}): set \`ip-family: ${family}\`.`;
  return { ...remedy('any', text, `nc -${family} -zv -w 5 ${shellQuote(host)} ${port}`), proven: true };
}

function usePort(look: PortLook, all: readonly PortLook[], subject: Subject): Advice {
  const { port } = look;
  const more = all.filter((other) => other !== look).map((other) => inputsFor(other));
  const text = [
    `Port ${port} answers with 220: use it, with ${inputsFor(look)}${port === 25 ? ' (port 25 accepts mail for the server’s own domains, usually without a login)' : ''}`,
    ...(more.length > 0 ? [`${more.join(' and ')} would work as well`] : []),
  ];
  const other = atPort(subject, port);
  const command = look.answer === 'tls' ? tlsHello(other) : look.startTls ? startTls(other) : readPlainGreeting(other);
  return { ...remedy('any', `${text.join('; ')}.`, command), proven: true };
}

/** The inputs that lead to a port as it was seen. */
function inputsFor({ port, answer, startTls }: PortLook): string {
  if (answer === 'tls') return `\`port: ${port}\` and \`tls: implicit\``;
  if (startTls) return `\`port: ${port}\` and \`tls: starttls\``;
  // On 465, TLS would be taken for granted.
  return port === 465 ? `\`port: ${port}\` and \`tls: none\`` : `\`port: ${port}\``;
}

/** An entry of the hosts file, where the DNS says something else, at a host that was found and did not answer. */
export function oldEntry(around: Around | null): string[] {
  const { hosts = [], dns } = around?.name ?? {};
  if (around?.ports.length === 0 || hosts.length === 0 || dns?.answer !== 'addresses') return [];
  if (hosts.some((address) => dns.addresses.includes(address))) return [];
  return [
    `The entry in the hosts file is out of date: it says ${hosts.join(', ')}, but the DNS says ${dns.addresses.join(', ')}.`,
  ];
}

/** Whether a proxy is named and was not used, for a host that is not in a network of its own. */
function throughProxy(around: Around | null): around is Around {
  return around !== null && around.proxyVariable !== null && !around.ports.some(({ address }) => isPrivate(address));
}

/** What shows what each source of names says. */
export const compareNames = (subject: Subject): string[] => [
  resolveName(subject),
  lookUpName(subject),
  'cat /etc/hosts',
];

/** What says that no machine answers. */
const LIFELESS: ReadonlySet<PortLook['answer']> = new Set(['timeout', 'unreachable', 'failed']);

/** Another port that did anything at all, and what: `port 587 of the same address refused the connection`. */
export function signOfLife(around: Around | null): string | null {
  const look = around?.ports.find(({ answer }) => !LIFELESS.has(answer));
  return look ? `port ${look.port} of the same address ${sayAnswer({ ...look, text: null, startTls: null })}` : null;
}

/** Whether the machine is there, as far as its other ports tell. */
export function aboutMachine(around: Around | null): string[] {
  if (otherPort(around)) return [];
  const life = signOfLife(around);
  if (life !== null) return [`A firewall drops the packets to this port only: ${life}.`];
  return allDid(around) === 'timeout'
    ? ['The machine is down, or the address is out of date: none of its other SMTP ports answered either.']
    : ['The machine is down, or the address is out of date.'];
}

/** Said for certain only when it was seen, and not at all when a route was seen. */
export function noIpv6(dialled: readonly AddressAttempt[], around: Around | null): string[] {
  if (!dialled.some(({ family }) => family === 6) || around?.ipv6Route === true) return [];
  return [
    around?.ipv6Route === false
      ? 'This runner has no IPv6: its system has no route to the address.'
      : 'This runner may have no IPv6 (GitHub-hosted runners have none).',
  ];
}
