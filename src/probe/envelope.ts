import type { EnvelopeSeen } from '../model/observation.ts';
import type { Capabilities } from '../smtp/capabilities.ts';
import { type Envelope, mailCommand, needsUtf8, rcptCommand, sayMailbox } from '../smtp/commands.ts';
import { isYes, type Reply } from '../smtp/reply.ts';
import type { Command, Conversation } from './conversation.ts';
import type { Recorder } from './step-recorder.ts';

interface EnvelopeIo {
  readonly offered: Capabilities;
  readonly recorder: Recorder;
  /** Is told what was answered, as it comes. */
  readonly see: (seen: EnvelopeSeen) => void;
}

/**
 * What can be sent in one group (RFC 2920 §3.1): nothing without PIPELINING, nor when the envelope cannot be said, nor for
 * several recipients, each of which would be one more line in the server's log if the first is refused.
 */
function envelopeGroup(envelope: Envelope, offered: Capabilities): Command[] {
  if (!offered.has('PIPELINING') || lacksUtf8(envelope, offered) || envelope.to.length > 1) return [];
  return [mailCommand(envelope, offered), ...envelope.to.map(rcptCommand)].map((line) => ({ line }));
}

/**
 * MAIL, each RCPT until one is refused, RSET (RFC 5321 §3.3); of one recipient all at once where PIPELINING is offered
 * (RFC 2920), and never DATA.
 */
export async function askEnvelope(talk: Conversation, envelope: Envelope, io: EnvelopeIo): Promise<void> {
  const { offered, recorder, see } = io;
  const replies: (Reply | null)[] = envelope.to.map(() => null);
  const known = { from: sayMailbox(envelope.from), needsUtf8: lacksUtf8(envelope, offered) };
  const tell = (mail: Reply | null, rset: Reply | null) => {
    const recipients = envelope.to.map((to, i) => ({ to: sayMailbox(to), reply: replies[i] ?? null }));
    see({ ...known, mail, recipients, rset });
  };
  tell(null, null);
  if (known.needsUtf8) return recorder.stop('SMTPUTF8 is not offered');
  const group = envelopeGroup(envelope, offered);
  const pipelined = group.length > 0;
  const ask = (line: string, limit = {}) => (pipelined ? talk.reply(limit) : talk.command(line, limit));
  const mail = await recorder.run('mail', () => {
    if (pipelined) talk.send(group);
    return ask(mailCommand(envelope, offered));
  });
  tell(mail, null);
  if (!isYes(mail, 250)) {
    recorder.stop('MAIL was not accepted');
    // The answers to what was sent along are consequences.
    const heard = (i: number, reply: Reply) => {
      // That the server is closing is no consequence.
      if (reply.code === CLOSING) replies[i] = reply;
      tell(mail, null);
    };
    if (pipelined) await recorder.runCourtesy('rset', (limit) => hearOut(talk, envelope.to.length, heard, limit));
    return;
  }
  if (envelope.to.length > 0) {
    await recorder.run('rcpt', async () => {
      for (const [i, to] of envelope.to.entries()) {
        const reply = await ask(rcptCommand(to));
        replies[i] = reply;
        tell(mail, null);
        if (endsQuestions(reply)) return;
      }
    });
  }
  if (replies.some((reply) => reply?.code === CLOSING)) return recorder.stop('the server is closing');
  // On its own: its answer, which decides nothing, must not be taken for one that is missing.
  await recorder.runCourtesy('rset', async (limit) => tell(mail, await talk.command('RSET', limit)));
}

/**
 * The first refusal decides, and what counts refusals, as fail2ban does, counts each: no other recipient is asked for
 * behind one. (454 is how stock Postfix says that it does not relay.)
 */
function endsQuestions({ code }: Reply): boolean {
  return code === CLOSING || code === 454 || code >= 500;
}

/** RFC 5321 §3.8: behind a 421 the server closes the connection. */
const CLOSING = 421;

function lacksUtf8(envelope: Envelope, offered: Capabilities): boolean {
  return needsUtf8(envelope) && !offered.has('SMTPUTF8');
}

/** Reads the answers to commands that no longer matter. */
async function hearOut(
  talk: Conversation,
  count: number,
  heard: (i: number, reply: Reply) => void,
  limit: { atMost: number },
): Promise<void> {
  for (let i = 0; i < count; i += 1) heard(i, await talk.reply(limit));
}
