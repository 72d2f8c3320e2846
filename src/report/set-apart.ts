import { canonicalPlace } from '../address.ts';
import type { TargetResult } from '../gate.ts';
import { isPemText } from '../pem.ts';

/** What of a target tells it from others. */
type Asked = Pick<TargetResult, 'target' | 'given'>;

/**
 * For each target the options that tell it from others with its host and port, as a query in the form of `targets`
 * (`?tls=none`), so that no two have one name; empty for one that is alone, or that has none of these options.
 */
export function setApart(targets: readonly Asked[]): string[] {
  const groups = new Map<string, Asked[]>();
  for (const one of targets) {
    const at = canonicalPlace(one.target);
    const alike = groups.get(at);
    if (alike) alike.push(one);
    else groups.set(at, [one]);
  }
  const differing = new Map([...groups].map(([at, alike]) => [at, differences(alike)]));
  return targets.map(({ target, given }) => {
    const names = differing.get(canonicalPlace(target)) ?? [];
    const query = names.flatMap((name) => values(given.get(name)).map((value) => `${name}=${value}`));
    return query.length === 0 ? '' : `?${query.join('&')}`;
  });
}

type Name = Parameters<Asked['given']['get']>[0];

function differences(alike: readonly Asked[]): Name[] {
  const names = new Set(alike.flatMap(({ given }) => [...given.keys()]));
  return [...names].filter((name) => new Set(alike.map(({ given }) => given.get(name))).size > 1);
}

function values(text: string | undefined): string[] {
  if (text === undefined) return [];
  // A certificate is no part of a name.
  if (isPemText(text)) return ['PEM'];
  return text.split('\n').map((line) => line.trim().replace(/[\s%&#]/g, encodeURIComponent));
}
