/** Verdicts, best first; `skip` stands outside the order. */
export const STATUSES = ['pass', 'info', 'warn', 'fail'] as const;
export type Status = (typeof STATUSES)[number] | 'skip';

/** Who has to mend what a finding is about. */
export const FAULTS = [
  'settings',
  'credentials',
  'address',
  'dns',
  'runner',
  'network',
  'proxy',
  'server',
  'smtp-gate',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The head of a code's entry: what verdict, retry and proof need, whether or not there is anything to say. */
export interface CodeHead {
  /** The status of a finding with this code, unless the diagnosis has a reason for another. */
  readonly status: Status;
  /** Whose fault it is, as far as the code alone can tell. */
  readonly fault: Fault;
  /** Whether trying again can help. */
  readonly retryable: boolean;
  /** A clean answer of 4xx: even a login that went out may be repeated. */
  readonly repeatsLogin?: true;
  /** A login was rejected: nothing is tried again, because the next time may lock the account. */
  readonly rejectsLogin?: true;
  /** A failure of which a look around the host can tell more. */
  readonly worthALook?: true;
  /** It is about what was answered, and the conversation goes on: it explains no step that was not done. */
  readonly remark?: true;
}

type MoreFacts = Omit<CodeHead, 'status' | 'fault' | 'retryable'>;
const row = (status: Status, fault: Fault, more: MoreFacts = {}): CodeHead => ({
  status,
  fault,
  retryable: false,
  ...more,
});
const retryable = (status: Status, fault: Fault, more: MoreFacts = {}): CodeHead => ({
  ...row(status, fault, more),
  retryable: true,
});

/** Why a code is no longer used. */
export interface Retirement {
  /** The first version without it. */
  readonly version: string;
  /** One sentence, which names the code that is used instead, if one is. */
  readonly reason: string;
}

/**
 * Codes that are no longer used. Old reports, histories and `ignore` lines name them, so none may come back with another
 * meaning: a code that is retired moves here, and stays.
 */
export const RETIRED = {} as const satisfies Readonly<Record<string, Retirement>>;

/** Codes by name; one that is retired does not compile. */
export type CodeTable<Retired extends string> = Readonly<Record<string, CodeHead>> & {
  readonly [C in Retired]?: never;
};

/**
 * Every code that a finding can have, in the order of a conversation. Names are permanent once released. The rest of a
 * code's entry, all that people read, is in src/diagnosis/catalogue, which a passing run does not load.
 */
export const CODES = {
  'not-configured': row('skip', 'settings'),
  'input-invalid': row('fail', 'settings'),
  'dns-not-found': row('fail', 'dns', { worthALook: true }),
  'dns-no-address': row('fail', 'dns', { worthALook: true }),
  'dns-unavailable': retryable('fail', 'dns', { worthALook: true }),
  'mx-not-found': row('fail', 'dns'),
  'mx-null': row('fail', 'dns'),
  'mta-sts-record-invalid': row('warn', 'dns', { remark: true }),
  'mta-sts-policy-unavailable': row('warn', 'server', { remark: true }),
  'mta-sts-policy-invalid': row('warn', 'server', { remark: true }),
  'mta-sts-mx-mismatch': row('fail', 'dns', { remark: true }),
  'mta-sts-certificate': row('fail', 'server', { remark: true }),
  'tls-rpt-invalid': row('info', 'dns', { remark: true }),
  'dane-unverified': row('info', 'dns', { remark: true }),
  'proxy-unreachable': retryable('fail', 'proxy'),
  'proxy-auth-required': row('fail', 'proxy'),
  'proxy-refused': row('fail', 'proxy'),
  'connect-refused': retryable('fail', 'server', { worthALook: true }),
  'connect-timeout': retryable('fail', 'network', { worthALook: true }),
  'connect-unreachable': retryable('fail', 'runner', { worthALook: true }),
  'connect-reset': retryable('fail', 'network', { worthALook: true }),
  'connect-blocked': row('fail', 'runner'),
  'greeting-timeout': retryable('fail', 'server', { worthALook: true }),
  'greeting-closed': retryable('fail', 'server', { worthALook: true }),
  'greeting-busy': retryable('fail', 'server'),
  'greeting-refused': row('fail', 'server'),
  'service-unavailable': retryable('fail', 'server'),
  'not-smtp': row('info', 'settings'),
  'greeting-rewritten': row('warn', 'network', { remark: true }),
  'banner-mismatch': row('fail', 'server', { remark: true }),
  'tls-expected': row('fail', 'settings'),
  'plaintext-expected': row('fail', 'settings'),
  'proxy-header-expected': row('fail', 'settings'),
  'proxy-header-unexpected': row('fail', 'settings'),
  'lmtp-expected': row('fail', 'settings'),
  'smtp-expected': row('fail', 'settings'),
  'connection-lost': retryable('fail', 'server'),
  'protocol-violation': row('fail', 'server'),
  'protocol-deviation': row('warn', 'server', { remark: true }),
  'deadline-exceeded': retryable('fail', 'server'),
  'ehlo-refused': row('fail', 'server'),
  'client-refused': row('fail', 'runner'),
  'capability-missing': row('fail', 'server'),
  'starttls-not-offered': row('fail', 'server'),
  'starttls-refused': retryable('fail', 'server'),
  'starttls-injection': row('fail', 'network'),
  'tls-handshake-failed': row('fail', 'server'),
  'tls-too-old': row('fail', 'server'),
  'certificate-expired': row('fail', 'server'),
  'certificate-not-yet-valid': row('fail', 'server'),
  'certificate-name-mismatch': row('fail', 'server'),
  'certificate-self-signed': row('fail', 'server'),
  'certificate-untrusted': row('fail', 'server'),
  'certificate-weak': row('fail', 'server'),
  'certificate-expiring': row('warn', 'server', { remark: true }),
  'auth-needs-tls': row('fail', 'settings'),
  'auth-not-offered': row('fail', 'settings'),
  'auth-mechanism-missing': row('fail', 'settings'),
  'auth-rejected': row('fail', 'credentials', { rejectsLogin: true }),
  'auth-app-password-needed': row('fail', 'credentials', { rejectsLogin: true }),
  'auth-disabled': row('fail', 'credentials', { rejectsLogin: true }),
  'auth-unavailable': retryable('fail', 'server', { repeatsLogin: true }),
  'sender-refused': row('fail', 'address'),
  'recipient-refused': row('fail', 'address'),
  'relay-denied': row('fail', 'address'),
  'envelope-deferred': retryable('warn', 'server', { repeatsLogin: true }),
  'queue-full': retryable('fail', 'server', { repeatsLogin: true }),
  'message-refused': row('fail', 'server'),
  'message-deferred': retryable('fail', 'server', { repeatsLogin: true }),
  'message-uncertain': row('fail', 'network'),
  'mailbox-unreachable': retryable('fail', 'network'),
  'mailbox-login-refused': row('fail', 'credentials', { rejectsLogin: true }),
  'mailbox-folder-missing': row('fail', 'settings'),
  'delivery-missing': row('fail', 'server'),
  'delivery-bounced': row('fail', 'server'),
  'delivery-slow': row('warn', 'server', { remark: true }),
  'delivery-junk': row('warn', 'server', { remark: true }),
  'delivery-authentication-failed': row('warn', 'dns', { remark: true }),
  'delivery-authentication-unknown': row('info', 'dns', { remark: true }),
  'delivery-duplicate': row('warn', 'server', { remark: true }),
  'mailbox-not-cleaned': row('warn', 'server', { remark: true }),
  'clocks-differ': row('info', 'server', { remark: true }),
  'report-missing': row('fail', 'runner'),
  'ignore-expired': row('info', 'settings', { remark: true }),
  slow: row('warn', 'server', { remark: true }),
  'probe-crashed': row('fail', 'smtp-gate'),
} as const satisfies CodeTable<keyof typeof RETIRED>;

export type Code = keyof typeof CODES;

export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
