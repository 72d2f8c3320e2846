import type { Around } from '../../model/observation.ts';
import { ipFamily } from '../../shared/address.ts';
import { resolveName } from './commands.ts';
import { type Advice, remedy, type Subject } from './entry.ts';
import { compareNames, sayResolved } from './look-around.ts';

/** What other sources of names make likely of a name that the system does not resolve, to an address of a family. */
export function nameCauses(around: Around | null, { host }: Subject, family: 0 | 4 | 6 = 0): string[] {
  const name = around?.name;
  if (!name) return [];
  const { otherForm, search } = name;
  const dns = ofFamily(name.dns.addresses, family);
  const hosts = ofFamily(name.hosts, family);
  return [
    ...(otherForm && otherForm.addresses.length > 0
      ? [`\`host\` is written ${theDot(host)} final dot, but ${otherForm.name} ${sayResolved(otherForm.addresses)}.`]
      : []),
    ...(hosts.length > 0
      ? [`The hosts file knows the name (${hosts.join(', ')}), but the system’s resolver did not use it.`]
      : []),
    ...(dns.length > 0
      ? [
          `The DNS knows the name (${dns.join(', ')}), and the system’s resolver does not: the reason is nsswitch.conf, the hosts file or the search domains of this machine.`,
        ]
      : []),
    ...(otherForm && search && !host.includes('.')
      ? [
          search.length > 0
            ? `The name is short, and it is not in a domain that this machine appends (${search.join(', ')}).`
            : 'The name is short, and this machine appends no search domain to it.',
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
            ...compareNames(subject),
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
