import type { TlsSession } from './observation.ts';

/** The answer to a question for TXT records; each record's strings joined, the first few records kept. */
export type TxtSeen =
  | { readonly kind: 'records'; readonly records: readonly string[] }
  /** The name does not exist, or has no such record. */
  | { readonly kind: 'none' }
  /** The DNS did not answer; the errno is c-ares's. */
  | { readonly kind: 'unavailable'; readonly errno: string };

/** What became of reading the policy of a domain over HTTPS (RFC 8461 §3.3). */
export type PolicySeen =
  /** `contentType` is the header as it was sent; `null` where there was none. */
  | { readonly kind: 'document'; readonly contentType: string | null; readonly text: string }
  /** The policy host has no address; the errno is the resolver's. */
  | { readonly kind: 'no-address'; readonly errno: string }
  /** All its addresses are of networks of their own, or of this machine: none was connected to. */
  | { readonly kind: 'private-address'; readonly address: string }
  /** `what` is an errno, or what the proxy said, where one leads there. */
  | { readonly kind: 'no-connection'; readonly what: string }
  | { readonly kind: 'no-tls'; readonly errno: string; readonly reason: string }
  /** Its certificate is not valid for its name. */
  | { readonly kind: 'certificate'; readonly session: TlsSession }
  /** Another status than 200; `location` is where a redirect leads. */
  | { readonly kind: 'status'; readonly status: number; readonly location: string | null }
  | { readonly kind: 'too-large'; readonly limit: number }
  /** Nothing more came in time; `ms` is the limit that was reached. */
  | { readonly kind: 'timeout'; readonly ms: number }
  /** The connection ended before the whole answer, or what came is no HTTP. */
  | { readonly kind: 'no-http'; readonly what: string };

/** What the DNS and the policy host say of the rules of a mail domain for senders (RFC 8461, RFC 8460). */
export interface MailDomainSeen {
  readonly domain: string;
  /** TXT of `_mta-sts.<domain>`. */
  readonly sts: TxtSeen;
  /** `null` where no valid record asks for it to be read. */
  readonly policy: PolicySeen | null;
  /** TXT of `_smtp._tls.<domain>`. */
  readonly tlsRpt: TxtSeen;
  /** When it was read. */
  readonly at: Date;
}

/** A TLSA record (RFC 6698 §2.1); the data in hexadecimal, and of a whole certificate or key its SHA-256 instead. */
export interface TlsaRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly data: string;
}

/** The answer to the question for the TLSA records of an MX host. */
export type TlsaSeen =
  | { readonly kind: 'records'; readonly records: readonly TlsaRecord[]; readonly more: number }
  /** There are none, or the DNS did not answer. */
  | { readonly kind: 'none' }
  /** This version of Node cannot ask. */
  | { readonly kind: 'not-asked' };
