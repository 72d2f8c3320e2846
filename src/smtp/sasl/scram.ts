import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { decodeBase64, formsOf } from './base64.ts';
import type { Credentials } from './mechanisms.ts';
import { saslPrep } from './saslprep.ts';
import { type SaslClient, SaslError } from './types.ts';

type Password = Extract<Credentials, { kind: 'password' }>;
type Hash = 'sha1' | 'sha256';

/** No server needs more rounds of hashing; one that asks for more wants to keep us busy. */
const MOST_ITERATIONS = 1_000_000;
/** Without channel binding, and without an authorisation identity (RFC 5802 §7). */
const GS2_HEADER = 'n,,';

/** SCRAM (RFC 5802 §3; SHA-256: RFC 7677): both sides prove that they know the password, and neither sends it. */
export function scram(
  hash: Hash,
  { username, password }: Password,
  nonce = randomBytes(18).toString('base64'),
): SaslClient {
  return new ScramClient(hash, { kind: 'password', username, password }, nonce);
}

class ScramClient implements SaslClient {
  readonly initial: Buffer;
  /** True once the server has proved itself. */
  complete = false;
  /** The `server-error-value` of RFC 5802 §7. */
  saslError: string | null = null;
  derived: readonly string[] = [];
  readonly #hash: Hash;
  readonly #password: string;
  readonly #nonce: string;
  readonly #firstBare: string;
  #serverSignature: Buffer | null = null;

  constructor(hash: Hash, { username, password }: Password, nonce: string) {
    this.#hash = hash;
    this.#password = saslPrep(password);
    this.#nonce = nonce;
    this.#firstBare = `n=${saslName(saslPrep(username))},r=${nonce}`;
    this.initial = Buffer.from(GS2_HEADER + this.#firstBare);
  }

  answer(challenge: Buffer): Buffer {
    if (this.complete) throw new SaslError('it asked on after it had proved itself');
    if (this.saslError !== null) throw new SaslError('it asked on after an error was acknowledged');
    const text = challenge.toString();
    this.saslError = errorIn(text);
    // An error may come in place of either message; whoever named it waits for an answer before the last word.
    if (this.saslError !== null) return Buffer.alloc(0);
    if (this.#serverSignature === null) return this.#prove(text);
    this.#verify(text, this.#serverSignature);
    return Buffer.alloc(0);
  }

  last(text: string): void {
    for (const word of text.split(/\s+/)) {
      this.saslError ??= errorIn(word) ?? errorIn(decodeBase64(word)?.toString() ?? '');
    }
    if (this.saslError !== null) this.complete = false;
  }

  /** The answer to server-first-message: client-final-message, with the proof. */
  #prove(serverFirst: string): Buffer {
    const { nonce, salt, iterations } = readServerFirst(serverFirst, this.#nonce);
    const size = this.#hash === 'sha1' ? 20 : 32;
    const salted = pbkdf2Sync(this.#password, salt, iterations, size, this.#hash);
    const clientKey = this.#hmac(salted, 'Client Key');
    const withoutProof = `c=${Buffer.from(GS2_HEADER).toString('base64')},r=${nonce}`;
    const authMessage = `${this.#firstBare},${serverFirst},${withoutProof}`;
    const signature = this.#hmac(createHash(this.#hash).update(clientKey).digest(), authMessage);
    const proof = Buffer.from(clientKey.map((byte, i) => byte ^ (signature[i] ?? 0)));
    const serverKey = this.#hmac(salted, 'Server Key');
    this.#serverSignature = this.#hmac(serverKey, authMessage);
    this.derived = [salted, clientKey, proof, serverKey, this.#serverSignature].flatMap(formsOf);
    return Buffer.from(`${withoutProof},p=${proof.toString('base64')}`);
  }

  #verify(serverFinal: string, expected: Buffer): void {
    const signature = /^v=([A-Za-z\d+/]+={0,2})(?:,|$)/.exec(serverFinal)?.[1];
    if (signature === undefined) throw new SaslError('its SCRAM signature cannot be read');
    const given = Buffer.from(signature, 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new SaslError('its SCRAM signature is wrong, so it does not know the password itself');
    }
    this.complete = true;
  }

  #hmac(key: Buffer, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest();
  }
}

function readServerFirst(text: string, ours: string): { nonce: string; salt: Buffer; iterations: number } {
  const match = /^r=([\x21-\x2b\x2d-\x7e]+),s=([A-Za-z\d+/]+={0,2}),i=(\d{1,9})(?:,|$)/.exec(text);
  if (!match) throw new SaslError('its SCRAM challenge cannot be read');
  const [, nonce = '', salt = '', count = ''] = match;
  if (!nonce.startsWith(ours) || nonce === ours) throw new SaslError('its SCRAM nonce does not continue ours');
  const iterations = Number(count);
  if (iterations < 1 || iterations > MOST_ITERATIONS) throw new SaslError(`it asks for ${count} SCRAM iterations`);
  return { nonce, salt: Buffer.from(salt, 'base64'), iterations };
}

/** The error that a message of the server names (RFC 5802 §7). */
function errorIn(text: string): string | null {
  return /^e=([A-Za-z][\w.-]{0,79})\s*(?:,|$)/.exec(text)?.[1] ?? null;
}

/** A user name as SCRAM writes it (RFC 5802 §5.1). */
function saslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}
