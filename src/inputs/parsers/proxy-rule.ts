import type { Target } from './host-port.ts';

/** A proxy as its URL describes it. */
export interface ProxyUrl {
  readonly scheme: 'http' | 'https' | 'socks5' | 'socks5h';
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly username: string; readonly password: string } | null;
  /** What no output may show: the credentials, decoded and as they were written. */
  readonly secrets: readonly string[];
  /** Where it was written: `proxy`, or the name of an environment variable. */
  readonly from: string;
}

/** Which proxy leads to a target. */
export interface ProxyRule {
  /** What may be shown: the URL without its credentials, or `env`. */
  readonly shown: string;
  /** The proxy, whatever the target; `null` when the environment names none. */
  readonly proxy: ProxyUrl | null;
  /** The proxy that leads to this target; `null` for none. */
  choose(target: Target): ProxyUrl | null;
}
