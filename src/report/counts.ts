/** `1 target`, `2 targets`; `kind` stands before the word. */
export function countTargets(count: number, kind = ''): string {
  return `${count} ${kind}${count === 1 ? 'target' : 'targets'}`;
}

/** The verb behind a count: `1 of 40 targets needs attention`, `2 of 40 targets need attention`. */
export const needVerb = (count: number): string => (count === 1 ? 'needs' : 'need');
