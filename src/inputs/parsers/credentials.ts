import { nameCharacter, type Parsed } from './result.ts';

/** In characters: no server takes a longer line of a login (12,288 octets of base64, RFC 4954 §4). */
const LONGEST = 16_384;

/** A user name, a password or a token: any text without controls. A problem names the character, never the value. */
export function credential(text: string): Parsed<string> {
  if (text.length > LONGEST)
    return { problem: `is ${text.length} characters long, which is too long for a login; store it again` };
  const odd = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/.exec(text)?.[0];
  if (odd !== undefined) {
    return { problem: `contains ${nameCharacter(odd)}, which is not allowed in a login; store it again without it` };
  }
  if (/\$\{\{/.test(text))
    return { problem: 'contains an expression that was not evaluated; write it as an expression over `secrets`' };
  return Buffer.from(text).toString() === text
    ? { value: text }
    : { problem: 'is not valid Unicode text; store it again as UTF-8' };
}
