import { rank } from '../diagnosis/verdict.ts';
import type { Code, Status } from '../model/codes.ts';
import { formatFaults } from './fault.ts';
import type { ReportFinding, ReportTarget } from './report.ts';

/** A finding at its target. */
export interface Sighting {
  readonly target: ReportTarget;
  readonly finding: ReportFinding;
}

/** One explanation of a code, and the findings that it fits: all but for names and numbers. */
export interface SharedExplanation {
  readonly sightings: readonly [Sighting, ...Sighting[]];
}

/** A code that was found, with all targets that it was found at. */
export interface FoundCode {
  readonly code: Code;
  /** The worst status that counts, and of findings that are all ignored the worst of them. */
  readonly status: Status;
  readonly title: string;
  /** At how many targets it has which status, what is ignored left out. */
  readonly counts: Readonly<Partial<Record<Status, number>>>;
  /** At how many targets it is ignored. */
  readonly ignored: number;
  /** At how many targets it was found, from however many places. */
  readonly targets: number;
  /** Of a merge of several vantage points, those that it was found from; otherwise empty. */
  readonly from: readonly string[];
  /** Every finding, the worst first, and of equals in the order of the targets. */
  readonly sightings: readonly [Sighting, ...Sighting[]];
  /** What it may come from and what to do, each explanation once. */
  readonly explanations: readonly [SharedExplanation, ...SharedExplanation[]];
}

/** Every code that was found, the worst first, and of equals the most frequent. */
export function foundCodes(targets: readonly ReportTarget[]): FoundCode[] {
  const byCode = new Map<Code, [Sighting, ...Sighting[]]>();
  for (const target of targets) {
    for (const finding of target.findings) {
      const known = byCode.get(finding.code);
      if (known) known.push({ target, finding });
      else byCode.set(finding.code, [{ target, finding }]);
    }
  }
  return [...byCode.values()].map(foundCode).sort((a, b) => weight(b) - weight(a) || b.targets - a.targets);
}

/** Whose fault a code is, wherever it was found. */
export function faultsOf({ sightings }: FoundCode): string {
  return formatFaults(sightings.map(({ finding }) => finding));
}

/** What counts is worse than what is ignored. */
function weight({ status, targets, ignored }: FoundCode): number {
  return ignored < targets ? 10 + rank(status) : rank(status);
}

function foundCode(all: [Sighting, ...Sighting[]]): FoundCode {
  const worst = ({ finding: { status, ignored } }: Sighting) => (ignored ? 0 : 10) + rank(status);
  const sightings = all.toSorted((a, b) => worst(b) - worst(a)) as typeof all;
  const [first] = sightings;
  // Of several addresses of a target, each may have the same: the worst of them counts.
  const ofTarget = new Map<string, ReportFinding>();
  const from = new Set<string>();
  for (const { target, finding } of sightings) {
    const name = nameOf(target);
    if (!ofTarget.has(name)) ofTarget.set(name, finding);
    if (name !== target.target.label) from.add(target.vantage);
  }
  const counts: Partial<Record<Status, number>> = {};
  let ignored = 0;
  for (const finding of ofTarget.values()) {
    if (finding.ignored) ignored += 1;
    else counts[finding.status] = (counts[finding.status] ?? 0) + 1;
  }
  return {
    code: first.finding.code,
    status: first.finding.status,
    title: first.finding.title,
    counts,
    ignored,
    targets: ofTarget.size,
    from: [...from].sort(),
    sightings,
    explanations: explanationsOf(sightings),
  };
}

/** A target without where it was seen from, which the view of a merge adds to its label. */
export function nameOf({ target: { label }, vantage }: ReportTarget): string {
  const from = seenFrom('', vantage);
  return label.endsWith(from) ? label.slice(0, -from.length) : label;
}

/** A target as it is named where several places have seen it. */
export function seenFrom(label: string, vantage: string): string {
  return `${label} from ${vantage}`;
}

function explanationsOf(sightings: FoundCode['sightings']): FoundCode['explanations'] {
  const byWords = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const words = wordsOf(sighting);
    const known = byWords.get(words);
    if (known) known.push(sighting);
    else byWords.set(words, [sighting]);
  }
  return [...byWords.values()].map((alike) => ({ sightings: alike })) as unknown as FoundCode['explanations'];
}

/** What explains a finding, without the names of its target, of which an IPv6 address stands in brackets, and numbers. */
function wordsOf({ target: { target, address }, finding }: Sighting): string {
  const { causes, remedies, impact } = finding;
  const names = [target.label, target.host, address, finding.address].filter((name) => name !== null);
  const texts = [impact, ...causes, ...remedies.flatMap(({ environment, text }) => [environment, text])];
  const words = names.reduce<string>((text, name) => withoutName(text, name), texts.join('\n'));
  return words.replace(/[[\]'\\\d]/g, '');
}

function withoutName(text: string, name: string): string {
  // A name such as `mail` is a word of other sentences, too.
  if (!/[.:]/.test(name) || !text.includes(name)) return text;
  // A name that is a part of a word is none.
  return text.replace(new RegExp(`(?<![\\w.-])${name.replace(/\W/g, '\\$&')}(?![\\w-])`, 'g'), '');
}

/** Whether a finding is explained as one before it, such as that of another address, but for the address: once is enough. */
export function isExplainedBy(earlier: readonly ReportFinding[], finding: ReportFinding): boolean {
  const alike = earlier.filter(({ code }) => code === finding.code);
  if (alike.length === 0) return false;
  const words = wordsBut(finding);
  return alike.some((one) => wordsBut(one) === words);
}

function wordsBut({ address, causes, remedies }: ReportFinding): string {
  const words = JSON.stringify([causes, remedies]);
  // An IPv6 address stands in brackets and quotes where an IPv4 address does not.
  return address === null ? words : words.replaceAll(address, '').replace(/[[\]'\\]/g, '');
}
