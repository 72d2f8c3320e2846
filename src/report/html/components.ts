import type { Status } from '../../model/codes.ts';
import { type Html, html, type Part } from '../escape/html.ts';
import { formatTime, GLYPHS } from '../view.ts';

const MARKS: Readonly<Record<Status, string>> = {
  pass: 'M6 12.5l4 4 8-9',
  info: 'M12 6.5v.1M12 11v6.5',
  warn: 'M12 6.5V13M12 17.4v.1',
  fail: 'M7.5 7.5l9 9m0-9l-9 9',
  skip: 'M7 12h10',
};

/** A status as a mark in a circle. */
export function mark(status: Status): Html {
  return html`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${MARKS[status]}" />
    </svg>`;
}

/** A status as a mark and a word, never as a colour alone. */
export function badge(status: Status): Html {
  return html`<span class="badge ${status}"><span aria-hidden="true">${GLYPHS[status]}</span> ${status}</span>`;
}

/** A sentence; what stands between backticks is code. */
export function prose(text: string): Html {
  const parts = text.split(/(`[^`]+`)/);
  return html`${parts.map((part, i) => (i % 2 === 1 ? html`<code>${part.slice(1, -1)}</code>` : part))}`;
}

/** Commands to paste; the page's script adds a button that copies them. */
export function commandLines(lines: readonly string[]): Html {
  return html`<pre class="commands">${lines.map((line) => html`<code>${line}\n</code>`)}</pre>`;
}

/** A link that leads out of the page; to anything but a website it is only text. */
export function link(href: string, content: Html): Html {
  return /^https:\/\/[^\s/]/.test(href) ? html`<a href="${href}">${content}</a>` : html`<span>${content}</span>`;
}

/** A name and its value in a list of facts; nothing at all without a value. */
export function fact(name: string, value: Part): Html | null {
  if (value === null || value === false) return null;
  return html`
    <div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
}

/** A date and time in UTC, to the minute; what is no date stays as it is. */
export function time(iso: string): Html {
  return html`<time datetime="${iso}">${formatTime(iso)}</time>`;
}

/** The day of a date and time. */
export function day(iso: string): Html {
  return html`<time>${iso.slice(0, 10)}</time>`;
}

/** `1 target`, `2 targets`, and thousands parted. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(n)} ${n === 1 ? singular : plural}`;
}

export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
