import type { Code } from '../../model/codes.ts';
import { countTargets } from '../counts.ts';
import { type Html, html } from '../escape/html.ts';
import { plain } from '../escape/plain.ts';
import { type FoundCode, faultsOf, nameOf, type Sighting } from '../found-codes.ts';
import { formatNames } from '../matrix.ts';
import type { ReportTarget } from '../report.ts';
import { formatCounts, formatIgnored, namesOf, tally, type View } from '../view.ts';
import { badge, commandLines, count, grouped, link } from './components.ts';
import { explanation } from './finding.ts';
import { codeId } from './model.ts';

/** So many targets are listed under a code; the filters find the others. */
const LISTED = 30;
const EVIDENCE_LENGTH = 200;
/** So many explanations of one code are told; another provider's remedies may be others. */
const MOST_EXPLANATIONS = 3;
/** So many codes, the worst, are open from the beginning. */
const OPEN = 3;
/** What the sections of all codes may take, in bytes. */
const LIMIT = 250_000;

/** The id of a target in the page; `null` for one that is not there. */
export type IdOf = (target: ReportTarget) => string | null;

/** The sections that explain each code once, as many as there is room for, and what they take in bytes. */
export function codeSections({ codes, place }: View, idOf: IdOf): { sections: Map<Code, Html>; bytes: number } {
  const sections = new Map<Code, Html>();
  let bytes = 0;
  for (const found of codes) {
    const section = codeSection(found, place, { idOf, open: sections.size < OPEN });
    const size = Buffer.byteLength(String(section));
    if (bytes + size > LIMIT) continue;
    bytes += size;
    sections.set(found.code, section);
  }
  return { sections, bytes };
}

/** What was found at how many targets, the worst first, and what to do about each code. */
export function overview(codes: readonly FoundCode[], sections: ReadonlyMap<Code, Html>): Html | null {
  if (codes.length === 0) return null;
  return html`
    <section aria-labelledby="found">
      <h2 id="found">What was found</h2>
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Whose fault</th>
            <th scope="col">Finding</th>
            <th scope="col">Targets</th>
          </tr>
        </thead>
        <tbody>${codes.map((found) => row(found, sections.has(found.code)))}</tbody>
      </table>
      ${sections.size > 0 && html`<div class="codes">${[...sections.values()]}</div>`}
    </section>`;
}

function row(found: FoundCode, isExplained: boolean): Html {
  const { code, status, title, counts, ignored, targets, from } = found;
  const statuses = tally(counts);
  const isMixed = statuses.length + (ignored > 0 ? 1 : 0) > 1;
  return html`
    <tr>
      <td>
        ${statuses.length === 0 && badge(status)}
        ${statuses.map(([one, times]) => html`<span class="line">${badge(one)}${isMixed && ` ${grouped(times)}`}</span>`)}
        ${ignored > 0 && html`<span class="faint line">${isMixed && `${grouped(ignored)} `}ignored</span>`}
      </td>
      <td>${faultsOf(found)}</td>
      <th scope="row">
        ${isExplained ? html`<a href="#${codeId(code)}">${title}</a>` : html`<span>${title}</span>`} <code>${code}</code>
      </th>
      <td class="number">${grouped(targets)}${from.length > 0 && html`<span class="faint line">from ${formatNames(from)}</span>`}</td>
    </tr>`;
}

interface Telling {
  readonly idOf: IdOf;
  readonly open: boolean;
}

function codeSection(found: FoundCode, place: View['place'], { idOf, open }: Telling): Html {
  const { code, status, title, sightings, explanations } = found;
  const left = sightings.length - LISTED;
  return html`
    <details class="code" id="${codeId(code)}"${open && ' open'}>
      <summary>
        ${badge(status)}
        <span class="name"><h3>${faultsOf(found)}: ${title} <code>${code}</code></h3><span class="essence faint">${formatCounts(found)}</span></span>
      </summary>
      <div class="body">
        <p><strong>Why it matters:</strong> ${sightings[0].finding.impact}</p>
        <h4>Where</h4>
        <ul class="where">${sightings.slice(0, LISTED).map((one) => sighting(one, found, idOf))}</ul>
        ${left > 0 && html`<p class="faint">${count(left, 'more finding')} at the targets below.</p>`}
        ${explanations
          .slice(0, MOST_EXPLANATIONS)
          .map((one, i) => [
            i > 0 && html`<h4>At ${namesOf(one.sightings)}</h4>`,
            explanation(one.sightings[0].finding, place, 4),
          ])}
        ${explanations.length > MOST_EXPLANATIONS && elsewhere(explanations.slice(MOST_EXPLANATIONS))}
        <h4>To check the fix</h4>
        ${commandLines([sightings[0].finding.verify])}
        <p>${link(sightings[0].finding.docs, html`More about <code>${code}</code>`)}</p>
      </div>
    </details>`;
}

function elsewhere(explanations: readonly FoundCode['explanations'][number][]): Html {
  const targets = new Set(explanations.flatMap(({ sightings }) => sightings.map(({ target }) => nameOf(target))));
  return html`<p>At ${countTargets(targets.size, 'more ')} something else may help: it stands there.</p>`;
}

function sighting({ target, finding }: Sighting, { status }: FoundCode, idOf: IdOf): Html {
  const id = idOf(target);
  const { label } = target.target;
  return html`
    <li>
      ${id === null ? html`<span>${label}</span>` : html`<a href="#${id}">${label}</a>`}
      ${finding.status !== status && html` ${badge(finding.status)}`}
      ${finding.ignored && html`<span class="faint">${formatIgnored(finding, ' (', ')')}</span>`}
      ${': '}<code>${plain(finding.evidence, EVIDENCE_LENGTH)}</code>
    </li>`;
}
