import type { Environment } from './parsers/result.ts';

/** How standard input is named, on the command line and in a report. */
export const STANDARD_INPUT = '-';

/** What inputs may refer to besides their own text. */
export interface World {
  /** Where `proxy: env` finds its proxy, and a target the login that it names. */
  readonly env: Environment;
  /** Reads standard input, at most so many bytes and one; absent in a step, which has none. */
  readonly standardInput?: (mostBytes: number) => Buffer;
}
