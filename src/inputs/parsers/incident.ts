import { nameCharacter, type Parsed, quote } from './result.ts';

const CONTROL = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/;

/** The name of an incident: any text on one line. */
export function incidentKey(text: string): Parsed<string> {
  const odd = CONTROL.exec(text)?.[0];
  return odd === undefined ? { value: text } : { problem: `contains ${nameCharacter(odd)}; write one line of text` };
}

/** GitHub's own bound for the name of a label, in characters. */
const LONGEST_LABEL = 50;

/** The name of a label. A comma would part it in GitHub's own lists. */
export function label(text: string): Parsed<string> {
  const odd = (CONTROL.exec(text) ?? /,/.exec(text))?.[0];
  if (odd !== undefined)
    return { problem: `contains ${nameCharacter(odd)} in ${quote(text)}; write one label per line` };
  if ([...text].length > LONGEST_LABEL)
    return { problem: `${quote(text)} is too long for a label; write at most ${LONGEST_LABEL} characters` };
  return { value: text };
}

/** The login of a GitHub account, be it of a person or of an app (`name[bot]`). */
export function login(text: string): Parsed<string> {
  if (/^[a-z\d](?:[a-z\d_-]*[a-z\d])?(?:\[bot\])?$/i.test(text)) return { value: text };
  if (text.startsWith('@')) {
    const rest = text.slice(1);
    return { problem: `begins with @; write ${/^[\w-]{1,39}$/.test(rest) ? rest : 'a login, such as octocat'}` };
  }
  const at = text.search(/[^a-z\d_[\]-]/i);
  const odd = at === -1 ? '' : ` (${nameCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0))})`;
  return { problem: `${quote(text)} is not a GitHub login${odd}; write one per line, such as octocat` };
}
