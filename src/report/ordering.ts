/** Puts the first of each kind before all others, so that whatever is cut off the end leaves no rare kind out. */
export function firstsFirst<T>(all: readonly T[], kindOf: (one: T) => string): T[] {
  const seen = new Set<string>();
  const [firsts, others]: [T[], T[]] = [[], []];
  for (const one of all) {
    const kind = kindOf(one);
    (seen.has(kind) ? others : firsts).push(one);
    seen.add(kind);
  }
  return [...firsts, ...others];
}
