import type { Requirement } from '../smtp/capabilities.ts';

/** What was asked for, as far as it decides what an observation means. */
export interface Expectations {
  readonly ipFamily: 'auto' | '4' | '6';
  /** The local address to connect from, which fixes the family. */
  readonly sourceAddress: { readonly address: string } | null;
  /** The PROXY header that was sent. */
  readonly proxyProtocol: 'v1' | 'v2' | null;
  /** Anything that another protocol cannot give. */
  readonly beyondGreeting: boolean;
  readonly expectBanner: string | null;
  readonly tls: 'auto' | 'none' | 'starttls' | 'implicit';
  readonly tlsVerify: boolean;
  readonly tlsMinVersion: string;
  /** Whether anything was asked for that only TLS can give. */
  readonly asksForTls: boolean;
  readonly certificateWarnDays: number;
  readonly certificateFailDays: number;
  readonly require: readonly Requirement[];
  readonly latencyWarn: number | null;
  readonly latencyFail: number | null;
}
