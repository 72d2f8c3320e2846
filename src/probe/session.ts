import {
  type AuthSeen,
  type EnvelopeSeen,
  isVerified,
  type Observation,
  type TlsSession,
} from '../model/observation.ts';
import { offeredBy } from '../smtp/capabilities.ts';
import { isYes } from '../smtp/reply.ts';
import { logIn } from './auth.ts';
import type { Conversation } from './conversation.ts';
import { sayEhlo } from './ehlo.ts';
import { askEnvelope } from './envelope.ts';
import type { BeyondPlan, Plan, TlsPlan } from './plan.ts';
import type { Recorder } from './step-recorder.ts';

/** What is learned behind the greeting, kept as it comes. */
export interface DeeperSeen {
  ehlo: Observation['ehlo'];
  starttls: Observation['starttls'];
  tls: TlsSession | null;
  auth: AuthSeen | null;
  credentialsSent: boolean;
  envelope: EnvelopeSeen | null;
}

export interface DeeperIo {
  readonly recorder: Recorder;
  /** The name that was said in EHLO. */
  readonly name: string;
  /** Makes TLS of the rest of the conversation, and keeps what it saw. */
  readonly upgrade: (talk: Conversation) => Promise<void>;
}

/**
 * The conversation behind EHLO: STARTTLS and EHLO again where it is wanted, AUTH, MAIL and RCPT
 * (RFC 3207, RFC 4954, RFC 5321 §3.3).
 */
export async function goDeeper(
  talk: Conversation,
  plan: Plan & { beyond: BeyondPlan },
  seen: DeeperSeen,
  io: DeeperIo,
): Promise<void> {
  const { recorder, name } = io;
  const { beyond, tls } = plan;
  if (!seen.ehlo || !isYes(seen.ehlo.reply, 250)) return recorder.stop('EHLO was not accepted');
  if (seen.tls === null && (tls.when === 'starttls' || tls.when === 'if-offered')) {
    if (!(await startTls(talk, seen, io, tls))) return;
    if (seen.tls !== null) {
      const { reply } = await recorder.run('ehlo-again', () =>
        sayEhlo(talk, name, (hello) => Object.assign(seen, { ehlo: hello })),
      );
      if (!isYes(reply, 250)) return recorder.stop('EHLO was not accepted');
    }
  }
  const offered = offeredBy(seen.ehlo);
  if (beyond.login) {
    const { login } = beyond;
    const refusal = unsafe(seen.tls, plan);
    const sent = () => {
      seen.credentialsSent = true;
    };
    const io = { offered, endpoint: plan, secrets: plan.secrets, sent };
    seen.auth = refusal
      ? { outcome: 'withheld', because: refusal }
      : await recorder.run('auth', () => logIn(talk, login, io));
    if (seen.auth.outcome !== 'answered' || seen.auth.reply.code !== 235) return recorder.stop('there was no login');
  }
  if (beyond.envelope) {
    const see = (envelope: EnvelopeSeen) => {
      seen.envelope = envelope;
    };
    await askEnvelope(talk, beyond.envelope, { offered, recorder, see });
  }
}

/** STARTTLS (RFC 3207 §4) where it is offered; false when the conversation cannot go on. */
async function startTls(
  talk: Conversation,
  seen: DeeperSeen,
  { recorder, upgrade }: DeeperIo,
  plan: TlsPlan,
): Promise<boolean> {
  const offered = offeredBy(seen.ehlo).has('STARTTLS');
  seen.starttls = { offered, reply: null };
  if (!offered) {
    for (const step of ['starttls', 'tls', 'ehlo-again'] as const) recorder.skip(step, 'STARTTLS is not offered');
    if (plan.when === 'starttls') recorder.stop('STARTTLS is not offered');
    return plan.when !== 'starttls';
  }
  const reply = await recorder.run('starttls', () => talk.command('STARTTLS'));
  seen.starttls = { offered, reply };
  // Whatever was said in plaintext may have been said by anybody.
  seen.ehlo = null;
  if (!isYes(reply, 220)) {
    recorder.stop('STARTTLS was not accepted');
    return false;
  }
  await recorder.run('tls', () => upgrade(talk));
  if (plan.strict && !(seen.tls && isVerified(seen.tls))) {
    recorder.stop('the certificate does not verify');
    return false;
  }
  return true;
}

/** Why credentials must not be sent on this connection; `null` when they may. */
function unsafe(tls: TlsSession | null, { beyond, tls: plan }: Plan): 'no-tls' | 'not-verified' | null {
  if (beyond?.login?.overPlaintext) return null;
  if (tls === null) return 'no-tls';
  return plan.verify && !isVerified(tls) ? 'not-verified' : null;
}
