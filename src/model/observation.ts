import type { Hello } from '../smtp/capabilities.ts';
import { type DeviationKind, type Malformed, type Reply, replyText } from '../smtp/reply.ts';
import type { Mechanism } from '../smtp/sasl/mechanisms.ts';
import type { StepName } from './steps.ts';

/** One step: when it began and how long it took, in milliseconds of the attempt, and why it did not succeed. */
export interface Step {
  readonly step: StepName;
  readonly status: 'done' | 'failed' | 'skipped';
  readonly startMs: number;
  readonly tookMs: number;
  readonly because: string | null;
}

export type Family = 4 | 6;

export interface Address {
  readonly address: string;
  readonly family: Family;
}

/** One address that was dialled, with its own time and its own error (the original errno). */
export interface AddressAttempt {
  /** An IP address, or a name that a proxy resolves. */
  readonly address: string;
  /** `null` for a name. */
  readonly family: Family | null;
  readonly startMs: number;
  readonly tookMs: number;
  /** `abandoned`: another address answered first. `proxy-failed`: the proxy did not open the connection. */
  readonly outcome: 'connected' | 'failed' | 'timeout' | 'deadline' | 'abandoned' | 'proxy-failed';
  readonly errno: string | null;
}

/** What ended a conversation before its time: the first cause, as it was seen. */
export type Cause =
  /** `answer` is what the resolver answered with, in our words, where that is of no use. */
  | { readonly kind: 'resolver'; readonly errno: string; readonly answer?: string }
  | { readonly kind: 'no-connection' }
  | { readonly kind: 'silence'; readonly ms: number; readonly heard: string }
  | { readonly kind: 'deadline'; readonly ms: number; readonly heard: string }
  | { readonly kind: 'closed'; readonly heard: string }
  | { readonly kind: 'reset'; readonly errno: string; readonly heard: string }
  | { readonly kind: 'malformed'; readonly reply: Malformed }
  | { readonly kind: 'out-of-turn'; readonly heard: string }
  /** Plaintext behind the answer to STARTTLS, where TLS has to begin. */
  | { readonly kind: 'injected'; readonly heard: string }
  /** TLS did not come about: OpenSSL's code and words. */
  | { readonly kind: 'handshake'; readonly errno: string; readonly reason: string }
  /** The proxy did not open the connection. */
  | ({ readonly kind: 'proxy' } & ProxyFailure);

/** What kept a proxy from opening the connection. */
export type ProxyFailure =
  /**
   * It cannot be reached, or ends the connection or says nothing in the place of an answer: an errno, `timeout` or
   * `closed`, where that was, and its addresses as far as they were dialled.
   */
  | {
      readonly what: 'unreachable';
      readonly stage: 'resolve' | 'connect' | 'tls' | 'answer';
      readonly errno: string;
      readonly dialled: readonly AddressAttempt[];
    }
  /** It wants credentials, or others: its words, or what its bytes mean, and the schemes that it offers (RFC 9110 §11.1). */
  | { readonly what: 'auth'; readonly said: string; readonly offers: readonly string[] }
  /** It answered with no: an HTTP status (RFC 9110 §15) or a SOCKS reply (RFC 1928 §6). */
  | { readonly what: 'refused'; readonly answer: number; readonly said: string }
  /** What it said is no answer. */
  | { readonly what: 'garbage'; readonly said: string }
  /** It cannot be trusted: TLS with it did not come about, or its certificate does not verify. */
  | { readonly what: 'untrusted'; readonly said: string };

/** The proxy that an attempt went through; nothing of its credentials. */
export interface ProxySeen {
  readonly scheme: 'http' | 'https' | 'socks5' | 'socks5h';
  readonly host: string;
  readonly port: number;
  /** Where it was written: `proxy`, or the name of an environment variable. */
  readonly from: string;
  /** Whether there were credentials for it. */
  readonly withCredentials: boolean;
}

/** The local address that was to be connected from. */
export interface LocalAddressSeen {
  readonly address: string;
  /** Where this machine does not have it (any more): the addresses that it has. */
  readonly others: readonly string[] | null;
}

