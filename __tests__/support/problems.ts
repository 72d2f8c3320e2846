import type { Parsed } from '../../src/inputs/parsers/result.ts';

/** What is wrong with a text that must not be readable. */
export function problemOf(parsed: Parsed<unknown>): string {
  if ('problem' in parsed) return parsed.problem;
  throw new Error(`this was read, as ${JSON.stringify(parsed.value)}`);
}
