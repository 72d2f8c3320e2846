import fc from 'fast-check';

/** Any text at all, lone surrogates included. */
const units = fc.array(fc.integer({ min: 0, max: 0xff_ff }), { maxLength: 40 }).map((codes) => {
  return String.fromCharCode(...codes);
});
/** Text of the characters that mean something to the formats that reports are written in. */
const markup = fc.stringMatching(/^[:#[\]()<>&;`*_~|\\$!@/.wh0-9 \n\r\t"'a-z+={}-]{0,60}$/);
const pieces = fc
  .array(
    fc.constantFrom(
      '::',
      '##',
      '[',
      ']',
      'error',
      ' ',
      '\n',
      '\r',
      '\u200b',
      '`',
      '``',
      '<',
      '|',
      '@a',
      '#1',
      'www.',
      'http://',
      '](',
      '1. ',
      '- ',
      '&lt;',
      '\u001b[0m',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Any text, with those that hurt more often than by chance. */
export const anyText = fc.oneof(units, markup, pieces, fc.string({ unit: 'grapheme' }));
