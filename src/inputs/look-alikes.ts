import { nearest } from './nearest.ts';

/** An input that the action does not have, and the one of its own that it looks like. */
export interface LookAlike {
  readonly written: string;
  readonly meant: string;
}

/** So many are named: a job may set any number of such variables. */
const MOST = 10;
/** So short a beginning may be of anything. */
const SHORTEST = 4;

/** Which of these inputs look like one of our own; nothing is read of their values. */
export function lookAlikes(unknown: readonly string[], own: readonly string[]): LookAlike[] {
  return unknown
    .flatMap((written) => {
      const meant = meantBy(written.replaceAll('_', '-'), own);
      return meant === null ? [] : [{ written, meant }];
    })
    .slice(0, MOST);
}

/** `hots`: a misspelling; `smtp-host`, `hostname`: ours and something else; `user`: the beginning of ours. */
function meantBy(name: string, own: readonly string[]): string | null {
  if (own.includes(name)) return name;
  const near = nearest(name, own);
  if (near !== null) return near;
  const words = name.split('-');
  const parts = own.filter((one) => words.includes(one) || (one.length >= SHORTEST && name.startsWith(one)));
  const [longest] = parts.toSorted((a, b) => b.length - a.length);
  if (longest !== undefined) return longest;
  const begun = name.length < SHORTEST ? [] : own.filter((one) => one.startsWith(name));
  return begun.length === 1 ? (begun[0] ?? null) : null;
}

/** `hots`: did you mean `host`? */
export function sayLookAlike({ written, meant }: LookAlike): string {
  return `\`${written}\`: did you mean \`${meant}\`?`;
}
