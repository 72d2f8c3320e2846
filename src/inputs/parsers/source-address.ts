import { networkInterfaces } from 'node:os';
import type { Address } from '../../model/observation.ts';
import { literalAddress } from '../../shared/address.ts';
import { type Interfaces, isLinkLocal, isOwnAddress, ownAddresses } from '../../shared/own-addresses.ts';
import { hasAt, type Parsed, quote } from './result.ts';

/** Of a machine with very many addresses, so many are named. */
const MOST_NAMED = 12;

/** An IP address of this machine, with or without brackets: the system refuses to connect from any other. */
export function sourceAddress(text: string, interfaces: Interfaces = networkInterfaces()): Parsed<Address> {
  if (hasAt(text)) return { problem: 'contains an at sign (@); write an IP address of this machine' };
  const address = literalAddress(/^\[(.*)\]$/.exec(text)?.[1] ?? text);
  const choices = `write one of its addresses: ${sayOwn(ownAddresses(interfaces))}`;
  if (!address) {
    const what = Object.hasOwn(interfaces, text) ? 'is the name of an interface' : 'is not an IP address';
    return { problem: `${quote(text)} ${what}; ${choices}` };
  }
  if (isOwnAddress(address.address, interfaces)) return { value: address };
  if (isLinkLocal(address.address) && !address.address.includes('%')) {
    return { problem: `${quote(text)} is a link-local address without its interface; ${choices}` };
  }
  return { problem: `${quote(text)} is not an address of this machine; ${choices}` };
}

function sayOwn(own: readonly string[]): string {
  const left = own.length - MOST_NAMED;
  return left > 0 ? `${own.slice(0, MOST_NAMED).join(', ')} and ${left} more` : own.join(', ');
}
