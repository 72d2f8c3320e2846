import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import type { Expectations } from '../../../src/diagnosis/expectations.ts';
import type { Finding } from '../../../src/diagnosis/findings.ts';
import type { Code } from '../../../src/model/codes.ts';
import type { Observation, TlsLook } from '../../../src/model/observation.ts';

/** What was seen, in words, and what is found in it. */
export type Case = readonly [name: string, find: () => Finding[] | Promise<Finding[]>];

export interface Cases {
  /** The code is found. */
  readonly found: readonly Case[];
  /** Near misses: the code is not found. */
  readonly notFound: readonly Case[];
}

export type CasesOf = { readonly [C in Code]?: Cases };

/** Nothing asked for beyond a greeting. */
export const NOTHING: Expectations = {
  ipFamily: 'auto',
  sourceAddress: null,
  proxyProtocol: null,
  beyondGreeting: false,
  expectBanner: null,
  tls: 'auto',
  tlsVerify: true,
  tlsMinVersion: 'TLSv1.2',
  asksForTls: false,
  certificateWarnDays: 21,
  certificateFailDays: 0,
  require: [],
  latencyWarn: null,
  latencyFail: null,
};

/** An observation, judged once, however often it is asked about: an expression without end takes its time. */
export function seen(name: string, what: Observation, wanted: Partial<Expectations> = {}): Case {
  let found: Finding[] | undefined;
  return [
    name,
    () => {
      const expected = { ...NOTHING, ...wanted };
      found ??= diagnose(what, expected);
      return found;
    },
  ];
}

export const silence = (heard = '') => ({ kind: 'silence', ms: 10_000, heard }) as const;
export const deadline = (heard = '') => ({ kind: 'deadline', ms: 30_000, heard }) as const;
export const closed = (heard = '') => ({ kind: 'closed', heard }) as const;
export const reset = (heard = '', errno = 'ECONNRESET') => ({ kind: 'reset', errno, heard }) as const;

export const TLS: TlsLook = { answer: 'tls', protocol: 'TLSv1.3', greeting: '220 mail.example.com ESMTP' };
export const NOT_TLS: TlsLook = { answer: 'not-tls', errno: 'ERR_SSL_WRONG_VERSION_NUMBER' };
export const NO_ANSWER: TlsLook = { answer: 'nothing', because: 'silence' };
