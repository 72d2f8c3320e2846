import { CODES, type Code, type Status } from '../model/codes.ts';
import type { Bounce } from '../model/delivery.ts';
import type { PolicySeen, TlsaRecord } from '../model/mail-domain.ts';
import type { AddressAttempt, Around, Certificate, PlainLook, ProxyFailure, ProxySeen } from '../model/observation.ts';
import type { StepName } from '../model/steps.ts';
import type { Policy } from '../smtp/policy/mta-sts.ts';
import type { Mechanism } from '../smtp/sasl/mechanisms.ts';
import type { Meaning, RefusalStep } from './refusals.ts';

interface Looked {
  /** What a look around the host saw after the failure; `null` when nobody looked. */
  readonly around: Around | null;
}
interface Dialled extends Looked {
  readonly dialled: readonly AddressAttempt[];
}
interface Resolved {
  /** What the resolver said, as an errno, or in our words where it did not answer. */
  readonly errno: string;
  /** What it was asked with; `getaddrinfo` unless given. */
  readonly asked?: string;
}
interface Waited {
  /** Milliseconds that were waited. */
  readonly ms: number;
  /** What had arrived by then. */
  readonly heard: string;
}
interface Said {
  /** The reply, lines joined with LF. */
  readonly reply: string;
}

interface Offering {
  /** What the server offers, as EHLO said it. */
  readonly offered: readonly string[];
  /** What EHLO was refused with, where HELO was accepted: HELO offers nothing. */
  readonly ehloRefused?: string;
}

interface Proxied {
  readonly proxy: ProxySeen;
}

interface Certified {
  /** The certificate that is at fault. */
  readonly certificate: Certificate;
  /** Whom it has to name. */
  readonly name: string;
}
/** A reply to what only a known client is given: whose server it is decides what to do. */
interface SaidBySomebody extends Said {
  /** What the server greeted with, lines joined with LF. */
  readonly greeting: string;
}
interface LoginSaid extends SaidBySomebody {
  readonly mechanism: Mechanism;
  /** The error that the mechanism named, besides the reply (RFC 7628 §3.2.2, RFC 5802 §7). */
  readonly saslError: string | null;
  /** All mechanisms that the server offers. */
  readonly offered: readonly string[];
}
interface Asked extends SaidBySomebody {
  /** The sender or the recipient that it is about. */
  readonly address: string;
  /** What it is held against; read from the reply unless given. */
  readonly meaning?: Meaning;
  /** Where it was said; at MAIL or RCPT as the code has it, unless given. */
  readonly step?: RefusalStep;
  /** Whether the login had been accepted. */
  readonly loggedIn?: boolean;
}
interface MessageSaid extends Asked {
  /** Whether it was said in answer to DATA, or to the message. */
  readonly behind: 'DATA' | 'message';
}
interface MailboxFailed {
  /** The URL of the mailbox. */
  readonly mailbox: string;
  readonly username: string;
  readonly how: string;
  /** Whether the message had been sent by then. */
  readonly sent: boolean;
  /** It had arrived, too, and its header could not be read. */
  readonly arrived?: true;
}
interface Submitted {
  readonly recipient: string;
  /** What the server answered to the message; empty where nothing came. */
  readonly reply: string;
  /** What the server greeted with. */
  readonly greeting: string;
}
interface HelloSaid extends Said {
  /** What the server greeted with, where that is known. */
  readonly greeting?: string;
  /** Where the name was refused: at EHLO, unless given. */
  readonly step?: RefusalStep;
  readonly meaning?: Meaning;
  /** What was refused in LMTP, in the place of EHLO. */
  readonly verb?: 'LHLO';
  /** HELO was not answered behind it: what the server makes of that is not known. */
  readonly withoutHelo?: true;
}
interface BusySaid extends Said {
  /** Milliseconds from the connection to the greeting, where that is known. */
  readonly afterMs?: number;
}

/** A refusal of one protocol's hello, and what the other's was answered with. */
interface OtherHello extends SaidBySomebody {
  readonly accepted: string;
}
interface HeaderSeen {
  /** How the first connection ended, with the reply where there was one, and how long its greeting took. */
  readonly saw: 'silence' | 'closed' | 'reset' | 'not-tls' | 'reply';
  readonly text: string;
  readonly ms: number;
  /** What a second connection was greeted with, which had a header where the first had none, or none; `null`: not. */
  readonly served: string | null;
  /** The version that is wanted, or that was sent. */
  readonly version: 'v1' | 'v2';
  /** The version that was sent in its place. */
  readonly instead?: 'v1' | 'v2';
}
/** What was sent before all else, so that a server that waits did not wait for it. */
interface Headed {
  readonly headerSent?: true;
}
/** What kept a policy from being read: the DNS did not answer about the record, or the policy host sent none. */
export type PolicyFailure =
  | { readonly kind: 'no-record'; readonly errno: string }
  | Exclude<PolicySeen, { readonly kind: 'document' }>;

