import type { Entry } from '../inputs/settings.ts';
import type { Shard } from '../model/fleet.ts';
import { canonicalPlace } from '../shared/address.ts';

/** node:crypto takes longer to load than a banner probe may: only who divides the targets pays for it. */
const crypto = () => process.getBuiltinModule('node:crypto');

/**
 * The targets of one part, picked by a digest of where each is, so that a target stays in its part when others come and
 * go. Targets at one place are in one part, whatever their options: their names tell them apart from each other.
 */
export function entriesIn({ index, of }: Shard, entries: readonly Entry[]): Entry[] {
  return entries.filter(({ target, mx }) => partOf(`${mx ? 'mx:' : ''}${canonicalPlace(target)}`, of) === index);
}

/** Which of so many parts a place belongs to, from 1. */
function partOf(place: string, of: number): number {
  return (crypto().createHash('sha256').update(place).digest().readUInt32BE() % of) + 1;
}