export type End = Cause & { readonly step: StepName };

/** What OpenSSL says when the other side's answer is not TLS at all. */
const NOT_TLS = /wrong.version.number|packet.length.too.long|unknown.protocol|http.request/i;

export function isNotTls({ errno, reason }: { readonly errno: string; readonly reason: string }): boolean {
  return NOT_TLS.test(`${errno} ${reason}`);
}

/** A line of the conversation, without its line end; what the client says has its secrets masked. */
export interface TranscriptLine {
  readonly from: 'client' | 'server';
  readonly atMs: number;
  readonly text: string;
}

/** What a second connection saw when it spoke TLS to a port that had said nothing. */
export type TlsLook =
  | { readonly answer: 'tls'; readonly protocol: string | null; readonly greeting: string | null }
  | { readonly answer: 'not-tls'; readonly errno: string }
  | { readonly answer: 'nothing'; readonly because: string };

/** What a second connection saw when it waited for a greeting in plaintext on a port that did not answer in TLS. */
export type PlainLook =
  | { readonly answer: 'greeting'; readonly text: string; readonly offersStartTls: boolean | null }
  | { readonly answer: 'nothing'; readonly because: string };

/**
 * What a second connection saw that had a PROXY header where the first one had none, or none where it had one: whether
 * the port served it. `text` is its greeting, or what it said instead.
 */
export type ServiceLook =
  | { readonly answer: 'served' | 'refused'; readonly text: string }
  | { readonly answer: 'nothing'; readonly because: string };

/** The same, and which header it had; `null` for none. */
export type HeaderLook = ServiceLook & { readonly header: 'v1' | 'v2' | null };

/**
 * What a second connection heard on which nothing was said, beside a greeting of 220; `null` for nothing. `greeted` is
 * whether that greeting came before it.
 */
export interface SilentLook {
  readonly greeted: boolean;
  readonly text: string;
}

/** A certificate as it was sent; the names as X.509 has them, on one line. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** The subject alternative names: `mail.example.com`, `192.0.2.25`. */
  readonly names: readonly string[];
  /** An invalid date where the certificate's cannot be read; so is `validTo`. */
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Only where the plan asks for them. */
  readonly digests?: CertificateDigests;
}

/** What TLSA records name a certificate by (RFC 6698 §2.1), in hexadecimal: digests of all of it, and of its public key. */
export interface CertificateDigests {
  readonly whole: { readonly sha256: string; readonly sha512: string };
  readonly key: { readonly sha256: string; readonly sha512: string };
}

/** A certificate whose key or signature is too weak: OpenSSL's code, and what is weak in words. */
export interface Weak {
  readonly certificate: Certificate;
  readonly errno: string;
  readonly weakness: string;
}

/** A TLS connection that came about, verified or not. */
export interface TlsSession {
  readonly protocol: string;
  readonly cipher: string;
  /** Whom the certificate has to name. */
  readonly name: string;
  /** The certificates in the order in which they were sent, the server's own first. */
  readonly chain: readonly Certificate[];
  /** OpenSSL's code for what is wrong with the chain (dates included), or `null`. */
  readonly chainError: string | null;
  /** Whether the chain ends at an authority that is trusted, whatever its dates. */
  readonly anchored: boolean;
  /** What of a chain with an error is too weak for this machine's OpenSSL; `null` for nothing that is known. */
  readonly weak: Weak | null;
  readonly named: boolean;
  /** When the certificate was read. */
  readonly at: Date;
}

/** Whether there is a certificate, and its chain and its name verify. */
export function isVerified({ chain, chainError, named }: TlsSession): boolean {
  return chain.length > 0 && chainError === null && named;
}

