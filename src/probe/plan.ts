import type { Address, Family } from '../model/observation.ts';
import type { Secrets } from '../shared/redaction.ts';
import type { Envelope } from '../smtp/commands.ts';
import type { Credentials, Mechanism } from '../smtp/sasl/mechanisms.ts';
import type { Limits } from './deadline.ts';
import type { ProxyHeader } from './proxy-header.ts';

/** What to probe. */
export interface Plan extends Limits {
  readonly host: string;
  readonly port: number;
  /** The only family to use; 0 for both. */
  readonly family: 0 | Family;
  /** The one address to use, which is then not looked up; `null` to resolve the host. */
  readonly only: Address | null;
  /** The local address to connect from; `null` for the system's choice. */
  readonly localAddress: string | null;
  /** What leads there; `null` for nothing in between. */
  readonly proxy: ProxyPlan | null;
  /** The PROXY header to say before anything else; `null` for none. */
  readonly proxyHeader: ProxyHeader | null;
  readonly tls: TlsPlan;
  /** SMTP, or LMTP (RFC 2033). */
  readonly protocol: 'smtp' | 'lmtp';
  /** What to ask behind the greeting; `null` for nothing. */
  readonly beyond: BeyondPlan | null;
  /** What no line that is kept may show. */
  readonly secrets: Secrets;
}

/** A proxy that opens connections for us: HTTP's CONNECT (RFC 9110 §9.3.6) or SOCKS 5 (RFC 1928). */
export interface ProxyPlan {
  /** `https`: over TLS. `socks5`: names are resolved here; all others resolve them themselves. */
  readonly scheme: 'http' | 'https' | 'socks5' | 'socks5h';
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** Where it was written: `proxy`, or the name of an environment variable. */
  readonly from: string;
  /** Authorities beside the system's, as PEM, for the certificate of an `https` proxy. */
  readonly ca: string | null;
}

/** When TLS begins, and what it has to be like. */
export interface TlsPlan {
  readonly when: 'never' | 'if-offered' | 'starttls' | 'implicit';
  /** Whether a certificate that does not verify ends the conversation. */
  readonly strict: boolean;
  readonly verify: boolean;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  /** For SNI, and the name to verify. */
  readonly name: string;
  /** Authorities beside the system's, as PEM. */
  readonly ca: string | null;
  /** What to show when the server asks who we are, as PEM. */
  readonly client: { readonly cert: string; readonly key: string } | null;
  /** Whether the digests of the certificates are kept, to be compared with TLSA records. */
  readonly digests?: true;
}

export interface BeyondPlan {
  /** The name said in EHLO: `null` for an address literal of the local socket. */
  readonly ehloName: string | null;
  readonly login: LoginPlan | null;
  readonly envelope: Envelope | null;
}

export interface LoginPlan {
  readonly credentials: Credentials;
  readonly mechanism: Mechanism | 'auto';
  /** Whether the credentials may be sent without TLS. */
  readonly overPlaintext: boolean;
}
