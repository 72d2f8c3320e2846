import { mxFailure } from '../../../src/diagnosis/mx.ts';
import type { MxSeen } from '../../../src/model/observation.ts';
import type { Case, CasesOf } from './case.ts';

const looked = (name: string, seen: MxSeen): Case => [name, () => [mxFailure(seen) ?? []].flat()];

const HOSTS: MxSeen = { kind: 'hosts', hosts: [{ host: 'mx.example.com', preference: 10 }], more: 0, odd: ['.'] };
const NONE = looked('a domain without MX and without address', { kind: 'none' });
const NULL = looked('a null MX', { kind: 'null', preference: 0 });
const UNKNOWN = looked('a domain that does not exist', { kind: 'not-found' });
const SILENT = looked('a DNS server that does not answer', { kind: 'unavailable', errno: 'ETIMEOUT' });
const IMPLICIT = looked('a domain that is its own exchanger', { kind: 'implicit' });

export const mx: CasesOf = {
  'mx-not-found': {
    found: [NONE, looked('records that name no host', { kind: 'unusable', odd: ['192.0.2.1', 'a\\010b.example'] })],
    notFound: [NULL, UNKNOWN, SILENT, IMPLICIT, looked('a host', HOSTS)],
  },
  'mx-null': {
    found: [NULL, looked('a null MX of another preference', { kind: 'null', preference: 10 })],
    notFound: [NONE, looked('a host beside a null MX', HOSTS)],
  },
};

/** Findings of other chapters that the look-up of mail exchangers comes to as well. */
export const UNRESOLVED_MX: Readonly<Record<'dns-not-found' | 'dns-unavailable', Case>> = {
  'dns-not-found': UNKNOWN,
  'dns-unavailable': SILENT,
};
