import {
  type AuthSeen,
  type EnvelopeSeen,
  isVerified,
  type Observation,
  type TlsSession,
} from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import { offeredBy } from '../smtp/capabilities.ts';
import { isYes } from '../smtp/reply.ts';
import { logIn } from './auth.ts';
import type { Conversation } from './conversation.ts';
import { sayHello } from './ehlo.ts';
import { askEnvelope } from './envelope.ts';
import type { BeyondPlan, Plan } from './plan.ts';
import type { Recorder } from './step-recorder.ts';

/** What is learned behind the greeting, kept as it comes. */
export interface DeeperSeen {
  ehlo: Observation['ehlo'];
  starttls: Observation['starttls'];
  tls: TlsSession | null;
  auth: AuthSeen | null;
  loginSent: boolean;
  envelope: EnvelopeSeen | null;
}

export interface DeeperIo {
  readonly recorder: Recorder;
  /** The name that was said in EHLO. */
  readonly name: string;
  /** Makes TLS of the rest of the conversation, and keeps what it saw. */
  readonly upgrade: (talk: Conversation) => Promise<void>;
  /** What comes behind all that a plan can ask for; `null` for nothing. */
  readonly last?: LastStage | null;
}

/** A stage of a session that no plan of the gate can ask for: who probes brings it along. */
export interface LastStage {
  readonly steps: readonly StepName[];
  readonly run: Stage;
}

/** A session behind EHLO: the conversation, what was asked of it, and what was seen of it so far. */
export interface Session extends DeeperIo {
  readonly talk: Conversation;
  readonly plan: Plan & { readonly beyond: BeyondPlan };
  readonly seen: DeeperSeen;
}

/** One part of a session; resolves to false when the conversation cannot go on. */
type Stage = (session: Session) => Promise<boolean>;

/** The parts of a session, in their order (RFC 5321 §4.1.4, RFC 3207, RFC 4954). */
const STAGES: readonly Stage[] = [acceptEhlo, secureConnection, authenticate, submitEnvelope];

/** The conversation behind EHLO, as far as the plan asks and the server lets it. */
export async function goDeeper(
  talk: Conversation,
  plan: Session['plan'],
  seen: DeeperSeen,
  io: DeeperIo,
): Promise<void> {
  const session = { ...io, talk, plan, seen };
  for (const stage of STAGES) if (!(await stage(session))) return;
  await io.last?.run(session);
}

async function acceptEhlo({ seen, recorder }: Session): Promise<boolean> {
  return (seen.ehlo && isYes(seen.ehlo.reply, 250)) || stopAt(recorder, 'EHLO was not accepted');
}

/** STARTTLS where it is wanted, and EHLO again behind it, since the first answer counts no more (RFC 3207 §4.2). */
async function secureConnection(session: Session): Promise<boolean> {
  const { talk, plan, seen, recorder, name } = session;
  const { when } = plan.tls;
  if (seen.tls !== null || (when !== 'starttls' && when !== 'if-offered')) return true;
  if (!(await startTls(session))) return false;
  if (seen.tls === null) return true;
  await recorder.run('ehlo-again', () =>
    sayHello(talk, { name, protocol: plan.protocol }, (hello) => Object.assign(seen, { ehlo: hello })),
  );
  return acceptEhlo(session);
}

/** STARTTLS (RFC 3207 §4) where it is offered. */
async function startTls({ talk, plan: { tls }, seen, recorder, upgrade }: Session): Promise<boolean> {
  const offered = offeredBy(seen.ehlo).has('STARTTLS');
  seen.starttls = { offered, reply: null };
  if (!offered) {
    for (const step of ['starttls', 'tls', 'ehlo-again'] as const) recorder.skip(step, 'STARTTLS is not offered');
    return tls.when !== 'starttls' || stopAt(recorder, 'STARTTLS is not offered');
  }
  const reply = await recorder.run('starttls', () => talk.command('STARTTLS'));
  seen.starttls = { offered, reply };
  // Whatever was said in plaintext may have been said by anybody.
  seen.ehlo = null;
  if (!isYes(reply, 220)) return stopAt(recorder, 'STARTTLS was not accepted');
  await recorder.run('tls', () => upgrade(talk));
  const trusted = seen.tls !== null && isVerified(seen.tls);
  return !tls.strict || trusted || stopAt(recorder, 'the certificate does not verify');
}

/** AUTH (RFC 4954), only on a connection that is safe for it. */
async function authenticate({ talk, plan, seen, recorder }: Session): Promise<boolean> {
  const { login } = plan.beyond;
  if (!login) return true;
  const refusal = unsafe(seen.tls, plan);
  const sent = () => {
    seen.loginSent = true;
  };
  const io = { offered: offeredBy(seen.ehlo), endpoint: plan, secrets: plan.secrets, sent };
  seen.auth = refusal
    ? { outcome: 'withheld', because: refusal }
    : await recorder.run('auth', () => logIn(talk, login, io));
  const accepted = seen.auth.outcome === 'answered' && seen.auth.reply.code === 235;
  return accepted || stopAt(recorder, withoutLogin(seen.auth));
}

/** MAIL and RCPT (RFC 5321 §3.3), which RSET takes back. */
async function submitEnvelope({ talk, plan, seen, recorder }: Session): Promise<boolean> {
  const { envelope } = plan.beyond;
  if (!envelope) return true;
  const see = (so: EnvelopeSeen) => {
    seen.envelope = so;
  };
  await askEnvelope(talk, envelope, { offered: offeredBy(seen.ehlo), recorder, see });
  return true;
}

function stopAt(recorder: Recorder, because: string): false {
  recorder.stop(because);
  return false;
}

/** Why nothing that needs a login follows. */
function withoutLogin(auth: AuthSeen): string {
  if (auth.outcome !== 'withheld') return 'there was no login';
  const why = auth.because === 'no-tls' ? 'the connection has no TLS' : 'the certificate does not verify';
  return `the login was not sent, because ${why}`;
}

/** Why credentials must not be sent on this connection; `null` when they may. */
function unsafe(tls: TlsSession | null, { beyond, tls: plan }: Plan): 'no-tls' | 'not-verified' | null {
  if (beyond?.login?.overPlaintext) return null;
  if (tls === null) return 'no-tls';
  return plan.verify && !isVerified(tls) ? 'not-verified' : null;
}
