/** Verdicts, best first; `skip` stands outside the order. */
export const STATUSES = ['pass', 'info', 'warn', 'fail'] as const;
export type Status = (typeof STATUSES)[number] | 'skip';

/** The head of a code's entry: what the verdict and the retry need, whether or not there is anything to say. */
export interface CodeHead {
  /** The status of a finding with this code, unless the diagnosis has a reason for another. */
  readonly status: Status;
  /** Whether trying again can help. */
  readonly retryable: boolean;
}

const row = (status: Status): CodeHead => ({ status, retryable: false });
const retryable = (status: Status): CodeHead => ({ status, retryable: true });

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
  'dns-not-found': row('fail'),
  'dns-no-address': row('fail'),
  'dns-unavailable': retryable('fail'),
  'mx-not-found': row('fail'),
  'mx-null': row('fail'),
  'proxy-unreachable': retryable('fail'),
  'proxy-auth-required': row('fail'),
  'proxy-refused': row('fail'),
  'connect-refused': retryable('fail'),
  'connect-timeout': retryable('fail'),
  'connect-unreachable': retryable('fail'),
  'connect-reset': retryable('fail'),
  'connect-blocked': row('fail'),
  'greeting-timeout': retryable('fail'),
  'greeting-closed': retryable('fail'),
  'greeting-busy': retryable('fail'),
  'greeting-refused': row('fail'),
  'service-unavailable': retryable('fail'),
  'not-smtp': row('info'),
  'greeting-rewritten': row('warn'),
  'banner-mismatch': row('fail'),
  'tls-expected': row('fail'),
  'plaintext-expected': row('fail'),
  'connection-lost': retryable('fail'),
  'protocol-violation': row('fail'),
  'protocol-deviation': row('warn'),
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
  'certificate-expiring': row('warn'),
  'auth-needs-tls': row('fail'),
  'auth-not-offered': row('fail'),
  'auth-mechanism-missing': row('fail'),
  'auth-rejected': row('fail'),
  'auth-app-password-needed': row('fail'),
  'auth-disabled': row('fail'),
  'auth-unavailable': retryable('fail'),
  'sender-refused': row('fail'),
  'recipient-refused': row('fail'),
  'relay-denied': row('fail'),
  'envelope-deferred': retryable('warn'),
  'queue-full': retryable('fail'),
  slow: row('warn'),
  'probe-crashed': row('fail'),
} as const satisfies CodeTable<keyof typeof RETIRED>;

export type Code = keyof typeof CODES;

export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}
