import { createHmac } from 'node:crypto';
import { formsOf } from './base64.ts';
import type { Credentials } from './mechanisms.ts';
import { type SaslClient, SaslError } from './types.ts';

type Password = Extract<Credentials, { kind: 'password' }>;

/** PLAIN (RFC 4616): both in one message. */
export function plain({ username, password }: Password): SaslClient {
  return {
    initial: Buffer.from(`\0${username}\0${password}`),
    complete: true,
    answer() {
      throw new SaslError('it asked on after PLAIN, which has one message');
    },
  };
}

/** LOGIN (draft-murchison-sasl-login): the user name, then the password, whatever the prompts say. */
export function login({ username, password }: Password): SaslClient {
  return new Sequence([username, password]);
}

class Sequence implements SaslClient {
  readonly initial = null;
  readonly #messages: string[];

  constructor(messages: readonly string[]) {
    this.#messages = [...messages];
  }

  get complete(): boolean {
    return this.#messages.length === 0;
  }

  answer(): Buffer {
    const message = this.#messages.shift();
    if (message === undefined) throw new SaslError('it asked on after LOGIN’s user name and password');
    return Buffer.from(message);
  }
}

/** CRAM-MD5 (RFC 2195 §2): a keyed digest of the server's challenge. */
export function cramMd5({ username, password }: Password): SaslClient {
  let answered = false;
  let derived: readonly string[] = [];
  return {
    initial: null,
    get complete() {
      return answered;
    },
    get derived() {
      return derived;
    },
    answer(challenge) {
      if (answered) throw new SaslError('it asked on after CRAM-MD5’s only challenge');
      if (challenge.length === 0) throw new SaslError('its CRAM-MD5 challenge is empty');
      answered = true;
      const digest = createHmac('md5', password).update(challenge).digest();
      derived = formsOf(digest);
      return Buffer.from(`${username} ${digest.toString('hex')}`);
    },
  };
}
