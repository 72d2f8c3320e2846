import type { MxSeen } from '../model/observation.ts';
import { type Finding, finding } from './findings.ts';

/** The question, as evidence names it. */
const ASKED = 'MX query';

/** What is wrong with a domain's mail exchangers; `null` when there is a host to probe, be it the domain itself. */
export function mxFailure(seen: MxSeen): Finding | null {
  switch (seen.kind) {
    case 'hosts':
    case 'implicit':
      return null;
    case 'null':
      return finding('mx-null', { preference: seen.preference });
    case 'none':
      return finding('mx-not-found', { odd: [] });
    case 'unusable':
      return finding('mx-not-found', { odd: seen.odd });
    case 'not-found':
      return finding('dns-not-found', { errno: 'ENOTFOUND', asked: ASKED, around: null });
    case 'unavailable':
      return finding('dns-unavailable', { errno: seen.errno, asked: ASKED, around: null });
  }
}
