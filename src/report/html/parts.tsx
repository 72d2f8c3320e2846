import type { ComponentChildren } from 'preact';
import type { Status } from '../../codes.ts';
import { GLYPHS } from '../account.ts';

const MARKS: Readonly<Record<Status, string>> = {
  pass: 'M6 12.5l4 4 8-9',
  info: 'M12 6.5v.1M12 11v6.5',
  warn: 'M12 6.5V13M12 17.4v.1',
  fail: 'M7.5 7.5l9 9m0-9l-9 9',
  skip: 'M7 12h10',
};

/** A status as a mark in a circle. */
export function Mark({ status }: { readonly status: Status }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d={MARKS[status]} />
    </svg>
  );
}

/** A status as a mark and a word, never as a colour alone. */
export function Badge({ status }: { readonly status: Status }) {
  return (
    <span class={`badge ${status}`}>
      <span aria-hidden="true">{GLYPHS[status]}</span> {status}
    </span>
  );
}

/** A sentence; what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return <>{text.split(/(`[^`]+`)/).map((part, i) => (i % 2 === 1 ? <code>{part.slice(1, -1)}</code> : part))}</>;
}

/** Commands to paste; the page's script adds a button that copies them. */
export function Commands({ lines }: { readonly lines: readonly string[] }) {
  return (
    <pre class="commands">
      {lines.map((line) => (
        <code>{`${line}\n`}</code>
      ))}
    </pre>
  );
}

/** A link that leads out of the page; to anything but a website it is only text. */
export function Link({ href, children }: { readonly href: string; readonly children: ComponentChildren }) {
  return /^https:\/\/[^\s/]/.test(href) ? <a href={href}>{children}</a> : <span>{children}</span>;
}

/** A name and its value in a list of facts; nothing at all without a value. */
export function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  if (children === null || children === false) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A date and time in UTC, to the minute; what is no date stays as it is. */
export function Time({ iso }: { readonly iso: string }) {
  return <time dateTime={iso}>{iso.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/, '$1 $2 UTC')}</time>;
}

/** The day of a date and time. */
export function Day({ iso }: { readonly iso: string }) {
  return <time>{iso.slice(0, 10)}</time>;
}

/** `1 target`, `2 targets`, and thousands parted. */
export function count(n: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(n)} ${n === 1 ? singular : plural}`;
}

export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ' ');
}
