import { describe, expect, test } from '@jest/globals';
import { commentsAndTexts, privateWords } from '../../scripts/documents/words.ts';

describe('a private word', () => {
  test.each([
    ['The probe is the only room with sockets.', 'only room', 'folder, module'],
    ['It is a defect of ours.', 'defect of ours', 'internal error'],
    [' * what is thrown is a defect\n * of ours', 'defect of ours', 'internal error'],
    ['// one file that asks\n// nothing of the network', 'asks nothing of', 'loads nothing from'],
  ])('%j is found, over the end of a line too, with what to write instead', (text, word, instead) => {
    expect(privateWords(text)).toEqual([expect.stringContaining(`"${word}": write ${instead} `)]);
  });

  test.each(['There is no room for another row.', 'a warehouse', 'a roommate', 'an internal error'])(
    'is not in %j',
    (text) => {
      expect(privateWords(text)).toEqual([]);
    },
  );
});

test('comments and texts of a source are read, and names are not', () => {
  const source = [
    '/** A comment. */',
    'const house = 1; // behind code',
    "const text = 'a text in quotes';",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a source
    'const more = `begins ${house} and ends`;',
    "import x from './house.ts';",
    '// at the end',
  ].join('\n');
  const read = commentsAndTexts(source);
  for (const part of ['A comment.', 'behind code', 'a text in quotes', 'begins ', ' and ends', 'at the end'])
    expect(read).toContain(part);
  expect(read).not.toContain('house');
});
