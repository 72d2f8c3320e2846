import ts from 'typescript';

/**
 * Words that only we understand, each with what to write instead: a reader of documents, comments and messages has to
 * understand a sentence at once.
 */
const PRIVATE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\bdefects? of (?:ours|our own|its own)\b|\bour own defects?\b/i, 'internal error'],
  [/\basks? nothing of\b/i, 'loads nothing from'],
  [/\bfelt\b/i, 'say what is measured'],
  [/\bradioactive\b/i, 'sensitive'],
  [/\bhouse\b/i, 'source, architecture'],
  [/\b(?:rooms|(?:a|the|each|every|one|only) room)\b/i, 'folder, module'],
  [/\b(?:first|second) opinion\b/i, 'first diagnosis, second diagnosis'],
  [/\bvocabulary\b/i, 'types, shared functions'],
  [/\bin so many words\b/i, 'explicitly'],
  [/\bchoke point\b/i, 'the one function that'],
  [/\bhinge\b/i, 'the type between'],
  [/\bin no time\b/i, 'say how long it takes'],
  [/\b(?:the|a|its|tells a) story\b/i, 'report, log, course'],
  [/\bchapters?\b/i, 'section, group'],
  [/\bsights?\b/i, 'observations'],
];

/** The private words in a text, each with what to write instead. */
export function privateWords(text: string): string[] {
  const line = text.replace(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');
  return PRIVATE_WORDS.flatMap(([word, instead]) => {
    const found = word.exec(line);
    return found ? [`"${found[0]}": write ${instead} (… ${line.slice(found.index - 40, found.index + 60)} …)`] : [];
  });
}

/** The comments of a TypeScript source and the texts in it that are sentences, one after the other. */
export function commentsAndTexts(source: string): string {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const seen = new Set<number>();
  const visit = (node: ts.Node): void => {
    const comments = [
      ...(ts.getLeadingCommentRanges(source, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source, node.end) ?? []),
    ];
    for (const { pos, end } of comments) {
      if (!seen.has(pos)) found.push(source.slice(pos, end));
      seen.add(pos);
    }
    if ((ts.isStringLiteralLike(node) || isPartOfTemplate(node)) && node.text.includes(' ')) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.join('\n');
}

function isPartOfTemplate(node: ts.Node): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return node.kind >= ts.SyntaxKind.TemplateHead && node.kind <= ts.SyntaxKind.TemplateTail;
}
