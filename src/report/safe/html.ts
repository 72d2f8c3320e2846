import { escapeHtml, plain } from '../safe.ts';

/**
 * Text as HTML, for the content of an element as for a quoted attribute; in `<script>`, `<style>`, a comment or a URL it
 * has no place. A view library that escapes by itself takes `plain` instead.
 */
export function html(text: string, max = 4_000): string {
  return escapeHtml(plain(text, max));
}
