import type { Code, Status } from '../../model/codes.ts';
import type { Html } from '../escape/html.ts';
import { firstsFirst } from '../ordering.ts';
import type { ReportTarget } from '../report.ts';
import type { View } from '../view.ts';
import type { Contents, Shown } from './model.ts';
import { codeSections } from './overview.ts';
import { type Setting, targetRow } from './target.ts';
import { scaleOf } from './timeline.ts';

/** A page is at most so many times as long as the JSON report, in which escapes and markup are shorter. */
const MARKUP = 8;
/** So few targets are shown whole if they fit. */
const FEW = 50;
/** What all targets and the sections of all codes may take, in bytes; the rest of the page is bounded by itself. */
const LIMIT = 850_000;
/** What of it is kept for whole targets when there are very many. */
const WHOLE_RESERVE = 80_000;
/** Of so many targets, those with findings are open from the beginning; of more, the list is worth more. */
const OPEN = 5;

/**
 * Decides what is shown: a few targets whole. Of many, each is brief until there is no room for more, but none that is
 * alone with its code is left out; then as many are whole as there is room for. `taken`: bytes that they do without.
 */
export function contentsOf(view: View, taken = 0): Contents {
  const { targets } = view;
  const scale = scaleOf(targets);
  const all = targets.map((target, i) => wholly(target, i, targets.length));
  const ids = new Map(all.map(({ target, id }) => [target, id]));
  const { sections, bytes } = codeSections(view, (target) => ids.get(target) ?? null);
  const hasSections = all.length > 1;
  const limit = LIMIT - taken - (hasSections ? bytes : 0);
  const plainSetting = settingOf(view, hasSections ? sections : new Map());
  if (all.length <= FEW && fits(all, plainSetting, limit)) {
    return { shown: all, scale, sections: hasSections ? sections : new Map(), omitted: new Map() };
  }
  const setting = settingOf(view, sections);
  const shown = within(all, setting, LIMIT - taken - bytes);
  const kept = new Set(shown.map(({ target }) => target));
  // A link may lead only to what is there.
  const linked = codeSections(view, (target) => (kept.has(target) ? (ids.get(target) ?? null) : null));
  return { shown, scale, sections: linked.sections, omitted: omittedOf(all, kept) };

  function settingOf({ place, matrix }: View, explained: ReadonlyMap<Code, Html>): Setting {
    return { scale, place, explained, isMatrix: matrix !== null };
  }
}

function wholly(target: ReportTarget, i: number, of: number): Shown {
  const open = of === 1 || (of <= OPEN && target.findings.length > 0);
  return { target, id: `t${i + 1}`, detail: 'whole', open };
}

function fits(all: readonly Shown[], setting: Setting, limit: number): boolean {
  // What is plainly small is not measured: to render is most of the work.
  if (JSON.stringify(all.map(({ target }) => target)).length * MARKUP <= limit) return true;
  return all.reduce((sum, shown) => sum + measure(shown, setting), 0) <= limit;
}

function measure(shown: Shown, setting: Setting): number {
  return Buffer.byteLength(String(targetRow(shown, false, setting)));
}

/** As many targets as fit, the first of each code before all others, and of them as many whole as still fit. */
function within(all: readonly Shown[], setting: Setting, limit: number): Shown[] {
  const sizes = new Map<string, number>();
  let left = limit;
  for (const whole of firstsFirst(all, ({ target }) => target.code)) {
    const size = measure({ ...whole, detail: 'brief' }, setting);
    if (left - size < WHOLE_RESERVE) break;
    left -= size;
    sizes.set(whole.id, size);
  }
  return all.flatMap((whole): Shown[] => {
    const brief = sizes.get(whole.id);
    if (brief === undefined) return [];
    // A target without findings tells hardly more when it is whole.
    const more = whole.target.findings.length === 0 ? Infinity : measure(whole, setting) - brief;
    if (more > left) return [{ ...whole, detail: 'brief' }];
    left -= more;
    return [whole];
  });
}

function omittedOf(all: readonly Shown[], kept: ReadonlySet<ReportTarget>): Map<Status, number> {
  const omitted = new Map<Status, number>();
  for (const { target } of all) {
    if (!kept.has(target)) omitted.set(target.status, (omitted.get(target.status) ?? 0) + 1);
  }
  return omitted;
}
