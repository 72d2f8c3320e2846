import { greetingText, type Observation, type ProxyFailure, type ProxySeen } from '../model/observation.ts';
import { type Finding, finding } from './findings.ts';
import { isPage } from './protocols.ts';

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
      return finding('proxy-auth-required', { proxy, said: failure.said, offers: failure.offers });
    case 'refused': {
      const about = isAboutDestination(proxy, failure.answer, failure.said) ? 'destination' : 'us';
      return finding('proxy-refused', { proxy, about, said: failure.said });
    }
    default:
      return finding('proxy-refused', { proxy, about: failure.what, said: failure.said });
  }
}

/**
 * A proxy that opens the connection and then sends a page, as captive portals and filters do; `null` when it did not. No
 * mail server begins so, and a header with a body announced is no proof (RFC 9110 §9.3.6).
 */
export function pageOfProxy(seen: Observation): Finding | null {
  const { proxy, plainLook, end } = seen;
  if (!proxy) return null;
  const plain = end?.step === 'tls' && plainLook?.answer === 'greeting' ? plainLook.text : '';
  const said = [greetingText(seen), plain].find(isPage);
  return said === undefined ? null : finding('proxy-refused', { proxy, about: 'page', said });
}

function isAboutDestination({ scheme }: ProxySeen, answer: number, said: string): boolean {
  if (scheme === 'socks5' || scheme === 'socks5h') return SOCKS_ABOUT_DESTINATION.has(answer);
  return HTTP_ABOUT_DESTINATION.has(answer) || (answer === 500 && UNABLE.test(said));
}
