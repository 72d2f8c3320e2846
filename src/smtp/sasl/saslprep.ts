/** Spaces that are none of ASCII's (RFC 3454 table C.1.2), which become one. */
const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/g;
/** Characters that stand for nothing (RFC 3454 table B.1). */
const NOTHING = /\u034f|\u180b|\u180c|\u180d|[\ufe00-\ufe0f]|[\u00ad\u1806\u2060\ufeff]|\u200c|\u200d/g;

/**
 * A user name or password as SASL compares it (SASLprep, RFC 4013 §2.1 and §2.2). What §2.3 and §2.4 forbid is left
 * for the server to refuse: whoever has such a password would otherwise be told of a login that was never tried.
 */
export function saslPrep(text: string): string {
  return text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
}