/** What became of a login. */
export type AuthSeen =
  /** Nothing was sent, because the connection is not safe for credentials. */
  | { readonly outcome: 'withheld'; readonly because: 'no-tls' | 'not-verified' }
  | { readonly outcome: 'not-offered' }
  | { readonly outcome: 'no-mechanism'; readonly offered: readonly string[]; readonly usable: readonly Mechanism[] }
  /** The server's last word, and the error that the mechanism named (RFC 7628 §3.2.2, RFC 5802 §7). */
  | {
      readonly outcome: 'answered';
      readonly mechanism: Mechanism;
      readonly reply: Reply;
      readonly saslError: string | null;
    }
  /** The server did something that the mechanism does not allow; `saslError` where it had named an error before. */
  | {
      readonly outcome: 'broken';
      readonly mechanism: Mechanism;
      readonly what: string;
      readonly reply: Reply;
      readonly saslError?: string | null;
    };

/** What became of an envelope: the server's answers, `null` where the question was not asked. */
export interface EnvelopeSeen {
  readonly from: string;
  /** The envelope needs SMTPUTF8 and the server does not offer it: nothing was asked. */
  readonly needsUtf8: boolean;
  readonly mail: Reply | null;
  readonly recipients: readonly { readonly to: string; readonly reply: Reply | null }[];
  readonly rset: Reply | null;
}

/** A host that takes a domain's mail; the lower the preference, the sooner it is to be tried. */
export interface MxHost {
  /** In lower case, without the final dot. */
  readonly host: string;
  readonly preference: number;
}

/** What the DNS says of where a domain's mail goes (RFC 5321 §5.1). */
export type MxSeen =
  /**
   * By preference, equal ones in the order of the answer, each host once; at least one, at most 64, and `more` were left
   * out. `odd` are names that no host can have, as the DNS writes them, of which the first few are kept.
   */
  | {
      readonly kind: 'hosts';
      readonly hosts: readonly MxHost[];
      readonly more: number;
      readonly odd: readonly string[];
    }
  /** There are MX records, and none names a host. */
  | { readonly kind: 'unusable'; readonly odd: readonly string[] }
  /** The null MX (RFC 7505): the domain takes no mail. */
  | { readonly kind: 'null'; readonly preference: number }
  /** No MX record, and the name has an address: it is its own mail server, with preference 0. */
  | { readonly kind: 'implicit' }
  /** The name exists, without MX record and address. */
  | { readonly kind: 'none' }
  | { readonly kind: 'not-found' }
  /** The DNS did not answer, or not with what was asked for; the errno is c-ares's. */
  | { readonly kind: 'unavailable'; readonly errno: string };
/** How one port answered in a look around. */
export interface PortLook extends Address {
  readonly port: number;
  /**
   * `greeting`: a reply as SMTP has them; `tls`: an answer to a TLS hello; `other`: something else was said. `silent`,
   * `closed` and `reset` came after the connection, `timeout`, `refused`, `unreachable` and `failed` in its place.
   */
  readonly answer:
    | 'greeting'
    | 'tls'
    | 'other'
    | 'silent'
    | 'closed'
    | 'reset'
    | 'timeout'
    | 'refused'
    | 'unreachable'
    | 'failed';
  /** The first line that was said (behind TLS, where that was answered): redacted, at most 200 characters. */
  readonly text: string | null;
  /** Whether STARTTLS was offered; `null` when it was not asked. */
  readonly startTls: boolean | null;
  /** Until the greeting, or else until the look ended, in milliseconds. */
  readonly tookMs: number;
}

/** What each source of names says of the host. */
export interface NameLook {
  /** The name, written with the final dot or without it where it was given the other way; `null` when not asked. */
  readonly otherForm: { readonly name: string; readonly addresses: readonly string[] } | null;
  /** The DNS servers' own word, without hosts file and search domains. */
  readonly dns: {
    readonly answer: 'addresses' | 'no-address' | 'no-such-name' | 'unavailable';
    readonly addresses: readonly string[];
  };
  /** The addresses that this machine's hosts file has for it. */
  readonly hosts: readonly string[];
  /** The domains that this machine's resolver appends to short names; `null` when that was not learned. */
  readonly search: readonly string[] | null;
}

