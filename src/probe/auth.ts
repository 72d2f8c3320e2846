import { isUtf8 } from 'node:buffer';
import type { AuthSeen } from '../model/observation.ts';
import type { Secrets } from '../shared/redaction.ts';
import type { Capabilities } from '../smtp/capabilities.ts';
import type { Reply } from '../smtp/reply.ts';
import { decodeBase64 } from '../smtp/sasl/base64.ts';
import { saslClient } from '../smtp/sasl/client.ts';
import { type Mechanism, mechanismsFor, TOKEN_MECHANISMS } from '../smtp/sasl/mechanisms.ts';
import { type Endpoint, type SaslClient, SaslError } from '../smtp/sasl/types.ts';
import type { Conversation } from './conversation.ts';
import { Interrupted } from './deadline.ts';
import type { LoginPlan } from './plan.ts';

/** No mechanism of ours needs more challenges than two; a server that asks on is not going to stop. */
const MOST_ROUNDS = 8;
/** RFC 5321 §4.5.3.1.4: a command has at most 512 octets, CRLF included; RFC 4954 §4 keeps AUTH within that. */
const COMMAND_LENGTH = 510;
/** What is kept of a challenge, which derives from the password. */
const CHALLENGE: Reply = { code: 334, lines: ['***'] };

interface LoginIo {
  readonly offered: Capabilities;
  readonly endpoint: Endpoint;
  readonly secrets: Secrets;
  /** Called before anything goes out that proves who we are: from then on the login must not be repeated. */
  readonly sent: () => void;
}

/** Logs in (RFC 4954) once, with the strongest mechanism that fits, and never again after an answer. */
export async function logIn(
  talk: Conversation,
  { credentials, mechanism: wanted }: LoginPlan,
  io: LoginIo,
): Promise<AuthSeen> {
  const { offered, endpoint } = io;
  const names = offered.get('AUTH')?.map((name) => name.toUpperCase());
  if (!names) return { outcome: 'not-offered' };
  const usable = wanted === 'auto' ? mechanismsFor(credentials) : [wanted];
  const mechanism = usable.find((name) => names.includes(name));
  if (mechanism === undefined) return { outcome: 'no-mechanism', offered: names, usable };
  return exchange(talk, mechanism, saslClient(mechanism, credentials, endpoint), io);
}

async function exchange(
  talk: Conversation,
  mechanism: Mechanism,
  client: SaslClient,
  { secrets, sent }: LoginIo,
): Promise<AuthSeen> {
  const secret = (line: string, shown: string) => {
    for (const word of line.split(' ')) if (word.length > 8 && word !== mechanism) secrets.addMessage(word);
    for (const form of client.derived ?? []) secrets.add(form);
    return { line, shown };
  };
  const errorNamed = () => (client.saslError == null ? null : secrets.redact(client.saslError));
  const broken = (what: string, reply: Reply): AuthSeen => {
    return { outcome: 'broken', mechanism, what: secrets.redact(what), reply, saslError: errorNamed() };
  };
  const name = `AUTH ${mechanism}`;
  const initial = client.initial?.toString('base64');
  // A long initial response waits for the server's empty challenge instead (RFC 4954 §4).
  const fits = initial !== undefined && name.length + 1 + initial.length <= COMMAND_LENGTH;
  const command = fits ? secret(`${name} ${initial || '='}`, `${name} ***`) : { line: name, shown: name };
  // AUTH ends its group (RFC 2920 §3.1): what follows a refused login counts against this runner.
  if (fits) sent();
  let reply = await talk.command(command.line, command);
  let owed = fits ? undefined : initial;
  for (let round = 1; reply.code === 334; round += 1) {
    let answer: string;
    try {
      if (round > MOST_ROUNDS) throw new SaslError(`it asked more than ${MOST_ROUNDS} times`);
      answer = owed ?? client.answer(challengeOf(reply, mechanism)).toString('base64');
    } catch (error) {
      if (!(error instanceof SaslError)) throw error;
      // RFC 4954 §4: a single asterisk calls it off, so that the server is ready for QUIT.
      await talk.command('*', { atMost: 1_000 }).catch(() => {});
      return broken(error.message, CHALLENGE);
    }
    owed = undefined;
    const step = secret(answer, '***');
    sent();
    try {
      reply = await talk.command(step.line, step);
    } catch (error) {
      // Who has named an error has refused the login, whatever becomes of the connection.
      if (!(error instanceof Interrupted) || !client.saslError) throw error;
      reply = CHALLENGE;
      break;
    }
  }
  client.last?.(reply.lines.join(' '));
  if (reply.code === 235 && !isComplete(client, owed)) {
    return broken('it said yes before the login was complete', reply);
  }
  return { outcome: 'answered', mechanism, reply, saslError: errorNamed() };
}

/** A yes to a message that was not sent yet is a yes to anybody. */
function isComplete(client: SaslClient, owed: string | undefined): boolean {
  return client.complete && owed === undefined;
}

/** A challenge's octets. Errors are read in the clear too, and LOGIN's prompts mean nothing: some servers do not encode them. */
function challengeOf({ lines }: Reply, mechanism: Mechanism): Buffer {
  // A folded challenge continues on the next line of the reply.
  const text = lines.map((line) => line.trim()).join('');
  const decoded = decodeBase64(text);
  const clear = Buffer.from(lines.join('\n').trim());
  if (TOKENS.has(mechanism)) return decoded !== null && isText(decoded) ? decoded : clear;
  if (mechanism === 'LOGIN' || (mechanism.startsWith('SCRAM-') && text.startsWith('e='))) return decoded ?? clear;
  if (decoded === null) throw new SaslError('its challenge is not base64');
  return decoded;
}

const TOKENS: ReadonlySet<Mechanism> = new Set(TOKEN_MECHANISMS);

/** What is no UTF-8 was never encoded: a word in the clear may look like base64. */
function isText(bytes: Buffer): boolean {
  return isUtf8(bytes) && !/[\0-\x08\x0e-\x1f]/.test(bytes.toString());
}
