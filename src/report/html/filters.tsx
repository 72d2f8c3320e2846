import { STATUSES, type Status } from '../../codes.ts';
import type { Found } from './overview.tsx';
import { Badge, count, grouped } from './parts.tsx';
import type { Shown } from './shown.ts';

/** Narrows the list of targets; the page's script shows it, since it does nothing without. */
export function Filters({ shown, found }: { readonly shown: readonly Shown[]; readonly found: readonly Found[] }) {
  const times = (status: Status) => shown.filter(({ target }) => target.status === status).length;
  const statuses: Status[] = [...STATUSES.toReversed(), 'skip'];
  return (
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          {statuses
            .filter((status) => times(status) > 0)
            .map((status) => (
              <label>
                <input type="checkbox" name="status" value={status} />
                <Badge status={status} /> {grouped(times(status))}
              </label>
            ))}
        </fieldset>
        {found.length > 0 && (
          <label class="field">
            <span>Code</span>
            <select name="code">
              <option value="">any</option>
              {found.map(({ code, times }) => (
                <option value={code}>{`${code} (${grouped(times)})`}</option>
              ))}
            </select>
          </label>
        )}
        <label class="field">
          <span>Text</span>
          <input type="search" name="text" autocomplete="off" placeholder="host or words" />
        </label>
        <div class="buttons">
          <button type="reset">Reset</button>
          <button type="button" id="open-all">
            Open all
          </button>
          <button type="button" id="close-all">
            Close all
          </button>
        </div>
        <p id="shown" class="shown" role="status">
          {count(shown.length, 'target')}
        </p>
      </form>
    </search>
  );
}
