import vm from 'node:vm';

/** A regular expression that has not finished by then is backtracking without end, in milliseconds. */
export const MATCH_LIMIT_MS = 250;

/**
 * Matches the user's expression against a hostile text. V8 interrupts even a backtracking expression, but only for a
 * script with a timeout: hence the context.
 */
export function matchBanner(pattern: string, text: string): 'match' | 'mismatch' | 'unfinished' {
  try {
    const found = vm.runInNewContext(
      'new RegExp(pattern, "m").test(text)',
      { pattern, text },
      { timeout: MATCH_LIMIT_MS },
    );
    return found === true ? 'match' : 'mismatch';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'unfinished';
    throw error;
  }
}
