import type { EnvelopeSeen } from '../observation.ts';
import type { Capabilities } from '../smtp/capabilities.ts';
import { type Envelope, mailCommand, needsUtf8, rcptCommand, sayMailbox } from '../smtp/commands.ts';
import type { Reply } from '../smtp/reply.ts';
import type { Conversation } from './conversation.ts';
import type { Recorder } from './recorder.ts';

/**
 * MAIL, each RCPT, RSET (RFC 5321 §3.3), all at once where PIPELINING is offered (RFC 2920), and never DATA. What was
 * answered is told to `see` as it comes.
 */
export async function askEnvelope(
  talk: Conversation,
  envelope: Envelope,
  { offered, recorder, see }: { offered: Capabilities; recorder: Recorder; see: (seen: EnvelopeSeen) => void },
): Promise<void> {
  const replies: (Reply | null)[] = envelope.to.map(() => null);
  const known = { from: sayMailbox(envelope.from), needsUtf8: needsUtf8(envelope) && !offered.has('SMTPUTF8') };
  const tell = (mail: Reply | null, rset: Reply | null) => {
    const recipients = envelope.to.map((to, i) => ({ to: sayMailbox(to), reply: replies[i] ?? null }));
    see({ ...known, mail, recipients, rset });
  };
  tell(null, null);
  if (known.needsUtf8) return recorder.stop('SMTPUTF8 is not offered');
  const pipelined = offered.has('PIPELINING');
  const mailLine = mailCommand(envelope, offered);
  if (pipelined) talk.send([mailLine, ...envelope.to.map(rcptCommand), 'RSET']);
  const ask = (line: string) => (pipelined ? talk.reply() : talk.command(line));
  const mail = await recorder.run('mail', () => ask(mailLine));
  tell(mail, null);
  if (mail.code !== 250) {
    recorder.stop('MAIL was not accepted');
    // The answers to what was sent along are consequences.
    if (pipelined) await recorder.runCourtesy('rset', () => readAll(talk, envelope.to.length + 1));
    return;
  }
  if (envelope.to.length > 0) {
    await recorder.run('rcpt', async () => {
      for (const [i, to] of envelope.to.entries()) {
        const reply = await ask(rcptCommand(to));
        replies[i] = reply;
        tell(mail, null);
        if (reply.code === 421) return;
      }
    });
  }
  // RFC 5321 §3.8: behind a 421 the server closes the connection.
  if (replies.some((reply) => reply?.code === 421)) return recorder.stop('the server is closing');
  tell(mail, await recorder.run('rset', () => ask('RSET')));
}

async function readAll(talk: Conversation, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await talk.reply();
}
