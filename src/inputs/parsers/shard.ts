import type { Shard } from '../../model/fleet.ts';
import { nameCharacter, type Parsed, quote } from './result.ts';

/** GitHub runs at most so many jobs of one matrix. */
const MOST = 256;

/** `2/4`: the second of four parts. */
export function shard(text: string): Parsed<Shard> {
  const [, first, second] = /^(\d{1,9}) ?\/ ?(\d{1,9})$/.exec(text) ?? [];
  if (second === undefined) {
    return { problem: `${quote(text)} is no shard; write which part of how many, such as 2/4` };
  }
  const [index, of] = [Number(first), Number(second)];
  if (of > MOST) return { problem: `${quote(text)} has too many parts; write at most ${MOST}, such as 2/${MOST}` };
  if (of === 0) return { problem: `${quote(text)} has no parts; write 1/1 or more, such as 2/4` };
  if (index === 0) return { problem: `${quote(text)} counts from 0; parts count from 1: write 1/${of}` };
  if (index > of) return { problem: `${quote(text)} is beyond the last part; write at most ${of}/${of}` };
  return { value: { index, of } };
}

/** In characters. */
const LONGEST_VANTAGE = 64;

/** A word that says where the step looks from: letters, digits, `.`, `_` and `-`. */
export function vantage(text: string): Parsed<string> {
  const odd = /[^\w.-]/u.exec(text)?.[0];
  if (odd !== undefined) {
    return {
      problem: `contains ${nameCharacter(odd)}; write one word of letters, digits, dots, _ and -, such as azure`,
    };
  }
  if (text.length > LONGEST_VANTAGE) {
    return { problem: `is ${text.length} characters long; write at most ${LONGEST_VANTAGE}` };
  }
  return { value: text };
}
