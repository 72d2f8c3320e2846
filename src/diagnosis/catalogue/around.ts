import { ipFamily, isPrivate } from '../../address.ts';
import type { Around, NameLook, PortLook } from '../../observation.ts';
import { shellQuote } from '../../shell.ts';
import { sayMs } from '../../words.ts';
import { answers, greets } from '../around.ts';
import { type Advice, remedy, type Subject } from './entry.ts';
import { lookUpName, readGreeting, resolveName, startTls, tlsHello } from './phrases.ts';

/** Sights of a look around as the end of an evidence sentence; empty when there are none. */
export function sayAround(around: Around | null): string {
  if (!around) return '';
  const { ports, otherFamily, ipv6Route, name, proxyVariable, hosted } = around;
  const sights = [
    ...ports.filter(isTelling).map((look) => `${look.port} of ${look.address} ${sayAnswer(look)}`),
    ...sayAlike(ports.filter((look) => !isTelling(look))),
    ...(otherFamily ? [`over IPv${otherFamily.family}, ${otherFamily.address} ${sayAnswer(otherFamily)}`] : []),
    ...(ipv6Route === false ? ['this machine has no route to its IPv6 address'] : []),
    ...(name ? sayNames(name) : []),
    ...(proxyVariable === null ? [] : [`${proxyVariable} is set and was not used`]),
    ...(hosted ? ['this is a GitHub-hosted runner'] : []),
  ];
  return sights.length === 0 ? '' : `; looked around: ${sights.join('; ')}`;
}

/** The longest part of a greeting that is quoted among other sights, in characters. */
const QUOTED = 80;

/** A look that has more to say than its answer's name. */
function isTelling({ answer }: PortLook): boolean {
  return answer === 'greeting' || answer === 'tls' || answer === 'other';
}

/** What a port did: `greeted within 30 ms with "220 …"`. */
export function sayAnswer({ answer, text, startTls, tookMs }: PortLook): string {
  const quoted = text === null ? '' : ` with "${text.slice(0, QUOTED)}"`;
  const time = `within ${sayMs(tookMs)}`;
  const offer = startTls === null ? '' : `, STARTTLS ${startTls ? 'offered' : 'not offered'}`;
  switch (answer) {
    case 'greeting':
      return `greeted ${time}${quoted}${offer}`;
    case 'tls':
      return text === null ? `answered a TLS hello ${time}` : `greeted behind TLS ${time}${quoted}`;
    case 'other':
      return `answered ${time}${quoted}`;
    default:
      return DID[answer];
  }
}

const DID = {
  silent: 'accepted the connection and said nothing',
  closed: 'closed without a word',
  reset: 'reset the connection',
  timeout: 'did not answer',
  refused: 'refused the connection',
  unreachable: 'could not be reached',
  failed: 'could not be connected to',
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

function sayResolved(addresses: readonly string[]): string {
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
          `The server does not serve IPv${family.family === 4 ? 6 : 4} here: over IPv${family.family}, ${family.address} ${sayAnswer({ ...family, text: null })}.`,
        ]
      : []),
    ...(port ? [`${about}: ${sayOther(port)}.`] : []),
    ...oldEntry(around),
    ...(throughProxy(around)
      ? [
          `This network lets connections out through a proxy alone: \`${around.proxyVariable}\` is set, and the gate connected without it.`,
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
      ? [remedy('any', 'Compare the hosts file with the DNS, and correct the one that is wrong.', ...compare(subject))]
      : []),
    ...(throughProxy(around) ? [remedy('any', 'Go through the proxy that the environment names: `proxy: env`.')] : []),
  ];
}

function useFamily({ family, address }: PortLook, { host, port }: Subject): Advice {
  const text = `IPv${family} answers on the same port (${address}): set \`ip-family: ${family}\`.`;
  return { ...remedy('any', text, `nc -${family} -zv -w 5 ${shellQuote(host)} ${port}`), proven: true };
}

