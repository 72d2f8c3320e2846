import { raw, html as tag } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { plain } from './plain.ts';

/** Markup that holds no text but what is escaped. */
export type Html = HtmlEscapedString;
/** What markup is made of: text, which is escaped, and markup; `false`, `null` and `undefined` leave nothing. */
export type Part = Html | string | number | false | null | undefined | readonly Part[];

/** The longest text, in characters: a command is not cut before, because cut it is of no use. */
const TEXT_LENGTH = 16_000;
/** A line break of the source and the indentation behind it, which a browser would show as a space. */
const INDENTATION = /\n +/g;

/** Text of our own that is markup already, or a script or style; no text of a server. */
export const ours = (text: string): Html => raw(text) as Html;

const tightened = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/**
 * Markup as a template. What is put into it may stand in the content of an element or in a quoted attribute; in
 * `<script>`, `<style>`, a comment or a URL text has no place.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let tight = tightened.get(strings);
  if (tight === undefined) {
    const texts = strings.map((text) => text.replace(INDENTATION, ''));
    tight = Object.assign(texts, { raw: texts });
    tightened.set(strings, tight);
  }
  // Without a promise among its parts, hono gives none.
  return tag(tight, ...parts.map(safe)) as Html;
}

function safe(part: Part): Part {
  if (typeof part === 'string') return plain(part, TEXT_LENGTH);
  return Array.isArray(part) ? part.map(safe) : part;
}
