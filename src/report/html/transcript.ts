import type { TranscriptLine } from '../../model/observation.ts';
import { type Html, html } from '../escape/html.ts';
import { count } from './components.ts';

/** More of a conversation is in the JSON report. */
const LINES = 200;
/** In characters. */
const LENGTH = 60_000;

/** The conversation, folded. */
export function conversation(lines: readonly TranscriptLine[]): Html {
  const shown = beginning(lines);
  const left = lines.length - shown.length;
  return html`
    <details>
      <summary>The conversation (${count(lines.length, 'line')})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${shown.map(spoken)}</tbody>
      </table>
      ${left > 0 && html`<p class="faint">${count(left, 'more line')} in the JSON report.</p>`}
    </details>`;
}

function beginning(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
  let length = 0;
  const end = lines.findIndex(({ text }, i) => {
    length += text.length;
    return i >= LINES || length > LENGTH;
  });
  return end < 0 ? lines : lines.slice(0, end);
}

function spoken({ from, atMs, text }: TranscriptLine): Html {
  return html`
    <tr class="${from}">
      <td>${Math.round(atMs)} ms</td>
      <td>${from}</td>
      <td><code>${text}</code></td>
    </tr>`;
}