function usePort(look: PortLook, all: readonly PortLook[], { host }: Subject): Advice {
  const { port } = look;
  const more = all.filter((other) => other !== look).map((other) => inputsFor(other));
  const text = [
    `${port} answers with 220: use it, with ${inputsFor(look)}${port === 25 ? ' (25 takes mail for the server’s own domains, mostly without a login)' : ''}`,
    ...(more.length > 0 ? [`${more.join(' and ')} would do as well`] : []),
  ];
  const other = { host, port, at: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}` };
  const command = look.answer === 'tls' ? tlsHello(other) : look.startTls ? startTls(other) : readGreeting(other);
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
function oldEntry(around: Around | null): string[] {
  const { hosts = [], dns } = around?.name ?? {};
  if (around?.ports.length === 0 || hosts.length === 0 || dns?.answer !== 'addresses') return [];
  if (hosts.some((address) => dns.addresses.includes(address))) return [];
  return [
    `The entry in the hosts file is an old one: it says ${hosts.join(', ')}, and the DNS says ${dns.addresses.join(', ')}.`,
  ];
}

/** Whether a proxy is named and was not used, for a host that is not in a network of its own. */
function throughProxy(around: Around | null): around is Around {
  return around !== null && around.proxyVariable !== null && !around.ports.some(({ address }) => isPrivate(address));
}

const compare = (subject: Subject) => [resolveName(subject), lookUpName(subject), 'cat /etc/hosts'];

/** What other sources of names make likely of a name that the system does not resolve, to an address of a family. */
export function nameCauses(around: Around | null, { host }: Subject, family: 0 | 4 | 6 = 0): string[] {
  const name = around?.name;
  if (!name) return [];
  const { otherForm, search } = name;
  const dns = ofFamily(name.dns.addresses, family);
  const hosts = ofFamily(name.hosts, family);
  return [
    ...(otherForm && otherForm.addresses.length > 0
      ? [`\`host\` is written ${theDot(host)} final dot, and ${otherForm.name} ${sayResolved(otherForm.addresses)}.`]
      : []),
    ...(hosts.length > 0
      ? [`The hosts file knows the name (${hosts.join(', ')}), and the system’s resolver did not use it.`]
      : []),
    ...(dns.length > 0
      ? [
          `The DNS knows the name (${dns.join(', ')}), and the system’s resolver does not: its nsswitch.conf, its hosts file or its search domains lead elsewhere.`,
        ]
      : []),
    ...(otherForm && search && !host.includes('.')
      ? [
          search.length > 0
            ? `The name is short, and belongs to another domain than those that this machine appends (${search.join(', ')}).`
            : 'The name is short, and this machine has no search domain to append to it.',
        ]
      : []),
  ];
}

/** What to do about such a name, what was seen to work first. */
export function nameRemedies(around: Around | null, subject: Subject, family: 0 | 4 | 6 = 0): Advice[] {
  const name = around?.name;
  if (!name) return [];
  const { otherForm } = name;
  const known = [...ofFamily(name.dns.addresses, family), ...ofFamily(name.hosts, family)];
  return [
    ...(otherForm && otherForm.addresses.length > 0
      ? [
          {
            ...remedy(
              'any',
              `Write \`host: ${otherForm.name}\`, ${theDot(otherForm.name)} final dot: it resolves here.`,
              resolveName({ ...subject, host: otherForm.name }),
            ),
            proven: true as const,
          },
        ]
      : []),
    ...(known.length > 0
      ? [
          remedy(
            'any',
            'See which sources the system’s resolver asks, and in what order.',
            ...compare(subject),
            'grep hosts: /etc/nsswitch.conf',
          ),
        ]
      : []),
  ];
}

function ofFamily(addresses: readonly string[], family: 0 | 4 | 6): string[] {
  return addresses.filter((address) => family === 0 || ipFamily(address) === family);
}

function theDot(name: string): string {
  return name.endsWith('.') ? 'with the' : 'without the';
}
