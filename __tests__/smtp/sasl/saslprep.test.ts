import { expect, test } from '@jest/globals';
import { saslPrep } from '../../../src/smtp/sasl/saslprep.ts';

test.each([
  ['maps a soft hyphen to nothing (RFC 4013 §3, example 1)', 'I\u00adX', 'IX'],
  ['transforms nothing (example 2)', 'user', 'user'],
  ['preserves case (example 3)', 'USER', 'USER'],
  ['normalises a feminine ordinal (example 4)', '\u00aa', 'a'],
  ['normalises a Roman numeral (example 5)', '\u2168', 'IX'],
  ['maps every space to ASCII’s', 'a\u00a0b\u3000c', 'a b c'],
  ['maps joiners and variation selectors to nothing', 'a\u200d\ufe0fb\ufeff', 'ab'],
  ['composes what was typed in parts', 'Gru\u0308\u00dfe', 'Gr\u00fc\u00dfe'],
  ['leaves to the server what is forbidden (example 7)', '\u0627\u0031', '\u0627\u0031'],
])('%s', (_, text, prepared) => {
  expect(saslPrep(text)).toBe(prepared);
});