/** What a look around the same host saw after a failure, without conclusions. */
export interface Around {
  readonly tookMs: number;
  /** The port that failed, which was not looked at again. */
  readonly port: number;
  /** The other SMTP ports, at one of the addresses that were dialled. */
  readonly ports: readonly PortLook[];
  /** The same port, at an address of the family that was not tried; `null` when there is none. */
  readonly otherFamily: PortLook | null;
  /** Whether this machine has a route to the host's IPv6 address; `null` when that was not learned. */
  readonly ipv6Route: boolean | null;
  /** `null` when the host is an address. */
  readonly name: NameLook | null;
  /** The name, never the value, of a variable that says to use a proxy. */
  readonly proxyVariable: string | null;
  /** Whether this machine is a runner of GitHub's own. */
  readonly hosted: boolean;
}

/** What was off the protocol and could be read all the same. */
export interface Deviation {
  /** `unreadable`: no reply at all, where nothing depends on one. */
  readonly kind: DeviationKind | 'unreadable';
  readonly step: StepName;
  /** The line, or the reply, redacted. */
  readonly text: string;
}

/** Everything that one attempt learned, up to its end. */
export interface Observation {
  readonly durationMs: number;
  /** `null` for a direct connection. */
  readonly proxy: ProxySeen | null;
  /** `null` where the system chose the local address. */
  readonly localAddress: LocalAddressSeen | null;
  readonly steps: readonly Step[];
  /** The addresses that the name has; `null` when the name was not resolved. */
  readonly addresses: readonly Address[] | null;
  /** Asked after the resolver found no address: does the name exist all the same? `null` when it was not asked. */
  readonly nameExists: boolean | null;
  readonly dialled: readonly AddressAttempt[];
  /** The address that answered; the name where a proxy resolves it. */
  readonly address: string | null;
  readonly greeting: Reply | null;
  /**
   * The answer to EHLO, or to HELO where EHLO was refused; `null` when neither was said. What was said before STARTTLS
   * is forgotten (RFC 3207 §4.2).
   */
  readonly ehlo: Hello | null;
  /** Whether STARTTLS was wanted, and what came of it; `null` when it was not wanted. */
  readonly starttls: { readonly offered: boolean; readonly reply: Reply | null } | null;
  readonly tls: TlsSession | null;
  readonly auth: AuthSeen | null;
  /** Whether AUTH was said, with credentials or before them: the login is not to be repeated. */
  readonly loginSent: boolean;
  readonly envelope: EnvelopeSeen | null;
  /** The answer to QUIT. */
  readonly farewell: Reply | null;
  /** From the beginning of connect to the end of the greeting, in milliseconds. */
  readonly latencyMs: number | null;
  readonly transcript: readonly TranscriptLine[];
  /** What was off the protocol and could be read all the same, in the order in which it was seen; each kind once a step. */
  readonly deviations: readonly Deviation[];
  /** `null` when the conversation came to its natural end. */
  readonly end: End | null;
  readonly tlsLook: TlsLook | null;
  readonly plainLook: PlainLook | null;
  readonly headerLook: HeaderLook | null;
  readonly silentLook: SilentLook | null;
  /** `null` when nobody looked around. */
  readonly around: Around | null;
}

/** What the server said first, SMTP or not; empty when it said nothing. */
export function greetingText({ greeting, end }: Observation): string {
  if (greeting) return replyText(greeting);
  if (end?.step !== 'greeting') return '';
  if (end.kind === 'malformed') return end.reply.text;
  return 'heard' in end ? end.heard : '';
}

export const DAY_MS = 86_400_000;

/**
 * The certificate of a chain that ends first, and the whole days until then; `null` where an end cannot be read. In a
 * chain that verifies, what has expired behind the first one is an old certificate that nobody needs.
 */
export function earliestEnd({
  chain,
  chainError,
  at,
}: TlsSession): { certificate: Certificate; daysLeft: number } | null {
  const [leaf, ...others] = chain;
  if (!leaf || chain.some(({ validTo }) => Number.isNaN(+validTo))) return null;
  const needed = chainError === null ? others.filter(({ validTo }) => validTo >= at) : others;
  const certificate = needed.reduce((first, other) => (other.validTo < first.validTo ? other : first), leaf);
  return { certificate, daysLeft: Math.floor((+certificate.validTo - +at) / DAY_MS) };
}
