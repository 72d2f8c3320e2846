import type { Duplex } from 'node:stream';
import { isNotTls, type PlainLook, type ServiceLook, type SilentLook, type TlsLook } from '../../model/observation.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Secrets } from '../../shared/redaction.ts';
import { type Hello, parseCapabilities } from '../../smtp/capabilities.ts';
import { decidingPart, replyText } from '../../smtp/reply.ts';
import type { Dial } from '../connect.ts';
import { Conversation } from '../conversation.ts';
import { Deadline, errnoOf, Interrupted } from '../deadline.ts';
import { RecordedStream } from './recorded-stream.ts';

/** Where a look goes; it takes `atMost` milliseconds in all. */
interface Place {
  readonly address: string;
  readonly port: number;
  readonly atMost: number;
}

interface LookIo {
  readonly dial: Dial;
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Called when the greeting is there. */
  readonly greeted?: () => void;
}

/** A conversation in plaintext. */
async function converse({ address, port, atMost }: Place, { dial, clock, secrets }: LookIo): Promise<Conversation> {
  const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
  return new Conversation(await deadline.wait((cancel) => dial(address, port, cancel)), deadline, secrets);
}

/**
 * A second look at a port that said nothing: does it answer a TLS hello (RFC 8314 §3.3), and with an SMTP greeting
 * behind it? It verifies nothing and says nothing but QUIT.
 */
export async function lookForTls(
  { address, port, atMost }: Place,
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
 * says nothing but EHLO (LHLO in LMTP) and QUIT.
 */
export async function lookForGreeting(
  where: Place & { readonly hello?: Hello['verb'] },
  io: LookIo,
): Promise<PlainLook> {
  let talk: Conversation | undefined;
  try {
    talk = await converse(where, io);
    const greeting = await talk.reply();
    io.greeted?.();
    const offersStartTls = greeting.code === 220 ? await offersTls(talk, where.hello ?? 'EHLO') : null;
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

/** How a reply begins (RFC 5321 §4.2). */
const REPLY = /^[2-5]\d\d[ -]/;

/**
 * A second look at a server that said 220 to STARTTLS and then something else than TLS, of which node:tls tells nothing:
 * the reply that stands there, lines joined with LF; empty where it is none.
 */
export async function lookForRefusal(
  where: Place & { readonly name: string; readonly hello?: Hello['verb'] },
  { dial, clock, secrets }: LookIo,
): Promise<string> {
  const { address, port, atMost, name, hello = 'EHLO' } = where;
  const deadline = new Deadline(clock, { timeoutMs: atMost, deadlineMs: atMost });
  let talk: Conversation | undefined;
  let recorded: RecordedStream | undefined;
  try {
    const plain = await deadline.wait((cancellation) => dial(address, port, cancellation));
    talk = new Conversation(plain, deadline, secrets);
    await talk.reply();
    await talk.command(`${hello} ${name}`);
    await talk.command('STARTTLS');
    const { connect } = await import('node:tls');
    await talk.upgrade(async (socket) => {
      recorded = new RecordedStream(socket);
      const secure = connect({ socket: recorded, rejectUnauthorized: false });
      await deadline.wait(
        () =>
          new Promise<void>((resolve) => {
            secure.once('secureConnect', resolve).on('error', resolve).once('close', resolve);
          }),
      );
      return secure;
    });
  } catch (error) {
    if (error instanceof Interrupted && error.end.kind === 'injected') return error.end.heard;
    // Whatever else goes wrong in a second look, the first one stands.
  } finally {
    recorded?.destroy();
    talk?.close();
  }
  const said = recorded?.beginning ?? '';
  return REPLY.test(said) ? said.trim().replaceAll('\r\n', '\n') : '';
}

async function offersTls(talk: Conversation, hello: Hello['verb']): Promise<boolean | null> {
  try {
    const reply = await talk.command(`${hello} [127.0.0.1]`);
    // A refusal offers nothing, and tells nothing of what is offered.
    return reply.code < 400 ? parseCapabilities(reply).has('STARTTLS') : null;
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

/**
 * A second look at a port, with a PROXY header where the first connection had none or the other way round: does it greet,
 * and is QUIT the first command that it answers? What takes a header for commands answers those first. In TLS, which a
 * header in its place keeps from coming about, the greeting alone says so. It says nothing but QUIT.
 */
export async function lookForService(where: Place, inTls: boolean, io: LookIo): Promise<ServiceLook> {
  return inTls ? serviceInTls(where, io) : serviceInPlaintext(where, io);
}

const GREETS = /^220(?:[ -]|$)/;

async function serviceInTls(where: Place, io: LookIo): Promise<ServiceLook> {
  const look = await lookForTls(where, io);
  if (look.answer === 'nothing') return look;
  const text = look.answer === 'tls' ? (look.greeting ?? '') : '';
  return { answer: GREETS.test(text) ? 'served' : 'refused', text };
}

async function serviceInPlaintext(where: Place, io: LookIo): Promise<ServiceLook> {
  let talk: Conversation | undefined;
  try {
    talk = await converse(where, io);
    const greeting = await talk.reply();
    const text = replyText(greeting);
    if (greeting.code !== 220) return { answer: 'refused', text };
    const farewell = await talk.command('QUIT');
    return { answer: farewell.code === 221 ? 'served' : 'refused', text };
  } catch (error) {
    return endOf(error);
  } finally {
    talk?.close();
  }
}

/**
 * A second look at a server that seemed to answer a command too many: what does it say to a client that says nothing,
 * beside its greeting? Something on the way may speak before us. `null` for nothing.
 */
export async function lookInSilence(where: Place, io: LookIo): Promise<SilentLook | null> {
  let talk: Conversation | undefined;
  try {
    talk = await converse(where, io);
    const greeting = await talk.reply();
    const greeted = greeting.code === 220;
    return { greeted, text: replyText(decidingPart(greeted ? await talk.reply() : greeting)) };
  } catch (error) {
    if (!(error instanceof Interrupted)) errnoOf(error);
    return null;
  } finally {
    // Whoever says nothing is not missed: QUIT, where the server still listens.
    if (talk) leave(talk);
  }
}

/** Takes leave without waiting for an answer. */
function leave(talk: Conversation): void {
  try {
    talk.send([{ line: 'QUIT' }]);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  talk.close();
}

/** What kept a look from its end. */
function endOf(error: unknown): ServiceLook {
  if (!(error instanceof Interrupted)) return { answer: 'nothing', because: errnoOf(error) };
  const { end } = error;
  const text = end.kind === 'malformed' ? end.reply.text : 'heard' in end ? end.heard : '';
  if (text === '') return { answer: 'nothing', because: end.kind };
  // The beginning of a greeting whose end comes late (postscreen's teaser): what was silent before now serves.
  const isLate = end.kind === 'silence' || end.kind === 'deadline';
  return { answer: isLate && /^220-/.test(text) ? 'served' : 'refused', text };
}
