/** Verdicts, best first; `skip` stands outside the order. */
export const STATUSES = ['pass', 'info', 'warn', 'fail'] as const;
export type Status = (typeof STATUSES)[number] | 'skip';

/** The head of a code's entry: what verdict, retry and proof need, whether or not there is anything to say. */
export interface CodeHead {
  /** The status of a finding with this code, unless the diagnosis has a reason for another. */
  readonly status: Status;
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

type MoreFacts = Omit<CodeHead, 'status' | 'retryable'>;
const row = (status: Status, more: MoreFacts = {}): CodeHead => ({ status, retryable: false, ...more });
const retryable = (status: Status, more: MoreFacts = {}): CodeHead => ({ status, retryable: true, ...more });

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
  'not-configured': row('skip'),
  'input-invalid': row('fail'),
  'dns-not-found': row('fail', { worthALook: true }),
  'dns-no-address': row('fail', { worthALook: true }),
  'dns-unavailable': retryable('fail', { worthALook: true }),
  'mx-not-found': row('fail'),
  'mx-null': row('fail'),
  'proxy-unreachable': retryable('fail'),
  'proxy-auth-required': row('fail'),
  'proxy-refused': row('fail'),
  'connect-refused': retryable('fail', { worthALook: true }),
  'connect-timeout': retryable('fail', { worthALook: true }),
  'connect-unreachable': retryable('fail', { worthALook: true }),
  'connect-reset': retryable('fail', { worthALook: true }),
  'connect-blocked': row('fail'),
  'greeting-timeout': retryable('fail', { worthALook: true }),
  'greeting-closed': retryable('fail', { worthALook: true }),
  'greeting-busy': retryable('fail'),
  'greeting-refused': row('fail'),
  'service-unavailable': retryable('fail'),
  'not-smtp': row('info'),
  'greeting-rewritten': row('warn', { remark: true }),
  'banner-mismatch': row('fail', { remark: true }),
  'tls-expected': row('fail'),
  'plaintext-expected': row('fail'),
  'connection-lost': retryable('fail'),
  'protocol-violation': row('fail'),
  'protocol-deviation': row('warn', { remark: true }),
  'deadline-exceeded': retryable('fail'),
  'ehlo-refused': row('fail'),
  'client-refused': row('fail'),
  'capability-missing': row('fail'),
  'starttls-not-offered': row('fail'),
  'starttls-refused': retryable('fail'),
  'starttls-injection': row('fail'),
  'tls-handshake-failed': row('fail'),
  'tls-too-old': row('fail'),
  'certificate-expired': row('fail'),
  'certificate-not-yet-valid': row('fail'),
  'certificate-name-mismatch': row('fail'),
  'certificate-self-signed': row('fail'),
  'certificate-untrusted': row('fail'),
  'certificate-weak': row('fail'),
  'certificate-expiring': row('warn', { remark: true }),
  'auth-needs-tls': row('fail'),
  'auth-not-offered': row('fail'),
  'auth-mechanism-missing': row('fail'),
  'auth-rejected': row('fail', { rejectsLogin: true }),
  'auth-app-password-needed': row('fail', { rejectsLogin: true }),
  'auth-disabled': row('fail', { rejectsLogin: true }),
  'auth-unavailable': retryable('fail', { repeatsLogin: true }),
  'sender-refused': row('fail'),
  'recipient-refused': row('fail'),
  'relay-denied': row('fail'),
  'envelope-deferred': retryable('warn', { repeatsLogin: true }),
  'queue-full': retryable('fail', { repeatsLogin: true }),
  slow: row('warn', { remark: true }),
  'probe-crashed': row('fail'),
} as const satisfies CodeTable<keyof typeof RETIRED>;

export type Code = keyof typeof CODES;

export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
