import { hostname } from 'node:os';
import type { Place } from '../../diagnosis/catalogue/entry.ts';
import type { GateResult } from '../../gate/gate.ts';
import type { Report } from '../report.ts';
import type { FailOn } from '../severity.ts';
import type { FileReport } from './write-all.ts';

/** What was asked for besides the JSON report. */
interface Asked {
  readonly reportJunit: string | null;
  readonly reportHtml: string | null;
  readonly failOn: FailOn;
}

/** The reports in files besides the JSON report, and how each is made. */
export function fileReports(
  report: Report,
  { quorum }: Pick<GateResult, 'quorum'>,
  place: Place,
  asked: Asked,
): FileReport[] {
  return [
    {
      option: 'report-junit',
      path: asked.reportJunit,
      make: async () => {
        const { junit } = await import('../junit.ts');
        return junit(report, { place, quorum, failOn: asked.failOn, hostname: hostname() });
      },
    },
    {
      option: 'report-html',
      path: asked.reportHtml,
      make: async () => {
        const drawTrends = report.trend && (await import('../html/trend.ts')).trends;
        return (await import('../html/page.ts')).htmlReport(report, place, drawTrends, asked.failOn);
      },
    },
  ];
}
