import { allFilesOf } from '../inputs/glob.ts';
import { quote, quotePath } from '../inputs/parsers/result.ts';
import { readSmallFile } from '../inputs/small-file.ts';
import { plain } from '../report/escape/plain.ts';
import { checkReport, type StepReport } from './report-schema.ts';
import type { MergeProblem } from './settings.ts';

/** How much is read: bytes of one report and of all, and files. */
interface Limits {
  readonly file: number;
  readonly all: number;
  readonly files: number;
}

/** 1,000 targets take some MB; a matrix has at most 256 jobs (https://docs.github.com/actions/reference/limits). */
const LIMITS: Limits = { file: 64 * 1024 ** 2, all: 512 * 1024 ** 2, files: 256 };

/** In characters: a runner's name may be anything. */
const LONGEST_VANTAGE = 64;

/** A step's report, and the file that it was read from. */
export interface Leg {
  readonly file: string;
  readonly report: StepReport;
}

/** A leg as `expect` names it: `azure 2/4`. */
export function legName({ vantage, shard }: Pick<StepReport, 'vantage' | 'shard'>): string {
  return shard === null ? vantage : `${vantage} ${shard.index}/${shard.of}`;
}

/**
 * Reads the reports, one after the other, and says what is wrong with any of them. Where it is known which ones have to
 * be there (`expected`), a pattern may match none: the missing ones are named.
 */
export function readReports(
  paths: readonly string[],
  { expected = false, bounds = LIMITS } = {},
): {
  readonly legs: readonly Leg[];
  readonly problems: readonly MergeProblem[];
} {
  const problems: MergeProblem[] = [];
  const complain = (problem: string) => void problems.push({ input: 'reports', problem });
  const files = allFilesOf(paths, complain, { mayBeNone: expected });
  if (files.size > bounds.files) {
    complain(`names ${files.size} files, and a matrix has at most ${bounds.files} jobs; name the reports alone`);
    return { legs: [], problems };
  }
  const legs: Leg[] = [];
  const taken = new Map<string, string>();
  let left = bounds.all;
  for (const file of files) {
    const read = readReport(file, Math.min(bounds.file, left));
    if ('problem' in read) {
      complain(`${quotePath(file)} ${read.problem}`);
      continue;
    }
    left -= read.bytes;
    const name = legName(read.report);
    const before = taken.get(name);
    if (before === undefined) legs.push({ file, report: read.report });
    else
      complain(
        `${quotePath(file)} and ${quotePath(before)} are both of ${quote(name)}; give each step its own vantage or shard`,
      );
    taken.set(name, file);
  }
  return { legs, problems };
}

type Read = { readonly report: StepReport; readonly bytes: number } | { readonly problem: string };

function readReport(file: string, most: number): Read {
  const text = readText(file, most);
  if ('problem' in text) return text;
  if (text.text.trim() === '') return { problem: 'is empty; its step was ended before it wrote the report' };
  let json: unknown;
  try {
    json = JSON.parse(text.text);
  } catch {
    return { problem: 'is no JSON, or only the beginning of one; have the step write it again' };
  }
  const checked = checkReport(json);
  if ('problem' in checked) return checked;
  // Made plain and cut, two names may be one: that must be seen where legs are told apart.
  const vantage = plain(checked.report.vantage, LONGEST_VANTAGE);
  return { report: { ...checked.report, vantage }, bytes: text.bytes };
}

function readText(
  file: string,
  most: number,
): { readonly text: string; readonly bytes: number } | { readonly problem: string } {
  try {
    const read = readSmallFile(file, most);
    if ('refused' in read) return { problem: `${read.refused}; name the reports alone` };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(read.bytes), bytes: read.bytes.length };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    switch (code) {
      case 'ERR_ENCODING_INVALID_ENCODED_DATA':
        return { problem: 'is not UTF-8 text; name the files that report-json wrote' };
      case 'ENOENT':
        return { problem: 'does not exist; download the reports into this folder before the merge' };
      case 'EISDIR':
        return { problem: 'is a folder; write a pattern for the reports in it, such as reports/*.json' };
      default:
        return { problem: `cannot be read (${code ?? 'internal error'})` };
    }
  }
}
