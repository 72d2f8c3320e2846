import type { AuthenticationResult } from '../model/delivery.ts';
import { type Fields, splitOutsideQuotes, unquoted, valuesOf, withoutComments } from './header.ts';

/** In characters: no receiver writes more, and a longer one is not its own. */
const LONGEST = 16_384;
/** So many results and so many properties of one are read. */
const MOST_RESULTS = 100;
const MOST_PROPERTIES = 20;

/**
 * What a receiver says of a message (RFC 8601 §2.2): the topmost field that has its name, since whatever stands further
 * down may have come with the message. `null` where there is none.
 */
export function readAuthentication(fields: Fields, authservId: string): readonly AuthenticationResult[] | null {
  for (const value of valuesOf(fields, 'authentication-results')) {
    if (value.length > LONGEST) continue;
    const [head = '', ...rest] = splitOutsideQuotes(withoutComments(value), ';');
    if (nameIn(head) === authservId.toLowerCase()) return rest.slice(0, MOST_RESULTS).flatMap(resultIn);
  }
  return null;
}

/** The authserv-id, behind which a version may stand. */
function nameIn(head: string): string {
  const text = head.trim();
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  return unquoted(quoted ?? text.split(/\s/)[0] ?? '').toLowerCase();
}

/** `dkim=pass reason="…" header.d=example.com`; nothing for `none`, which says that nothing was looked at. */
function resultIn(text: string): AuthenticationResult[] {
  const [first, ...others] = words(text);
  const [, method, result] = /^([a-z\d][a-z\d-]*)(?:\/\d+)?=([a-z\d]+)$/i.exec(first ?? '') ?? [];
  if (method === undefined || result === undefined) return [];
  const about = others.filter((word) => /^[a-z\d-]+\.[\w.-]+=/i.test(word)).slice(0, MOST_PROPERTIES);
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), about }];
}

/** The words of a result: white space around an equals sign or a dot does not part them. */
function words(text: string): string[] {
  return splitOutsideQuotes(
    text
      .replace(/\s+/g, ' ')
      .replace(/ ?([=/]) ?/g, '$1')
      .trim(),
    ' ',
  ).filter((word) => word !== '');
}

/** The receivers that say something of a message, as they name themselves; each once. */
export function receiversIn(fields: Fields): string[] {
  const heads = valuesOf(fields, 'authentication-results')
    .filter(({ length }) => length <= LONGEST)
    .map((value) => nameIn(splitOutsideQuotes(withoutComments(value), ';')[0] ?? ''));
  return [...new Set(heads.filter((name) => name !== ''))].slice(0, MOST_PROPERTIES);
}
