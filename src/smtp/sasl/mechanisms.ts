/** SASL mechanisms that prove a password, the strongest first. */
export const PASSWORD_MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'CRAM-MD5', 'PLAIN', 'LOGIN'] as const;
/** SASL mechanisms that carry an OAuth 2.0 token, the standard one first (RFC 7628). */
export const TOKEN_MECHANISMS = ['OAUTHBEARER', 'XOAUTH2'] as const;

export type PasswordMechanism = (typeof PASSWORD_MECHANISMS)[number];
export type TokenMechanism = (typeof TOKEN_MECHANISMS)[number];
export type Mechanism = PasswordMechanism | TokenMechanism;

/** Who logs in, and how it is proved. */
export type Credentials =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly username: string; readonly token: string };

/** The mechanisms that credentials can be used with, the strongest first. */
export function mechanismsFor({ kind, username }: Credentials): readonly Mechanism[] {
  if (kind === 'password') return PASSWORD_MECHANISMS;
  // XOAUTH2 says who logs in; OAUTHBEARER leaves it to the token.
  return username === '' ? ['OAUTHBEARER'] : TOKEN_MECHANISMS;
}
