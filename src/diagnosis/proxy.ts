import type { Observation, ProxyFailure, ProxySeen } from '../observation.ts';
import { type Finding, finding } from './findings.ts';

/** A gateway's own words for a destination that cannot be reached (RFC 9110 §15.6.3–5), and SOCKS's (RFC 1928 §6). */
const HTTP_ABOUT_DESTINATION: ReadonlySet<number> = new Set([502, 503, 504]);
const SOCKS_ABOUT_DESTINATION: ReadonlySet<number> = new Set([3, 4, 5, 6]);
/** tinyproxy says it with 500. */
const UNABLE = /unable to connect/i;

/** What a proxy's failure means: the proxy's fault, or its word on the destination, and never the server's own. */
export function proxyFailure(failure: ProxyFailure, { proxy }: Observation): Finding {
  if (!proxy) throw new Error('a proxy that was not used cannot fail');
  switch (failure.what) {
    case 'unreachable': {
      const { stage, errno, dialled } = failure;
      return finding('proxy-unreachable', { proxy, stage, errno, dialled });
    }
    case 'auth':
      return finding('proxy-auth-required', { proxy, said: failure.said });
    case 'refused': {
      const about = isAboutDestination(proxy, failure.answer, failure.said) ? 'destination' : 'us';
      return finding('proxy-refused', { proxy, about, said: failure.said });
    }
    default:
      return finding('proxy-refused', { proxy, about: failure.what, said: failure.said });
  }
}

function isAboutDestination({ scheme }: ProxySeen, answer: number, said: string): boolean {
  if (scheme === 'socks5' || scheme === 'socks5h') return SOCKS_ABOUT_DESTINATION.has(answer);
  return HTTP_ABOUT_DESTINATION.has(answer) || (answer === 500 && UNABLE.test(said));
}
