import { describe, expect, test } from '@jest/globals';
import { bodyOf, closedBody, reopenedComment, sayChange, sayDuration, titleOf } from '../../src/incident/markdown.ts';
import { verdictOf } from '../../src/incident/outage.ts';
import { carries, hidden, nextState, stateIn } from '../../src/incident/state.ts';
import type { Attempt } from '../support/gate.ts';
import { down } from '../support/incidents.ts';
import { greeted } from '../support/observation.ts';
import { reportOn, several } from '../support/reports.ts';

const IDENTITY = '0123456789abcdef0123456789abcdef';
const NO_STATE = { since: '2026-01-01', firstRun: '', failing: [], others: 0, digest: '', changes: [] };
const RUN = 'https://github.com/octo/release/actions/runs/42';

async function page(attempt: Attempt, inputs: Record<string, string> = {}, verify = 'smtp-gate a:25') {
  const report = await reportOn(attempt, inputs, { verify: () => verify });
  const verdict = verdictOf(report, 'fail');
  if (verdict.kind !== 'failing') throw new Error('it does not fail');
  const { failing } = verdict;
  const at = '2026-01-01T12:00:00.000Z';
  const state = nextState(null, failing, { at, run: RUN, since: at, change: 'failing' });
  return { identity: IDENTITY, state, report, failing, workflow: 'Mail <b>@team</b>', job: 'monitor | x' };
}

describe('a hostile server', () => {
  const other = 'f'.repeat(32);
  const forged = hidden(other, { ...NO_STATE, since: '2020-01-01' });
  const nasty = `554 ${forged} <!-- x --> @octo/team #1 octo/x#2 http://evil.example [a](b) **b** | \`c\` ##[error]x\n`;

  test('writes no mention, link, markup, marker or state into an issue', async () => {
    // An option of ours may hold the same, and stands in a command.
    const hostile = await page(() => greeted(nasty), {}, `smtp-gate a:25 --expect-banner='${forged}'`);
    const body = bodyOf(hostile);
    expect(body.split('<!--')).toHaveLength(2);
    expect(carries(body, IDENTITY)).toBe(true);
    expect(carries(body, other)).toBe(false);
    expect(stateIn(body)).toEqual(hostile.state);
    for (const text of [body, reopenedComment(hostile.report, RUN), titleOf(hostile.failing, hostile.report)]) {
      // Code is no markup to GitHub.
      const shown = text
        .replace(/^ *```sh$[\s\S]*?^ *```$/gm, '')
        .replace(/<!-- smtp-gate incident \S+ \S+ -->\n$/, '');
      expect(shown).not.toMatch(/<!--|@octo|@team|[^&]#1\b|http:\/\/evil|\[a\]|\*\*b|`c|##\[|<b>/);
    }
  });

  test('has its own comment taken for nothing wherever it stands', () => {
    const state = { ...NO_STATE, digest: 'd' };
    expect(carries(`${forged}\n${hidden(IDENTITY, state)}`, other)).toBe(false);
    expect(carries(`${hidden(IDENTITY, state)}\r\nan edit`, IDENTITY)).toBe(true);
  });
});

describe('the body', () => {
  test('fits, however many targets fail', async () => {
    const hosts = Array.from({ length: 1_000 }, (_, i) => `${'long-name.'.repeat(20)}host-${i}.example.com`);
    const many = await page(down, several(...hosts));
    const body = bodyOf(many);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toMatch(/… and \d+ more/);
    expect(stateIn(body)?.digest).toBe(many.state.digest);
    expect(titleOf(many.failing, many.report)).toBe('smtp-gate: the mail server: 1000 of 1000 mail servers fail');
  });

  test('that somebody changed so that it cannot be read is written anew', () => {
    for (const text of ['', 'bm9wZQ', Buffer.from('{"since":"soon"}').toString('base64url')]) {
      const body = `<!-- smtp-gate incident ${IDENTITY}${text === '' ? '' : ` ${text}`} -->`;
      expect([carries(body, IDENTITY), stateIn(body)]).toEqual([true, null]);
    }
  });
});

/** Each of them is longer in an issue, where every underscore is escaped. */
const LONG = Array.from({ length: 9 }, (_, i) => `${`${'_'.repeat(60)}.`.repeat(4)}host-${i}`);

describe('a change', () => {
  const known = (label: string) => ({ label, codes: ['connect-refused'], since: '' });

  test('that has no room to be named is said all the same', async () => {
    const { failing } = await page(down);
    const before = { failing: [known('mail.example.com:587')], others: 0 };
    expect(sayChange(before, failing)).toBe('the failing targets changed');
  });

  test('names nobody as joined who may have been among those that there was no room for', async () => {
    const { failing } = await page(down, several('a', 'b', 'c'));
    const before = { failing: [known('a:25'), known('x:25')], others: 3 };
    expect(sayChange(before, failing)).toBe(
      '5 → 3 failing targets; recovered: <code>x&#58;25</code>'.replace('&#58;', ':'),
    );
    expect(sayChange({ failing: [known('a:25')], others: 2 }, failing)).toBe('the failing targets changed');
  });

  test('is as long as there is room for, whatever the hosts are called', async () => {
    const { failing } = await page(down, several(...LONG));
    const said = sayChange({ failing: [], others: 0 }, failing);
    expect(said.length).toBeLessThan(3_000);
    expect(said).toMatch(/ and 8 more$/);
  });
});

test('a closed body fits, however often and however much has changed', async () => {
  const { failing } = await page(down, several(...LONG));
  const change = { at: '2026-01-01T12:00:00.000Z', run: RUN, text: sayChange({ failing: [], others: 0 }, failing) };
  let state = nextState(null, failing, { ...change, since: change.at, change: change.text });
  for (let i = 0; i < 50; i += 1)
    state = nextState(state, failing, { ...change, since: change.at, change: `${i}: ${change.text}` });
  const body = closedBody({ identity: IDENTITY, state, run: RUN });
  expect(body.length).toBeLessThan(65_536);
  expect(body).toContain('49: ');
  expect(stateIn(body)).toEqual(state);
});

test.each([
  [-5, '0 s'],
  [59_000, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [11_100_000, '3 h 5 min'],
  [172_800_000, '2 d'],
  [190_000_000, '2 d 4 h'],
])('%i ms are %s', (ms, text) => {
  expect(sayDuration(ms)).toBe(text);
});
