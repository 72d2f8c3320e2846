/** What is to be set. */
export type Wanted = Readonly<Partial<Record<'owner' | 'version', string>>>;

/** `owner X`, `version Y` or both, in either order; null for anything else. */
export function wantedOf(words: readonly string[]): Wanted | null {
  const pairs = words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : []));
  const names = pairs.map(([name]) => name);
  const known = names.every((name) => name === 'owner' || name === 'version');
  if (!known || new Set(names).size < names.length || pairs.some(([, value]) => value === '')) return null;
  return pairs.length === 0 ? null : Object.fromEntries(pairs);
}
