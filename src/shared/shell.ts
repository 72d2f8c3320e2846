/** A word for a POSIX shell, quoted where it needs to be. */
export function shellQuote(word: string): string {
  return /^[\w.:@%+=/,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
