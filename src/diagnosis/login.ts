import type { Code } from '../codes.ts';
import { type AuthSeen, greetingText, type Observation } from '../observation.ts';
import { offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { type Reply, replyText } from '../smtp/reply.ts';
import { enhancedStatus } from '../smtp/status.ts';
import { type Finding, finding } from './findings.ts';

/** What became of the login. Only 235 to a complete exchange is a yes (RFC 4954 §4). */
export function loginOf(seen: Observation): Finding[] {
  const { auth, ehlo } = seen;
  if (!auth) return [];
  const offered = sayCapabilities(offeredBy(ehlo));
  switch (auth.outcome) {
    case 'withheld':
      return [finding('auth-needs-tls', { because: auth.because, reply: null })];
    case 'not-offered':
      return [finding('auth-not-offered', { offered, reply: null })];
    case 'no-mechanism':
      return [finding('auth-mechanism-missing', { offered: auth.offered, usable: auth.usable, reply: null })];
    case 'broken': {
      const text = replyText(auth.reply);
      return [finding('protocol-violation', { step: 'auth', what: `${auth.mechanism}: ${auth.what}`, text })];
    }
    case 'answered':
      return auth.reply.code === 235 || auth.reply.code === 421 ? [] : [refusal(auth, offered, greetingText(seen))];
  }
}

type Answered = Extract<AuthSeen, { outcome: 'answered' }>;
type Refusal = Extract<Code, 'auth-rejected' | 'auth-app-password-needed' | 'auth-disabled' | 'auth-unavailable'>;

function refusal({ mechanism, reply, oauthError }: Answered, offered: readonly string[], greeting: string): Finding {
  const { code } = reply;
  const text = replyText(reply);
  if (code < 400) {
    const what = `AUTH was answered with ${code} instead of 235`;
    return finding('protocol-violation', { step: 'auth', what, text });
  }
  if (needsTls(reply)) return finding('auth-needs-tls', { because: 'said-so', reply: text });
  if (code === 500 || code === 502 || code === 503) return finding('auth-not-offered', { offered, reply: text });
  if (code === 504 || isTooWeak(reply)) {
    return finding('auth-mechanism-missing', { offered: [mechanism], usable: [mechanism], reply: text });
  }
  return finding(kindOf(reply), { mechanism, reply: text, oauthError, greeting });
}

/** RFC 4954 §6: 538, or 530 where it means STARTTLS (RFC 3207 §4). */
function needsTls(reply: Reply): boolean {
  return (
    reply.code === 538 ||
    enhancedStatus(reply) === '5.7.11' ||
    (reply.code === 530 && /tls|encrypt|ssl/i.test(replyText(reply)))
  );
}

/** RFC 4954 §6: 534 says that the mechanism is too weak; providers say other things with it. */
function isTooWeak(reply: Reply): boolean {
  return reply.code === 534 && /too weak|mechanism/i.test(replyText(reply));
}

/** Strictest first: providers hide several refusals behind 534 and 535. */
function kindOf(reply: Reply): Refusal {
  const text = replyText(reply);
  const status = enhancedStatus(reply);
  if (reply.code < 500) return 'auth-unavailable';
  if (/app(?:lication)?[ -]?(?:specific )?password|InvalidSecondFactor/i.test(text)) return 'auth-app-password-needed';
  if (status === '5.7.139') return /credentials were incorrect/i.test(text) ? 'auth-rejected' : 'auth-disabled';
  if (reply.code === 525 || status === '5.7.13' || /(?:smtp|auth\w*|account|basic \w+) (?:is )?disabled/i.test(text))
    return 'auth-disabled';
  return reply.code === 534 ? 'auth-app-password-needed' : 'auth-rejected';
}
