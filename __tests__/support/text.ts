import fc from './property.ts';

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
      '\u001b]8;;x\u0007',
      '\u009b2J',
      '::add-mask::',
      '##[group]',
      ']]>',
      '<!--',
      '</pre>',
      '@team/x',
      'a@b.example',
      'https://a.example/x',
      '\u202e',
      '\ufeff',
      '\ud800',
      '\udc00',
      '\0',
      '\ufffe',
      '\u0301',
      '    ',
      'x'.repeat(300),
    ),
    { maxLength: 16 },
  )
  .map((parts) => parts.join(''));

/** Any text, with those that hurt more often than by chance. */
export const anyText = fc.oneof(units, markup, pieces, fc.string({ unit: 'grapheme' }));
