import { FAULTS, type Fault, type Status } from '../../model/codes.ts';
import { type Html, html } from '../escape/html.ts';
import { FAULT_WORDS } from '../fault.ts';
import type { FoundCode } from '../found-codes.ts';
import type { Matrix } from '../matrix.ts';
import { tally } from '../view.ts';
import { badge, count, grouped } from './components.ts';
import type { Shown } from './model.ts';
import { faultWord, placeWord } from './target.ts';

/** Narrows the list of targets; the page's script shows it, since it does nothing without. */
export function filters(shown: readonly Shown[], found: readonly FoundCode[], matrix: Matrix | null): Html {
  const times: Partial<Record<Status, number>> = {};
  for (const { target } of shown) times[target.status] = (times[target.status] ?? 0) + 1;
  return html`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${tally(times).map(([status, count]) => box(status, count))}
        </fieldset>
        ${matrix && places(matrix)}
        ${found.length > 0 && faults(shown)}
        ${found.length > 0 && choice(found)}
        <label class="field">
          <span>Text</span>
          <input type="search" name="text" autocomplete="off" placeholder="host or words" />
        </label>
        <div class="buttons">
          <button type="reset">Reset</button>
          <button type="button" id="open-all">Open all</button>
          <button type="button" id="close-all">Close all</button>
        </div>
        <p id="shown" class="shown" role="status">${count(shown.length, 'target')}</p>
      </form>
    </search>`;
}

function box(status: Status, times: number): Html {
  return html`
    <label>
      <input type="checkbox" name="status" value="${status}" />
      ${badge(status)} ${grouped(times)}
    </label>`;
}

/** Where a target was checked from. */
function places({ vantages }: Matrix): Html {
  return html`
    <label class="field">
      <span>From</span>
      <select name="from">
        <option value="">any</option>
        ${vantages.map((vantage) => html`<option value="${placeWord(vantage)}">${vantage}</option>`)}
      </select>
    </label>`;
}

/** Each target has a row for every place that it was seen from. */
function rowsOf(sightings: FoundCode['sightings']): number {
  return new Set(sightings.map(({ target }) => target)).size;
}

/** Whose fault it is, in the order in which a fault may lie between the inputs and the server. */
function faults(shown: readonly Shown[]): Html {
  const times = new Map<Fault, number>();
  for (const { target } of shown) {
    const own = new Set(target.findings.flatMap(({ fault, ignored }) => (ignored ? [] : [fault])));
    for (const fault of own) times.set(fault, (times.get(fault) ?? 0) + 1);
  }
  const known = FAULTS.filter((fault) => times.has(fault));
  return html`
    <label class="field">
      <span>Whose fault</span>
      <select name="fault">
        <option value="">any</option>
        ${known.map((fault) => html`<option value="${faultWord(fault)}">${FAULT_WORDS[fault]} (${grouped(times.get(fault) ?? 0)})</option>`)}
      </select>
    </label>`;
}

function choice(found: readonly FoundCode[]): Html {
  return html`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${found.map(({ code, sightings }) => html`<option value="${code}">${code} (${grouped(rowsOf(sightings))})</option>`)}
      </select>
    </label>`;
}
