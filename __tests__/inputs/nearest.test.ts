import { describe, expect, test } from '@jest/globals';
import { didYouMean, nearest } from '../../src/inputs/nearest.ts';

describe('a misspelt word is near to a choice', () => {
  test.each([
    ['the word itself', 'abcd', 'abcd'],
    ['in capitals', 'ABCD', 'abcd'],
    ['a letter replaced', 'abcx', 'abcd'],
    ['a letter left out', 'acd', 'abcd'],
    ['a last letter left out', 'abc', 'abcd'],
    ['a letter too many', 'abxcd', 'abcd'],
    ['a last letter too many', 'abcdx', 'abcd'],
    ['two letters exchanged', 'abdc', 'abcd'],
    ['the first two letters exchanged', 'bacd', 'abcd'],
    ['one letter replaced, and two others exchanged', 'xbdcefgh', 'abcdefgh'],
    ['with signs between', '"a b, c;d"', 'abcd'],
    ['a choice in capitals', 'plain', 'PLAIN'],
    ['two letters of five', 'abcxy', 'abcde'],
    ['three letters of thirteen', 'abcdefghijxyz', 'abcdefghijklm'],
    ['with a dot, an underscore and a hyphen', 'a.b_c-', 'a.b_c-'],
    ['forty letters', 'a'.repeat(40), 'a'.repeat(40)],
  ])('%s', (_, text, choice) => {
    expect(nearest(text, [choice])).toBe(choice);
  });

  test.each([
    ['nothing', '', 'a'],
    ['signs alone', '!?', 'a'],
    ['two letters of four', 'abxy', 'abcd'],
    ['two letters of four left out', 'ab', 'abcd'],
    ['a letter that went to the front', 'dabc', 'abcd'],
    ['one letter before, and another left out', 'xacd', 'abcd'],
    ['one letter left out, and another behind', 'bxcd', 'abcd'],
    ['three letters of five', 'abxyz', 'abcde'],
    ['four letters of thirteen', 'abcdefghiwxyz', 'abcdefghijklm'],
    ['forty-one letters', 'a'.repeat(41), 'a'.repeat(40)],
  ])('but not %s', (_, text, choice) => {
    expect(nearest(text, [choice])).toBeNull();
  });
});

describe('of several choices', () => {
  test('the nearest is meant, wherever it stands', () => {
    expect(nearest('abcd', ['abcx', 'abcd', 'abcy'])).toBe('abcd');
    expect(nearest('abcx', ['zzzz', 'abcd'])).toBe('abcd');
  });

  test('none is, where two are equally near', () => {
    expect(nearest('abcd', ['abcx', 'abcy'])).toBeNull();
    expect(nearest('abcd', [])).toBeNull();
  });
});

test('what was meant is said with the character that does not belong there', () => {
  expect(didYouMean('abxd', ['abcd'])).toBe(' (did you mean `abcd`?)');
  expect(didYouMean('ab,cd', ['abcd'])).toBe(' (it contains a comma (,); did you mean `abcd`?)');
  expect(didYouMean('a.b_c-', ['a.b_c-'])).toBe(' (did you mean `a.b_c-`?)');
  expect(didYouMean('zzzz', ['abcd'])).toBe('');
});
