import type { Remedy } from '../../diagnosis/catalogue/entry.ts';
import { type Html, html } from '../escape/html.ts';
import { formatFault } from '../fault.ts';
import type { ReportFinding } from '../report.ts';
import { formatIgnored, MOST_LINES, placeName, remediesFor, type View } from '../view.ts';
import { badge, commandLines, grouped, link, prose } from './components.ts';
import { codeId } from './model.ts';

/** How a finding is told. */
export interface Telling {
  readonly place: View['place'];
  /** Whether its message already stands above it. */
  readonly said: boolean;
  /** Whether causes and remedies are open, folded because the section of the code tells them too, or left out. */
  readonly help: 'open' | 'folded' | 'none';
  /** Whether the code has a section that explains it. */
  readonly hasSection: boolean;
}

/** A finding: what was seen, why, what to do, how to check it. */
export function findingSection(finding: ReportFinding, telling: Telling): Html {
  const { code, status, title, message, impact, evidence, verify, docs } = finding;
  const { said, help } = telling;
  return html`
    <section class="finding">
      <h4>${badge(status)} ${help === 'open' && `${formatFault(finding)}: `}${title} <code>${code}</code>${finding.ignored && html`<span class="faint">${formatIgnored(finding, ' (', ')')}</span>`}</h4>
      ${!said && html`<p>${prose(message)}</p>`}
      <h5>Seen</h5>
      <pre><code>${evidence}</code></pre>
      ${help === 'open' && html`<p><strong>Why it matters:</strong> ${impact}</p>`}
      ${help === 'open' ? explanation(finding, telling.place, 5) : reference(finding, telling)}
      <h5>To check the fix</h5>
      ${commandLines([verify])}
      ${(help === 'open' || !telling.hasSection) && html`<p>${link(docs, html`More about <code>${code}</code>`)}</p>`}
    </section>`;
}

function reference(finding: ReportFinding, { help, hasSection, place }: Telling): Html {
  const { code, title, impact } = finding;
  const section = hasSection
    ? html`<p>Causes and remedies: <a href="#${codeId(code)}">${title}</a></p>`
    : html`<p>Causes and remedies are in the JSON report.</p>`;
  if (help === 'none') return section;
  return html`
    ${hasSection && section}
    <details class="others">
      <summary>Causes and remedies for this target</summary>
      <p><strong>Why it matters:</strong> ${impact}</p>
      ${explanation(finding, place, 5)}
    </details>`;
}

/** What a finding may come from and what to do about it, under headings of that level. */
export function explanation(finding: ReportFinding, place: View['place'], level: 4 | 5): Html {
  const { causes } = finding;
  const { here, elsewhere } = remediesFor(finding, place);
  return html`
    ${heading(level, causes.length === 1 ? 'Likely cause' : 'Likely causes, the likeliest first')}
    <ol>${causes.slice(0, MOST_LINES).map((cause) => html`<li>${prose(cause)}</li>`)}</ol>
    ${beyond(causes)}
    ${heading(level, 'What to do')}
    ${remedyList(here)}
    ${beyond(here)}
    ${elsewhere.length > 0 && elsewhereList(elsewhere)}`;
}

function heading(level: 4 | 5, text: string): Html {
  return level === 4 ? html`<h4>${text}</h4>` : html`<h5>${text}</h5>`;
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
