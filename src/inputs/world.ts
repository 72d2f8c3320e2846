import type { Environment } from './parsers/result.ts';

/** What inputs may refer to besides their own text. */
export interface World {
  /** Where `proxy: env` finds its proxy, and a target the login that it names. */
  readonly env: Environment;
  /** Reads standard input, at most so many bytes and one; absent in a step, which has none. */
  readonly standardInput?: (mostBytes: number) => Buffer;
}
