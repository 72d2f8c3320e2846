/** One side of a login (RFC 4422), as octets; base64 is the transport's business (RFC 4954 §4). */
export interface SaslClient {
  /** What is said with the command; `null` when the server speaks first. */
  readonly initial: Buffer | null;
  /** The answer to a challenge; throws `SaslError` when the mechanism does not allow it. */
  answer(challenge: Buffer): Buffer;
  /** Whether the mechanism has come to its end, so that the server may say yes. */
  readonly complete: boolean;
  /** The error that the server named within the mechanism (RFC 7628 §3.2.2, RFC 5802 §7); empty for one without words. */
  readonly saslError?: string | null;
  /** What was derived from the password so far, in the forms in which a server may repeat it: as secret as the password. */
  readonly derived?: readonly string[];
  /** Reads the error that some servers name in the text of the last reply. */
  last?(text: string): void;
}

/** The server broke the mechanism's rules; the message says how. */
export class SaslError extends Error {
  override readonly name = 'SaslError';
}

/** What a mechanism says besides the credentials (RFC 7628 §3.1). */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}
