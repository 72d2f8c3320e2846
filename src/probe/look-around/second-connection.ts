import type { Duplex } from 'node:stream';
import { isNotTls, type PlainLook, type TlsLook } from '../../model/observation.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secrets } from '../../shared/redaction.ts';
import { parseCapabilities } from '../../smtp/capabilities.ts';
import { replyText } from '../../smtp/reply.ts';
import type { Dial } from '../connect.ts';
import { Conversation } from '../conversation.ts';
import { Deadline, errnoOf, Interrupted } from '../deadline.ts';

interface LookIo {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Called when the greeting is there. */
  readonly greeted?: () => void;
}

/**
 * A second look at a port that said nothing: does it answer a TLS hello (RFC 8314 §3.3), and with an SMTP greeting
 * behind it? It verifies nothing and says nothing but QUIT.
 */
export async function lookForTls(
  { address, port, atMost }: { address: string; port: number; atMost: number },
  { dial, clock, secrets, greeted = () => {} }: LookIo,
): Promise<TlsLook> {
  const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
  let socket: Duplex | undefined;
  try {
    const plain = await deadline.wait((cancellation) => dial(address, port, cancellation));
    socket = plain;
    // Whatever goes wrong while nobody listens, or after the first time, must not end the process.
    plain.on('error', () => {});
    // node:tls costs more to load than a whole probe takes: only a silent port pays for it.
    const { connect } = await import('node:tls');
    const secure = connect({ socket: plain, rejectUnauthorized: false, minVersion: 'TLSv1' });
    socket = secure;
    secure.on('error', () => {});
    await deadline.wait(
      () =>
        new Promise<void>((resolve, reject) => {
          secure.once('secureConnect', resolve);
          secure.once('error', reject);
          secure.once('close', () => reject(new Interrupted({ kind: 'closed', heard: '' })));
        }),
    );
    return {
      answer: 'tls',
      protocol: secure.getProtocol(),
      greeting: await greeting(secure, { deadline, secrets, greeted }),
    };
  } catch (error) {
    if (error instanceof Interrupted) return { answer: 'nothing', because: error.end.kind };
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (isNotTls({ errno: code, reason: message })) return { answer: 'not-tls', errno: code };
    // An alert, or a version that we do not speak, is an answer that only TLS gives.
    if (/SSL|EPROTO/.test(code)) return { answer: 'tls', protocol: null, greeting: null };
    return { answer: 'nothing', because: code };
  } finally {
    socket?.destroy();
  }
}

/**
 * A second look at a port that did not answer a TLS hello: does it greet in plaintext, and does it offer STARTTLS? It
 * says nothing but EHLO and QUIT.
 */
export async function lookForGreeting(
  { address, port, atMost }: { address: string; port: number; atMost: number },
  { dial, clock, secrets, greeted = () => {} }: LookIo,
): Promise<PlainLook> {
  const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
  let talk: Conversation | undefined;
  try {
    talk = new Conversation(
      await deadline.wait((cancellation) => dial(address, port, cancellation)),
      deadline,
      secrets,
    );
    const greeting = await talk.reply();
    greeted();
    const offersStartTls = greeting.code === 220 ? await offersTls(talk) : null;
    await talk.command('QUIT').catch(() => {});
    return { answer: 'greeting', text: replyText(greeting), offersStartTls };
  } catch (error) {
    if (!(error instanceof Interrupted)) return { answer: 'nothing', because: errnoOf(error) };
    const { end } = error;
    const text = end.kind === 'malformed' ? end.reply.text : 'heard' in end ? end.heard : '';
    return text === '' ? { answer: 'nothing', because: end.kind } : { answer: 'greeting', text, offersStartTls: null };
  } finally {
    talk?.close();
  }
}

async function offersTls(talk: Conversation): Promise<boolean | null> {
  try {
    return parseCapabilities(await talk.command('EHLO [127.0.0.1]')).has('STARTTLS');
  } catch {
    return null;
  }
}

async function greeting(
  secure: Duplex,
  { deadline, secrets, greeted }: { deadline: Deadline; secrets: Secrets; greeted: () => void },
): Promise<string | null> {
  const talk = new Conversation(secure, deadline, secrets);
  try {
    const reply = await talk.reply();
    greeted();
    await talk.command('QUIT').catch(() => {});
    return replyText(reply);
  } catch (error) {
    if (error instanceof Interrupted) return null;
    throw error;
  }
}
