import type { Observation } from '../model/observation.ts';
import { diagnose } from './diagnose.ts';
import type { Expectations } from './expectations.ts';
import type { Finding } from './findings.ts';
import { explains, proven, undoneSteps } from './proof.ts';
import { decidingFinding, type Ignores } from './verdict.ts';

/** What the observations of every address of a name come to. */
export interface Judged {
  /** The observation that decides, or the first where nothing counts; every address that was dialled is in it. */
  readonly seen: Observation;
  /** In the order of the addresses; where there are several, each says which one it is about. */
  readonly findings: Finding[];
  /** The addresses that were probed, in order. */
  readonly checked: readonly string[];
}

/** Judges every address of a name, at least one: all have to pass. */
export function judgeEach(each: readonly Observation[], wanted: Expectations, ignores: Ignores): Judged {
  const [first] = each;
  if (!first) throw new Error('nothing was probed');
  const judged = each.map((seen) => {
    const address = each.length > 1 ? addressOf(seen) : null;
    const found = diagnose(seen, wanted, ignores).map((finding) => ({ ...finding, address }));
    const undone = undoneSteps(seen, wanted);
    // What happened at another address may be why a step was not tried at this one.
    const explained = found.some(explains);
    return {
      seen,
      findings: explained ? proven(found, undone, wanted, ignores) : found,
      undone: explained ? [] : undone,
    };
  });
  const findings = proven(
    judged.flatMap((one) => one.findings),
    judged.flatMap((one) => one.undone),
    wanted,
    ignores,
  );
  const deciding = decidingFinding(findings, ignores);
  const decided = judged.find((one) => one.seen.dialled[0]?.address === deciding?.address)?.seen ?? first;
  return {
    seen: { ...decided, dialled: each.flatMap(({ dialled }) => dialled) },
    findings,
    checked: each.flatMap((seen) => addressOf(seen) ?? []),
  };
}

/** The one address that was dialled; `null` when the name did not resolve. */
function addressOf({ dialled }: Observation): string | null {
  return dialled[0]?.address ?? null;
}
