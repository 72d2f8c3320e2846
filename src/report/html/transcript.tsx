import type { TranscriptLine } from '../../observation.ts';
import { count } from './parts.tsx';

/** More of a conversation is in the JSON report. */
const LINES = 200;

/** The conversation, folded. */
export function Transcript({ lines }: { readonly lines: readonly TranscriptLine[] }) {
  const left = lines.length - LINES;
  return (
    <details>
      <summary>The conversation ({count(lines.length, 'line')})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, LINES).map(({ from, atMs, text }) => (
            <tr class={from}>
              <td>{Math.round(atMs)} ms</td>
              <td>{from}</td>
              <td>
                <code>{text}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p class="faint">{count(left, 'more line')} in the JSON report.</p>}
    </details>
  );
}
