import { decodeBase64 } from './base64.ts';
import type { Credentials } from './mechanisms.ts';
import { type Endpoint, type SaslClient, SaslError } from './types.ts';

type Token = Extract<Credentials, { kind: 'token' }>;

/** OAUTHBEARER (RFC 7628 §3.1). */
export function oauthBearer({ username, token }: Token, { host, port }: Endpoint): SaslClient {
  const name = username === '' ? '' : `a=${saslName(username)}`;
  const message = `n,${name},\x01host=${host}\x01port=${port}\x01auth=Bearer ${token}\x01\x01`;
  // §3.2.3: an error is acknowledged with a single %x01, and only then does the server end the exchange.
  return new OauthClient(message, '\x01');
}

/** XOAUTH2, as Google and Microsoft describe it: the same in an older form; an error is acknowledged with nothing. */
export function xoauth2({ username, token }: Token): SaslClient {
  return new OauthClient(`user=${username}\x01auth=Bearer ${token}\x01\x01`, '');
}

class OauthClient implements SaslClient {
  readonly initial: Buffer;
  saslError: string | null = null;
  readonly #acknowledgement: string;

  constructor(message: string, acknowledgement: string) {
    this.initial = Buffer.from(message);
    this.#acknowledgement = acknowledgement;
  }

  /** A server that has named an error cannot say yes any more. */
  get complete(): boolean {
    return this.saslError === null;
  }

  answer(challenge: Buffer): Buffer {
    if (this.saslError !== null) throw new SaslError('it asked on after an OAuth error was acknowledged');
    this.saslError = challenge.toString();
    return Buffer.from(this.#acknowledgement);
  }

  last(text: string): void {
    if (this.saslError) return;
    for (const word of text.split(/\s+/)) {
      const error = decodeBase64(word)?.toString() ?? '';
      if (/^\s*\{.*\}\s*$/s.test(error)) this.saslError = error;
    }
  }
}

/** A user name in GS2's header (RFC 5801 §4). */
function saslName(name: string): string {
  return name.replaceAll('=', '=3D').replaceAll(',', '=2C');
}
