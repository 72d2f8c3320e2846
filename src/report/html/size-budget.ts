import type { Status } from '../../model/codes.ts';
import { firstsFirst } from '../ordering.ts';
import type { ReportTarget } from '../report.ts';
import type { View } from '../view.ts';
import { type Contents, type Detail, type Explained, isBrief, ROW_FINDINGS, type Scale, type Shown } from './model.ts';
import { targetRow } from './target.ts';
import { scaleOf } from './timeline.ts';

/** So many targets are shown whole if they fit. */
const FEW = 50;
/** A page is at most so many times as long as the JSON report, in which escapes and markup are shorter. */
const MARKUP = 8;
/** So many targets with one code explain it; the others refer to the first. */
const EXPLAIN_EACH = 3;
/** What all targets may take, in bytes; the rest of the page is bounded by itself. */
const TARGETS_LIMIT = 840_000;
/** What of it is kept for explanations and conversations when there are very many targets. */
const TALK_RESERVE = 80_000;
/** Of so many targets, those with findings are open from the beginning; of more, the list is worth more. */
const OPEN = 5;

/**
 * Decides what is shown. A few targets are shown whole. Of many, in this order: the conversations are left out first,
 * then causes and remedies that repeat, then all but the first findings of a target that has more than a few, then
 * targets, the best ones first, but none that is alone with its code. `taken`: bytes that they have to do without.
 */
export function contentsOf({ targets: sorted, place }: View, taken = 0): Contents {
  const limit = TARGETS_LIMIT - taken;
  const scale = scaleOf(sorted);
  const wholly = sorted.map((target, i) => show(target, i, 'whole', sorted.length));
  const measure = (shown: Shown, explainedAt: ReadonlyMap<string, Explained>) =>
    Buffer.byteLength(String(targetRow(shown, false, { scale, place, explainedAt })));
  if (sorted.length <= FEW) {
    const explainedAt = explanations(wholly);
    // What is plainly small is not measured: to render is most of the work.
    const fits =
      JSON.stringify(sorted).length * MARKUP <= limit ||
      wholly.reduce((sum, shown) => sum + measure(shown, explainedAt), 0) <= limit;
    if (fits) return { shown: wholly, scale, explainedAt, omitted: new Map() };
  }
  return within(wholly, scale, measure, limit);
}

type Measure = (shown: Shown, explainedAt: ReadonlyMap<string, Explained>) => number;

function within(all: readonly Shown[], scale: Scale, measure: Measure, limit: number): Contents {
  const wanted = explanations(firstOfEach(all));
  const kept = new Map<string, number>();
  const details = new Map<string, Detail>();
  let left = limit;
  for (const whole of firstsFirst(all, ({ target }) => target.code)) {
    const detail: Detail = whole.target.findings.length > ROW_FINDINGS ? 'row' : 'brief';
    const size = measure({ ...whole, detail }, wanted);
    if (left - size < TALK_RESERVE) break;
    left -= size;
    kept.set(whole.id, size);
    details.set(whole.id, detail);
  }
  const shown: Shown[] = all.flatMap((whole) => {
    const detail = details.get(whole.id);
    return detail === undefined ? [] : [{ ...whole, detail }];
  });
  const upgrade = (i: number, detail: Detail) => {
    const better: Shown = { ...(shown[i] as Shown), detail };
    const size = measure(better, wanted);
    const more = size - (kept.get(better.id) ?? 0);
    if (more > left) return;
    left -= more;
    shown[i] = better;
    kept.set(better.id, size);
  };
  for (const [i, { detail }] of shown.entries()) if (detail === 'row') upgrade(i, 'brief');
  const chosen = new Set(firstOfEach(shown).map(({ id }) => id));
  for (const [i, { id }] of shown.entries()) if (chosen.has(id)) upgrade(i, 'explained');
  for (const [i, { detail, target }] of shown.entries()) {
    if (detail === 'explained' || target.findings.length === 0) upgrade(i, 'whole');
  }
  const omitted = new Map<Status, number>();
  for (const { id, target } of all) {
    if (!kept.has(id)) omitted.set(target.status, (omitted.get(target.status) ?? 0) + 1);
  }
  return { shown, scale, explainedAt: explanations(shown), omitted };
}

function show(target: ReportTarget, i: number, detail: Detail, of: number): Shown {
  return { target, id: `t${i + 1}`, detail, open: of === 1 || (of <= OPEN && target.findings.length > 0) };
}

/** The targets that explain a code which hardly one before them explains. */
function firstOfEach(all: readonly Shown[]): Shown[] {
  const times = new Map<string, number>();
  return all.filter(({ target }) => {
    const isNew = target.findings.some(({ code }) => (times.get(code) ?? 0) < EXPLAIN_EACH);
    if (isNew) for (const { code } of target.findings) times.set(code, (times.get(code) ?? 0) + 1);
    return isNew;
  });
}

function explanations(shown: readonly Shown[]): Map<string, Explained> {
  const explained = new Map<string, Explained>();
  for (const { target, id, detail } of shown) {
    if (isBrief(detail)) continue;
    for (const { code } of target.findings) {
      if (!explained.has(code)) explained.set(code, { id, label: target.target.label });
    }
  }
  return explained;
}
