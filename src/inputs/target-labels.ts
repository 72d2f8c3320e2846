import { createHash } from 'node:crypto';
import { isPemText } from '../shared/pem.ts';
import { listed } from '../shared/text.ts';
import { type Checks, HIDDEN } from './checks.ts';

type Given = Checks['given'];

/** A target by where it is, with its options. */
export interface Asked {
  readonly at: string;
  readonly given: Given;
}

/**
 * For each target the options that tell it from others at the same place, as a query in the form of `targets`
 * (`?tls=none`), so that no two have one name; empty for one that is alone, or that has none of these options.
 */
export function setApart(targets: readonly Asked[]): string[] {
  const groups = new Map<string, Given[]>();
  for (const { at, given } of targets) {
    const alike = groups.get(at);
    if (alike) alike.push(given);
    else groups.set(at, [given]);
  }
  const differing = new Map([...groups].map(([at, alike]) => [at, differences(alike)]));
  const taken = new Map<string, number>();
  return targets.map(({ at, given }) => {
    const options = (differing.get(at) ?? []).flatMap((name) =>
      values(given.get(name)).map((value) => (value.startsWith(`${name}-`) ? value : `${name}=${value}`)),
    );
    const query = options.length === 0 ? '' : `?${options.join('&')}`;
    // What is not shown, such as the credentials of a proxy, may be all that differs.
    const times = (taken.get(`${at}${query}`) ?? 0) + 1;
    taken.set(`${at}${query}`, times);
    return times === 1 ? query : `${query} (${times})`;
  });
}

type Name = Parameters<Given['get']>[0];

/** In one order, however they were written: the name of a target is its name in the history, too. */
function differences(alike: readonly Given[]): Name[] {
  const names = new Set(alike.flatMap((given) => [...given.keys()]));
  // A key is no part of a name; its certificate is.
  names.delete('tls-client-key');
  return [...names].filter((name) => new Set(alike.map((given) => given.get(name))).size > 1).sort();
}

/** Of a text that is longer, in characters, a name has the beginning. */
const LONGEST = 60;

function values(text: string | undefined): string[] {
  if (text === undefined || text === HIDDEN) return [];
  // A certificate is no part of a name.
  if (isPemText(text)) return [`PEM-${digest(text)}`];
  return listed(text)
    .map((line) => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…${digest(line)}` : line))
    .map((line) => line.replace(/[\s%&#]/g, encodeURIComponent));
}

/** Enough of a text's digest to tell it from others, and the same in every run. */
function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
