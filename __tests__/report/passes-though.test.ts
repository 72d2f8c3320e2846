import { describe, expect, test } from '@jest/globals';
import { metrics } from '../../src/report/metrics.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import { remediesFor } from '../../src/report/view.ts';
import { refused } from '../support/gate.ts';
import { unconnected } from '../support/observation.ts';
import { reportOn, viewed } from '../support/reports.ts';

describe('a failure that does not fail the step', () => {
  const SAID = 'The step passes all the same, because of fail-on: never.';

  test('is told as such, last in the log and in the summary', async () => {
    const view = viewed(await reportOn(refused), { failOn: 'never' });
    expect(account(view).at(-1)).toBe(SAID);
    expect(account({ ...view, typed: true }).at(-1)).toBe(
      'The exit status is 0 all the same, because of --fail-on=never.',
    );
    expect(summary(view)).toContain(SAID);
  });

  test('is not told where the step fails, because inputs cannot be read', async () => {
    const view = viewed(await reportOn(refused), { failOn: 'never', fails: true });
    expect(account(view).join('\n')).not.toContain('all the same');
    expect([...metrics(view)].join('')).toMatch(/^smtp_gate_passed\{[^}]*\} 0$/m);
    expect(account(viewed(await reportOn(refused))).join('\n')).not.toContain('all the same');
  });
});

describe('the remedies for one place', () => {
  test('say each command once', async () => {
    const report = await reportOn(() => unconnected(null));
    for (const finding of report.findings.concat(report.targets.flatMap(({ findings }) => findings))) {
      const commands = remediesFor(finding, 'github-hosted').here.flatMap((one) => one.commands);
      expect(commands.length).toBeGreaterThan(0);
      expect(new Set(commands).size).toBe(commands.length);
    }
  });
});
