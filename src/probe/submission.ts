import type { SubmissionSeen } from '../model/delivery.ts';
import type { EnvelopeSeen, Observation } from '../model/observation.ts';
import { offeredBy } from '../smtp/capabilities.ts';
import { type Envelope, mailCommand, needsUtf8, rcptCommand, sayMailbox } from '../smtp/commands.ts';
import { isYes, type Reply } from '../smtp/reply.ts';
import type { BeyondPlan, Plan } from './plan.ts';
import { type ProbeIo, probe } from './probe.ts';
import type { Session } from './session.ts';

/** A plan that holds a message: of all plans this alone can be handed to `submit`, which alone says DATA. */
export interface SubmissionPlan extends Plan {
  readonly beyond: BeyondPlan & { readonly envelope: null };
  readonly submission: {
    readonly envelope: Envelope;
    /** The message (RFC 5322), without line ends. */
    readonly lines: readonly string[];
  };
}

/** What was seen of the conversation, and of the message in it. */
export interface Submitted {
  readonly seen: Observation;
  readonly submission: SubmissionSeen;
}

/**
 * One attempt at handing a message to a server: as a probe, and then MAIL, RCPT and DATA (RFC 5321 §3.3), once. `taken` is
 * told at once of a message that the server took: QUIT is no part of its way.
 */
export async function submit(plan: SubmissionPlan, io: ProbeIo, taken: () => void = () => {}): Promise<Submitted> {
  const seen: { -readonly [K in keyof SubmissionSeen]: SubmissionSeen[K] } = {
    data: null,
    sent: false,
    answer: null,
    answeredMs: null,
  };
  const run = async (session: Session) => {
    if (await acceptEnvelope(session, plan.submission.envelope)) await sendMessage(session, plan, seen);
    if (seen.answer && isTaken(seen.answer)) taken();
    return true;
  };
  const observation = await probe(plan, io, { steps: ['mail', 'rcpt', 'data'], run });
  return { seen: observation, submission: seen };
}

/** MAIL and RCPT, each of which has to be answered with yes. */
async function acceptEnvelope({ talk, seen, recorder }: Session, envelope: Envelope): Promise<boolean> {
  const offered = offeredBy(seen.ehlo);
  const replies: (Reply | null)[] = envelope.to.map(() => null);
  const tell = (mail: Reply | null): void => {
    const recipients = envelope.to.map((to, i) => ({ to: sayMailbox(to), reply: replies[i] ?? null }));
    const known = { from: sayMailbox(envelope.from), needsUtf8: needsUtf8(envelope) && !offered.has('SMTPUTF8') };
    seen.envelope = { ...known, mail, recipients, rset: null } satisfies EnvelopeSeen;
  };
  const stop = (because: string): false => {
    recorder.stop(because);
    return false;
  };
  tell(null);
  if (seen.envelope?.needsUtf8) return stop('SMTPUTF8 is not offered');
  const mail = await recorder.run('mail', () => talk.command(mailCommand(envelope, offered)));
  tell(mail);
  if (!isYes(mail, 250)) return stop('MAIL was not accepted');
  await recorder.run('rcpt', async () => {
    for (const [i, to] of envelope.to.entries()) {
      replies[i] = await talk.command(rcptCommand(to));
      tell(mail);
    }
  });
  return replies.every((reply) => reply !== null && isYes(reply, 250)) || stop('RCPT was not accepted');
}

/** RFC 5321 §4.3.2: an unknown code counts by its first digit. */
const isTaken = ({ code }: Reply): boolean => code >= 200 && code < 300;

/** RFC 5321 §3.3: start mail input. */
const GO_AHEAD = 354;

/** DATA, the message with its dots doubled (RFC 5321 §4.5.2), and the dot that ends it. */
async function sendMessage(
  { talk, recorder }: Session,
  { submission: { lines } }: SubmissionPlan,
  seen: { -readonly [K in keyof SubmissionSeen]: SubmissionSeen[K] },
): Promise<void> {
  await recorder.run('data', async () => {
    seen.data = await talk.command('DATA');
    if (seen.data.code !== GO_AHEAD) return recorder.stop('DATA was not accepted');
    talk.send([...lines.map((line) => ({ line: line.startsWith('.') ? `.${line}` : line })), { line: '.' }]);
    seen.sent = true;
    // Whoever gives up here does not know what became of the message (RFC 1047): only the deadline ends the wait.
    seen.answer = await talk.reply({ atMost: Number.POSITIVE_INFINITY });
    seen.answeredMs = talk.heardAtMs;
  });
}
