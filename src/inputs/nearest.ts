import { nameCharacter } from './parsers/result.ts';

/** Longer words are no misspelling of a name of ours, and the table of distances stays small. */
const LONGEST = 40;

/** The choice that a misspelt word most likely means; `null` when none is near, or two are equally so. */
export function nearest(text: string, choices: readonly string[]): string | null {
  if (text.length > LONGEST) return null;
  const word = text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_.-]/gu, '');
  if (word === '') return null;
  const most = (choice: string) => Math.min(3, Math.ceil(choice.length / 4));
  const ranked = choices
    // What is so much longer or shorter needs no table of distances.
    .filter((choice) => Math.abs(choice.length - word.length) <= most(choice))
    .map((choice) => ({ choice, far: distance(word, choice.toLowerCase()) }))
    .filter(({ choice, far }) => far <= most(choice))
    .sort((a, b) => a.far - b.far);
  const [first, second] = ranked;
  return first && first.far !== second?.far ? first.choice : null;
}

/** ` (did you mean …?)`, with the character that is one too many, where there is one; or nothing. */
export function didYouMean(text: string, choices: readonly string[]): string {
  const near = nearest(text, choices);
  if (near === null) return '';
  const odd = /[^\p{L}\p{N}\p{M}_.-]/u.exec(text)?.[0];
  return ` (${odd === undefined ? '' : `it contains ${nameCharacter(odd)}; `}did you mean \`${near}\`?)`;
}

/** Damerau and Levenshtein's: how many letters were added, left out, replaced, or exchanged with their neighbour. */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? replaced) + 1 : replaced;
      row.push(Math.min(replaced, exchanged, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
