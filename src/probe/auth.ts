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
  /** Called when AUTH has gone out: from then on the login must not be repeated, with whatever mechanism. */
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
  return new AuthExchange(talk, mechanism, saslClient(mechanism, credentials, endpoint), io).run();
}

/** One exchange of AUTH (RFC 4954 §4): the command, then an answer for each challenge, until the server decides. */
class AuthExchange {
  /** An initial response that did not fit into the command. */
  #owed: string | undefined;

  constructor(
    private readonly talk: Conversation,
    private readonly mechanism: Mechanism,
    private readonly client: SaslClient,
    private readonly io: LoginIo,
  ) {}

  async run(): Promise<AuthSeen> {
    const { client } = this;
    let reply = await this.#begin();
    for (let round = 1; reply.code === 334; round += 1) {
      const answer = this.#answer(reply, round);
      if (answer instanceof SaslError) {
        // RFC 4954 §4: a single asterisk calls it off, so that the server is ready for QUIT.
        await this.talk.command('*', { atMost: 1_000 }).catch(() => {});
        return this.#broken(answer.message, CHALLENGE);
      }
      const next = await this.#send(answer);
      if (next === null) return this.#answered(CHALLENGE);
      reply = next;
    }
    client.last?.(reply.lines.join(' '));
    if (reply.code === 235 && !(client.complete && this.#owed === undefined)) {
      // A yes to a message that was not sent yet is a yes to anybody.
      return this.#broken('it said yes before the login was complete', reply);
    }
    return this.#answered(reply);
  }

  /** Says AUTH, with the initial response where it fits: a long one waits for the server's empty challenge (RFC 4954 §4). */
  async #begin(): Promise<Reply> {
    const name = `AUTH ${this.mechanism}`;
    const initial = this.client.initial?.toString('base64');
    if (initial === undefined || name.length + 1 + initial.length > COMMAND_LENGTH) {
      this.#owed = initial;
      return this.#say(name, name);
    }
    const line = `${name} ${initial || '='}`;
    this.#conceal(line);
    // AUTH ends its group (RFC 2920 §3.1): what follows a refused login counts against this runner.
    return this.#say(line, `${name} ***`);
  }

  /** Says one line of the login, of which the transcript shows `shown`, and reads the answer. */
  #say(line: string, shown: string): Promise<Reply> {
    this.talk.send([{ line, shown }]);
    // What was kept back, because the server had spoken out of turn, was not sent.
    this.io.sent();
    return this.talk.reply({ shown });
  }

  /** The answer to a challenge, in base64, or why there is none. */
  #answer(challenge: Reply, round: number): string | SaslError {
    const owed = this.#owed;
    try {
      if (round > MOST_ROUNDS) return new SaslError(`it asked more than ${MOST_ROUNDS} times`);
      const answer = owed ?? this.client.answer(challengeOf(challenge, this.mechanism)).toString('base64');
      this.#owed = undefined;
      return answer;
    } catch (error) {
      if (error instanceof SaslError) return error;
      throw error;
    }
  }

  /** The reply to an answer; `null` where the connection broke behind a challenge that had refused the login. */
  async #send(answer: string): Promise<Reply | null> {
    this.#conceal(answer);
    try {
      return await this.#say(answer, '***');
    } catch (error) {
      // Who has named an error has refused the login, whatever becomes of the connection.
      if (error instanceof Interrupted && this.client.saslError) return null;
      throw error;
    }
  }

  /** Makes secrets of what a line is made of. */
  #conceal(line: string): void {
    const { secrets } = this.io;
    for (const word of line.split(' ')) if (word.length > 8 && word !== this.mechanism) secrets.addMessage(word);
    for (const form of this.client.derived ?? []) secrets.add(form);
  }

  #answered(reply: Reply): AuthSeen {
    return { outcome: 'answered', mechanism: this.mechanism, reply, saslError: this.#saslError() };
  }

  #broken(what: string, reply: Reply): AuthSeen {
    const { mechanism, io } = this;
    return { outcome: 'broken', mechanism, what: io.secrets.redact(what), reply, saslError: this.#saslError() };
  }

  #saslError(): string | null {
    return this.client.saslError == null ? null : this.io.secrets.redact(this.client.saslError);
  }
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
