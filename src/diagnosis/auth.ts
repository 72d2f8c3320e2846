import type { Code } from '../model/codes.ts';
import { type AuthSeen, greetingText, type Observation } from '../model/observation.ts';
import { offeredBy, sayCapabilities } from '../smtp/capabilities.ts';
import { enhancedStatus } from '../smtp/enhanced-status.ts';
import { decidingPart, type Reply, replyText } from '../smtp/reply.ts';
import type { Expectations } from './expectations.ts';
import { type Finding, finding } from './findings.ts';
import { certificateOf, refusedHello } from './tls.ts';

/** What became of the login. Only 235 to a complete exchange is a yes (RFC 4954 §4). */
export function loginOf(seen: Observation, wanted: Expectations): Finding[] {
  const { auth, ehlo } = seen;
  if (!auth) return [];
  const capabilities = offeredBy(ehlo);
  const offered = sayCapabilities(capabilities);
  const mechanisms = (capabilities.get('AUTH') ?? []).map((name) => name.toUpperCase());
  switch (auth.outcome) {
    case 'withheld':
      return [
        finding('auth-needs-tls', {
          because: auth.because,
          reply: null,
          faults: auth.because === 'not-verified' ? faultsOf(seen, wanted) : [],
        }),
      ];
    case 'not-offered':
      return [finding('auth-not-offered', { offered, reply: null, ...refusedHello(ehlo) })];
    case 'no-mechanism':
      return [finding('auth-mechanism-missing', { offered: auth.offered, usable: auth.usable, reply: null })];
    case 'broken': {
      const { mechanism, what, reply, saslError } = auth;
      // A server that has named an error has refused, whatever it did then: even a 235 is no yes any more.
      if (saslError) return [refusedWithin({ mechanism, reply, saslError }, mechanisms, greetingText(seen))];
      return [finding('protocol-violation', { step: 'auth', what: `${mechanism}: ${what}`, text: replyText(reply) })];
    }
    case 'answered':
      // 421 is the whole service's no, wherever it stands (RFC 5321 §3.8), and is judged as such elsewhere.
      if (auth.reply.code === 235 || auth.reply.code === 421) return [];
      return [
        refusal(
          { ...auth, reply: decidingPart(auth.reply) },
          { offered, mechanisms, greeting: greetingText(seen), overTls: seen.tls !== null },
        ),
      ];
  }
}

/** What is wrong with the certificate, by the codes of its own findings. */
function faultsOf(seen: Observation, wanted: Expectations): Code[] {
  return certificateOf(seen, wanted)
    .map(({ code }) => code)
    .filter((code) => code !== 'certificate-expiring');
}

type Answered = Extract<AuthSeen, { outcome: 'answered' }>;
type Refused = Pick<Answered, 'mechanism' | 'reply' | 'saslError'>;
type Refusal = Extract<Code, 'auth-rejected' | 'auth-app-password-needed' | 'auth-disabled' | 'auth-unavailable'>;
interface Server {
  /** What it offers, as EHLO said it, and the mechanisms among it. */
  readonly offered: readonly string[];
  readonly mechanisms: readonly string[];
  readonly greeting: string;
  /** Whether the login went over TLS. */
  readonly overTls: boolean;
}

function refusal(auth: Answered, { offered, mechanisms, greeting, overTls }: Server): Finding {
  const { mechanism, reply, saslError } = auth;
  const { code } = reply;
  if (saslError) return refusedWithin(auth, mechanisms, greeting);
  const text = replyText(reply);
  // Postfix and nodemailer take any 2xx for a yes; Python, Go, Java, curl and swaks take 235 alone. To be told that a
  // login works, when what answers 250 may never have looked at the password, is worse than a failure.
  if (code < 400) {
    const what = `AUTH was answered with ${code} instead of 235`;
    return finding('protocol-violation', { step: 'auth', what, text });
  }
  if (needsTls(reply))
    return finding('auth-needs-tls', { because: overTls ? 'said-so-over-tls' : 'said-so', reply: text });
  if (code === 503 && OUT_OF_TURN.test(text)) {
    return finding('protocol-violation', {
      step: 'auth',
      what: 'AUTH was refused as a wrong sequence of commands, which it was not',
      text,
    });
  }
  // RFC 4954 §4: a server that knows AUTH says so of a message that is longer than it takes.
  if ((code === 500 || code === 502 || code === 503) && !isTooLong(text))
    return finding('auth-not-offered', { offered, reply: text });
  if (code === 504 || isTooWeak(reply)) {
    return finding('auth-mechanism-missing', { offered: mechanisms, usable: [mechanism], reply: text });
  }
  return finding(kindOf(reply), { mechanism, reply: text, saslError, greeting, offered: mechanisms });
}

/** A refusal whose error the mechanism itself has named: what follows it adds only whether it is for good. */
function refusedWithin(
  { mechanism, reply, saslError }: Refused,
  offered: readonly string[],
  greeting: string,
): Finding {
  const text = replyText(reply);
  const unavailable = reply.code >= 400 && reply.code < 500;
  // RFC 5802 §7: these are about the mechanism, not about who logs in.
  if (!unavailable && mechanism.startsWith('SCRAM-') && /channel-binding|extensions-not/.test(saslError ?? ''))
    return finding('auth-mechanism-missing', { offered, usable: [mechanism], reply: `${text} (${saslError})` });
  const code = reply.code < 400 ? 'auth-rejected' : kindOf(reply);
  return finding(code, { mechanism, reply: text, saslError: saslError ?? null, greeting, offered });
}

/** What stands before AUTH in every conversation of ours, and a login or a sender, of which none does (RFC 4954 §4). */
const OUT_OF_TURN = /already|(?:helo|ehlo|hello)\b|transaction|in progress/i;

/** RFC 4954 §4: "500 5.5.6 Authentication Exchange line is too long". */
export const isTooLong = (text: string): boolean => /too long|line length|\b5\.5\.6\b/i.test(text);

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