interface Published {
  /** Whose mail it is about. */
  readonly domain: string;
}
interface Renewed {
  /** An id that the record did not have before: senders read a policy again only where it has changed (RFC 8461 §3.1). */
  readonly id: string;
}
interface Misstated extends Published {
  readonly records: readonly string[];
  /** What is wrong with them, in words. */
  readonly problems: readonly string[];
}

/** What each code's finding knows: the evidence that its message, causes and remedies are made of. */
export interface FactsOf {
  'report-missing': { readonly legs: readonly string[] };
  'ignore-expired': {
    /** The rules of `ignore` whose last day is over, and whose code was found. */
    readonly rules: readonly { readonly code: Code; readonly until: string; readonly reason: string | null }[];
  };
  /** `lookAlikes` are inputs that the action does not have and that look like its own, in words. */
  'not-configured': { readonly missing: readonly string[]; readonly lookAlikes?: readonly string[] };
  'input-invalid': { readonly problems: readonly { readonly input: string; readonly problem: string }[] };
  'dns-not-found': Looked & Resolved;
  /** `localAddress` is the local address to connect from, where that fixes the family. */
  'dns-no-address': Looked & { readonly family: 0 | 4 | 6; readonly localAddress?: string };
  /** `answer` is what it answered with, where that is of no use. */
  'dns-unavailable': Looked & Resolved & { readonly answer?: string };
  /** `odd` are the names in MX records that no host can have; none where there are no records. */
  'mx-not-found': { readonly odd: readonly string[] };
  'mx-null': { readonly preference: number };
  /** `id` is one that was not used before. */
  'mta-sts-record-invalid': Misstated & Renewed;
  /** `hosts` are the domain's MX hosts, by preference. */
  'mta-sts-policy-unavailable': Published & { readonly failure: PolicyFailure; readonly hosts: readonly string[] };
  /** `mode` where some senders can use the policy all the same; `hosts` are the domain's MX hosts, by preference. */
  'mta-sts-policy-invalid': Published &
    Renewed & {
      readonly problems: readonly string[];
      readonly mode: Policy['mode'] | null;
      /** How the policy begins. */
      readonly text: string;
      readonly hosts: readonly string[];
    };
  'mta-sts-mx-mismatch': Published &
    Renewed & {
      readonly mode: Policy['mode'];
      readonly host: string;
      readonly patterns: readonly string[];
      readonly hosts: readonly string[];
    };
  /** `because` is what a strict sender meets, or what kept us from learning it; `others` are domains with the same host. */
  'mta-sts-certificate': Published &
    Renewed & {
      readonly mode: Policy['mode'];
      readonly others: readonly string[];
      readonly because: Finding;
    };
  'tls-rpt-invalid': Misstated;
  /** `not-usable`: no record has a usage that mail uses; `not-seen`: no certificate was seen. */
  'dane-unverified': Published & {
    readonly host: string;
    readonly records: readonly TlsaRecord[];
    readonly more: number;
    readonly match: 'matches' | 'differs' | 'not-usable' | 'not-seen';
  };
  'proxy-unreachable': Proxied & Omit<Extract<ProxyFailure, { what: 'unreachable' }>, 'what'>;
  'proxy-auth-required': Proxied & Omit<Extract<ProxyFailure, { what: 'auth' }>, 'what'>;
  'proxy-refused': Proxied & {
    /**
     * Whom the proxy's no is about: the destination, as it says, or us; or that it said nothing that can be read, or
     * opened the connection and sent a page of its own (`page`).
     */
    readonly about: 'destination' | 'us' | 'garbage' | 'untrusted' | 'page';
    readonly said: string;
  };
  'connect-refused': Dialled;
  'connect-timeout': Dialled;
  'connect-unreachable': Dialled;
  'connect-reset': Looked & { readonly errno: string };
  'connect-blocked': Dialled & { readonly around: Around };
  'greeting-timeout': Waited & Looked & Headed & { readonly look: 'silent' | 'not-tls' | 'not-asked' };
  'greeting-closed': Looked & { readonly afterMs: number };
  'greeting-busy': BusySaid & Headed;
  /** `unasked` when it stands behind a greeting that does not refuse, before a word of ours. */
  'greeting-refused': Said & { readonly unasked?: boolean };
  /** 421, or 4xx to EHLO: at which step; `unasked` when no command had asked for it. */
  'service-unavailable': SaidBySomebody & { readonly step: StepName; readonly unasked: boolean };
  'not-smtp': { readonly protocol: Protocol; readonly text: string };
  'greeting-rewritten': Said;
  'banner-mismatch': { readonly pattern: string; readonly text: string; readonly finished: boolean };
  'tls-expected': { readonly protocol: string | null; readonly greeting: string | null };
  'connection-lost': { readonly step: string; readonly how: 'closed' | 'reset'; readonly heard: string };
  /** `trips` are the mail clients that do not tolerate it; none when all common ones do. */
  'protocol-deviation': {
    readonly step: string;
    readonly what: string;
    readonly text: string;
    readonly trips: readonly string[];
  };
  'protocol-violation': { readonly step: string; readonly what: string; readonly text: string };
  'deadline-exceeded': Waited & { readonly step: string; readonly limit: 'timeout' | 'deadline' };
  'ehlo-refused': HelloSaid;
  'client-refused': Asked;
  'plaintext-expected': { readonly text: string; readonly offersStartTls: boolean | null };
  'proxy-header-expected': HeaderSeen;
  'proxy-header-unexpected': HeaderSeen;
  'lmtp-expected': OtherHello;
  'smtp-expected': OtherHello;
  'starttls-not-offered': Offering;
  'starttls-refused': Said;
  'starttls-injection': { readonly heard: string };
  'tls-handshake-failed': { readonly errno: string; readonly reason: string; readonly look: PlainLook | null };
  'tls-too-old': { readonly errno: string; readonly minVersion: string };
  'certificate-expired': Certified & { readonly daysAgo: number };
  'certificate-not-yet-valid': Certified & { readonly daysAhead: number };
  'certificate-name-mismatch': Certified;
  'certificate-self-signed': Certified;
  'certificate-untrusted': Certified & { readonly errno: string };
  /** `weakness` says what is too weak, in words. */
  'certificate-weak': Certified & { readonly errno: string; readonly weakness: string };
  'certificate-expiring': Certified & {
    readonly daysLeft: number;
    readonly limit: number;
    readonly option: 'certificate-warn-days' | 'certificate-fail-days';
  };
  /** `faults` are the codes of what is wrong with the certificate, the gravest first. */
  'auth-needs-tls': {
    /** `said-so`: the server says so, of a connection without TLS; `said-so-over-tls`: of one that has it. */
    readonly because: 'no-tls' | 'not-verified' | 'said-so' | 'said-so-over-tls';
    readonly reply: string | null;
    readonly faults?: readonly Code[];
  };
  'auth-not-offered': Offering & { readonly reply: string | null };
  'auth-mechanism-missing': {
    readonly offered: readonly string[];
    readonly usable: readonly Mechanism[];
    readonly reply: string | null;
  };
  'auth-rejected': LoginSaid;
  'auth-app-password-needed': LoginSaid;
  'auth-disabled': LoginSaid;
  'auth-unavailable': LoginSaid;
  'sender-refused': Asked;
  'recipient-refused': Asked;
  'relay-denied': Asked;
  'envelope-deferred': Asked;
  'queue-full': Asked;
  'capability-missing': Offering & {
    readonly missing: readonly string[];
    /** Who needs them: the option, or an address outside of ASCII. */
    readonly neededBy: 'require' | 'envelope';
  };
  /** At DATA, or behind the message. */
  'message-refused': MessageSaid;
  'message-deferred': MessageSaid;
  /** What ended the connection behind the message, and whether the message arrived all the same. */
  'message-uncertain': Submitted & { readonly how: string; readonly arrived: boolean };
  'mailbox-unreachable': MailboxFailed;
  'mailbox-login-refused': MailboxFailed;
  'mailbox-folder-missing': MailboxFailed;
  'delivery-missing': Submitted & { readonly waitedMs: number; readonly folders: readonly string[] };
  'delivery-bounced': Submitted & Bounce;
  'delivery-slow': { readonly ms: number; readonly limitMs: number };
  'delivery-junk': { readonly folder: string; readonly required: boolean; readonly believed?: string };
  /** What the receiver says of the methods that failed: `dkim=fail`. */
  'delivery-authentication-failed': {
    readonly failed: readonly string[];
    readonly authservId: string;
    readonly required: boolean;
    readonly from: string;
  };
  /** Of whom there are results, where there is none of the trusted receiver for these methods. */
  'delivery-authentication-unknown': {
    readonly methods: readonly string[];
    readonly authservId: string;
    readonly others: readonly string[];
  };
  'delivery-duplicate': { readonly folders: readonly string[] };
  'mailbox-not-cleaned': { readonly mailbox: string; readonly why: string; readonly folder: string };
  'clocks-differ': { readonly seconds: number };
  slow: { readonly ms: number; readonly limitMs: number; readonly option: 'latency-warn' | 'latency-fail' };
  'probe-crashed': { readonly error: string };
}

/** Protocols that are recognised by what they say first. */
export const PROTOCOLS = ['http', 'ssh', 'ftp', 'imap', 'pop3', 'nntp', 'telnet', 'tls', 'unknown'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** One thing found: its code, its status here, and what it rests on. */
export type Finding = {
  [C in Code]: {
    readonly code: C;
    readonly status: Status;
    readonly facts: FactsOf[C];
    /** Which of several addresses it is about, where each is probed for itself; `null` otherwise. */
    readonly address: string | null;
    /** The steps that were asked for and not checked because of it, where it is ignored: it counts all the same. */
    readonly unchecked?: readonly StepName[];
    /** A login went out in that conversation, and the gate does not repeat it. */
    readonly once?: true;
  };
}[Code];

/** A finding with its code's own status, or with one that the circumstances call for. */
export function finding<C extends Code>(code: C, facts: FactsOf[C], status: Status = CODES[code].status): Finding {
  return { code, status, facts, address: null } as Finding;
}
