import type { Remedy } from '../../diagnosis/catalogue/entry.ts';
import { type Html, html } from '../escape/html.ts';
import type { ReportFinding } from '../report.ts';
import { MOST_LINES, placeName, remediesFor, type View } from '../view.ts';
import { badge, commandLines, grouped, link, prose } from './components.ts';
import type { Explained } from './model.ts';

/** How a finding is told. */
export interface Telling {
  readonly place: View['place'];
  /** Whether its message already stands above it. */
  readonly said: boolean;
  /** Where causes and remedies are, when they are not here. */
  readonly elsewhere: Explained | 'nowhere' | null;
}

/** A finding: what was seen, why, what to do, how to check it. */
export function findingSection(finding: ReportFinding, { place, said, elsewhere }: Telling): Html {
  const { code, status, title, message, impact, evidence, verify, docs, ignored } = finding;
  return html`
    <section class="finding">
      <h4>${badge(status)} ${title} <code>${code}</code>${ignored && html`<span class="faint"> (ignored)</span>`}</h4>
      ${!said && html`<p>${prose(message)}</p>`}
      <h5>Seen</h5>
      <pre><code>${evidence}</code></pre>
      ${elsewhere === null && html`<p><strong>Why it matters:</strong> ${impact}</p>`}
      ${elsewhere === null ? explanation(finding, place) : reference(elsewhere)}
      <h5>To check the fix</h5>
      ${commandLines([verify])}
      ${(elsewhere === null || elsewhere === 'nowhere') && html`<p>${link(docs, html`More about <code>${code}</code>`)}</p>`}
    </section>`;
}

function reference(elsewhere: Explained | 'nowhere'): Html {
  return elsewhere === 'nowhere'
    ? html`<p>Causes and remedies are in the JSON report.</p>`
    : html`<p>Causes and remedies are those of <a href="#${elsewhere.id}">${elsewhere.label}</a>.</p>`;
}

function explanation(finding: ReportFinding, place: View['place']): Html {
  const { causes } = finding;
  const { here, elsewhere } = remediesFor(finding, place);
  return html`
    <h5>${causes.length === 1 ? 'Likely cause' : 'Likely causes, the likeliest first'}</h5>
    <ol>${causes.slice(0, MOST_LINES).map((cause) => html`<li>${prose(cause)}</li>`)}</ol>
    ${beyond(causes)}
    <h5>What to do</h5>
    ${remedyList(here)}
    ${beyond(here)}
    ${elsewhere.length > 0 && elsewhereList(elsewhere)}`;
}

/** How many of a list are not shown. */
function beyond(all: readonly unknown[]): Html | null {
  return all.length > MOST_LINES ? html`<p>${grouped(all.length - MOST_LINES)} more in the JSON report.</p>` : null;
}

function remedyList(remedies: readonly Remedy[]): Html {
  return html`<ul class="remedies">${remedies.slice(0, MOST_LINES).map(remedyItem)}</ul>`;
}

function remedyItem(remedy: Remedy): Html {
  const { text, commands } = remedy;
  const name = placeName(remedy);
  return html`
    <li>
      <p>${name !== '' && html`<strong>${name}: </strong>`}${prose(text)}</p>
      ${commands.length > 0 && commandLines(commands)}
    </li>`;
}

function elsewhereList(remedies: readonly Remedy[]): Html {
  return html`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${remedyList(remedies)}
    </details>`;
}
