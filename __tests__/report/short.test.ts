import { describe, expect, test } from '@jest/globals';
import { jsonText } from '../../src/report/json.ts';
import { summary } from '../../src/report/summary.ts';
import { account } from '../../src/report/text.ts';
import type { View } from '../../src/report/view.ts';
import { type Attempt, fine, refused } from '../support/gate.ts';
import { certificate, certified, daysOn, garbled, greeted, loggedIn, unconnected } from '../support/observation.ts';
import { reportOn, several, viewed } from '../support/reports.ts';

/** What becomes of a target, by the beginning of its name. */
const WORLD: Readonly<Record<string, Attempt>> = {
  down: refused,
  ssh: () => garbled('SSH-2.0-OpenSSH_9.6'),
  old: () => certified({ chain: [certificate({ validTo: daysOn(-2) })], chainError: 'CERT_HAS_EXPIRED' }),
  no: () => greeted('554 5.7.1 no'),
  silent: () => greeted(''),
  lost: () => unconnected(null),
  busy: () => greeted('421 4.7.0 too many connections'),
  odd: () => greeted('220 *****'),
  login: () => loggedIn('535 5.7.8 authentication failed'),
};
const attempt: Attempt = (plan, n) => (WORLD[plan.host.replace(/\d.*/, '')] ?? fine)(plan, n);

/** A view of 30 targets, some of which have a name of their own. */
async function thirty(others: readonly string[], inputs: Record<string, string> = {}): Promise<View> {
  const names = [...Array.from({ length: 30 - others.length }, (_, i) => `mx${i}`), ...others];
  const hosts = names.map((name) => `${name}.mail.example.com`);
  return viewed(await reportOn(attempt, { ...several(...hosts), ...inputs }), { place: 'github-hosted' });
}

const linesOf = (text: string) => text.trimEnd().split('\n');
/** The lines of the log that the runner's groups and ten annotations add. */
const AROUND = 10;

describe('of 30 targets', () => {
  test.each<[string, readonly string[], Record<string, string>]>([
    ['7 fail alike', ['down1', 'down2', 'down3', 'down4', 'down5', 'down6', 'down7'], {}],
    ['7 fail in three ways', ['down1', 'down2', 'down3', 'down4', 'no1', 'no2', 'lost1'], {}],
    ['7 fail in seven ways', ['down1', 'old1', 'no1', 'lost1', 'busy1', 'login1', 'silent1'], { tls: 'starttls' }],
    [
      '7 fail, of which some have two findings',
      ['ssh1', 'no1', 'odd1', 'odd2', 'busy1', 'down1', 'down2'],
      { 'expect-banner': 'E' },
    ],
    ['30 are slow', [], { 'latency-warn': '1ms' }],
    ['30 are too slow', [], { 'latency-fail': '1ms' }],
    ['all pass', [], {}],
  ])(
    '%s: the log has at most 120 lines, the summary 200, and nothing is lost from the JSON report',
    async (_, others, inputs) => {
      const view = await thirty(others, inputs);
      const [log, text] = [account(view), summary(view)];
      expect(log.length + AROUND).toBeLessThanOrEqual(120);
      expect(linesOf(text).length).toBeLessThanOrEqual(200);
      for (const { target, status, findings } of view.report.targets) {
        expect([log.join('\n').includes(target.label), text.includes(target.label)]).toEqual([true, true]);
        if (status === 'pass') expect(log.filter((line) => line.includes(`${target.label}: pass`))).toHaveLength(1);
        for (const { evidence } of findings) expect(log.join('\n')).toContain(`${target.label}: ${evidence}`);
      }
      for (const { code, title } of view.codes) {
        expect(log.filter((line) => line.includes(`: ${title} (${code}, `))).toHaveLength(1);
        expect(text.match(new RegExp(`^### .*<code>${code}</code>`, 'gm'))).toHaveLength(1);
      }
      expect(JSON.parse([...jsonText(view.report)].join(''))).toEqual(view.report);
    },
  );

  test('those that fail differently have the help that is theirs', async () => {
    const { targets, ...report } = await reportOn(refused, several('a', 'b', 'c'));
    const other = targets.map((target, i) =>
      i === 1 ? { ...target, findings: target.findings.map((one) => ({ ...one, causes: ['Another one.'] })) } : target,
    );
    const view = viewed({ ...report, targets: other });
    const [found] = view.codes;
    expect(found?.targets).toBe(3);
    expect(found?.explanations.map(({ sightings }) => sightings.length).sort()).toEqual([1, 2]);
    const log = account(view);
    expect(log.filter((line) => /^ {2}Likely/.test(line))).toHaveLength(2);
    expect(log).toContainEqual(expect.stringMatching(/^ {2}At {6}\S+/));
    expect(summary(view)).toMatch(/<details><summary>What else may help at <code>/);
  });
});
