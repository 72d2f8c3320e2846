import { namesWith, type Option, option, optionOf } from '../inputs/options.ts';
import { lines, path, quorum } from '../inputs/parsers/primitives.ts';
import { type Parsed, quote } from '../inputs/parsers/result.ts';
import { shard, vantage } from '../inputs/parsers/shard.ts';
import type { Shard } from '../model/fleet.ts';

/** A report that has to be there: where its step looked from, and at which part of the targets. */
export interface ExpectedLeg {
  readonly vantage: string;
  readonly shard: Shard | null;
}

/** `azure`, or `azure 2/4`. */
export function expectedLeg(text: string): Parsed<ExpectedLeg> {
  const [name = '', part, ...rest] = text.split(/\s+/);
  if (rest.length > 0)
    return {
      problem: `${quote(text)} is not a vantage point, or one and a shard; write one per line, such as azure or azure 2/4`,
    };
  const place = vantage(name);
  if ('problem' in place) return { problem: `${quote(name)} ${place.problem}` };
  const parsed = part === undefined ? { value: null } : shard(part);
  return 'problem' in parsed ? parsed : { value: { vantage: place.value, shard: parsed.value } };
}

const OWN = {
  reports: option({
    group: 'Reports to merge',
    default: '',
    value: 'path',
    help: 'The JSON reports (`report-json`) of the steps to merge, one path or glob per line.',
    parse: lines(path),
    list: true,
    alsoCalled: ['report'],
  }),
  expect: option({
    group: 'Reports to merge',
    default: '',
    value: 'report',
    help: 'The reports that have to be there, one `vantage` or `vantage 2/4` per line. One that is missing fails the step (`report-missing`).',
    parse: lines(expectedLeg),
    list: true,
  }),
  quorum: option({
    group: 'Verdict',
    default: 'all',
    value: 'how many',
    help: 'From how many vantage points each target must not fail: `all`, `any`, a number or a percentage. If so many do not fail, its failures at the others count as warnings.',
    parse: quorum,
  }),
} as const;

/** The options of the merge, in the order of the documentation: its own, and the rows that it shares with the gate. */
export const MERGE_OPTIONS: Readonly<Record<string, Option<unknown>>> = {
  ...OWN,
  ...Object.fromEntries(namesWith('merge').map((name) => [name, optionOf(name)])),
};
