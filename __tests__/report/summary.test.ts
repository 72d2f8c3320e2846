import { describe, expect, test } from '@jest/globals';
import { CODES, type Code } from '../../src/model/codes.ts';
import type { MxSeen } from '../../src/model/observation.ts';
import { buildReport } from '../../src/report/build.ts';
import type { Report, ReportTarget } from '../../src/report/report.ts';
import { summary } from '../../src/report/summary.ts';
import { type Attempt, fine, gate, refused } from '../support/gate.ts';
import { document, policyText, published, records } from '../support/mail-domain.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted, observation, unconnected } from '../support/observation.ts';
import { REPORTS, reportOn, several, surroundings, viewed } from '../support/reports.ts';

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1);
const headline = (text: string) => text.slice(0, text.indexOf('\n'));

/** The summary without its blocks of code, which hold what a server said as it is. */
function outsideOfCode(text: string): string {
  const lines: string[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const marker = /^\s*(`{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && marker !== '') fence = marker;
    else if (fence !== '' && line.trim() === fence) fence = '';
    else if (fence === '') lines.push(line);
  }
  expect(fence).toBe('');
  return lines.join('\n');
}

/** Nothing of what others say has become a tag or a link. */
function expectForm(text: string): void {
  const made = outsideOfCode(text);
  const tags = made.match(/<[^>]*>/g) ?? [];
  expect(tags.filter((tag) => !/^<\/?(?:code|pre|details|summary)>$/.test(tag))).toEqual([]);
  for (const tag of ['code', 'pre', 'details', 'summary']) {
    expect(made.split(`<${tag}>`).length).toBe(made.split(`</${tag}>`).length);
  }
  // Within preformatted HTML nothing is Markdown (GFM §4.6).
  const links = made.replace(/<pre>.*?<\/pre>/gs, '').match(/\]\([^)]*\)/g) ?? [];
  expect(links.filter((link) => !link.startsWith('](https://github.com/octo/smtp-gate/blob/v1/'))).toEqual([]);
}

const other: Attempt = () => garbled('SSH-2.0-OpenSSH_9.6');
const rewritten: Attempt = () => greeted('220 ********************\r\n');
const warnOrFail: Attempt = (plan, n) => (plan.host === 'warns' ? rewritten : refused)(plan, n);
const two = { ...several('warns', 'down'), ignore: 'connect-refused' };

describe('the headline', () => {
  test.each([
    ['a pass', '## ✅ smtp-gate: the mail server can be used'],
    ['an information', '## ℹ️ settings: Another protocol answered · smtp-gate'],
    [
      'a warning',
      '## ⚠️ the network on the way: A middlebox rewrites SMTP, and the mail server can be used · smtp-gate',
    ],
    ['a failure', '## ❌ the mail server: The server refuses this client · smtp-gate'],
    ['a crash of the probe', '## ❌ smtp-gate: An internal error · smtp-gate'],
    ['a crash of ours', '## ❌ smtp-gate: An internal error · smtp-gate'],
    ['nothing to probe', '## ⏭️ settings: Nothing was checked · smtp-gate'],
    ['inputs that cannot be read', '## ❌ settings: An input cannot be read · smtp-gate'],
  ])('of %s is %j', async (kind, expected) => {
    const report = await REPORTS.find(([name]) => name === kind)?.[1]();
    if (!report) throw new Error(kind);
    expect(headline(summary(viewed(report)))).toBe(expected);
  });

  test.each<[string, Attempt, Record<string, string>, 'warn' | 'fail', string]>([
    ['a warning', rewritten, {}, 'warn', 'and the mail server can be used, and fail-on: warn fails the step'],
    ['a warning that is borne', rewritten, {}, 'fail', 'rewrites SMTP, and the mail server can be used'],
    ['what is ignored beside a warning', warnOrFail, two, 'warn', 'attention, and fail-on: warn fails the step'],
    ['what is ignored beside a warning that is borne', warnOrFail, two, 'fail', 'the gate passes, and leaves out'],
  ])('says that the step fails when it does: %s', async (_, attempt, inputs, failOn, says) => {
    const report = await reportOn(attempt, { ...inputs, 'fail-on': failOn });
    expect(headline(summary(viewed(report, { failOn })))).toContain(says);
  });

  test('and the table name what is ignored', async () => {
    const made = summary(viewed(await reportOn(warnOrFail, two)));
    expect(made).toContain('| ✅ pass, ignored: <code>connect-refused</code> |');
  });

  test('counts all that ask for attention', async () => {
    const attempt: Attempt = (plan, n) => (plan.host === 'a' ? fine : plan.host === 'b' ? rewritten : other)(plan, n);
    expect(headline(summary(viewed(await reportOn(attempt, several('a', 'b', 'c')))))).toContain(
      '2 of 3 mail servers need attention',
    );
  });

  test.each([
    ['when nothing was probed', fine, { host: '', 'if-not-configured': 'fail' }, /cannot be used/],
    ['when a failure is ignored', refused, { ignore: 'connect-refused' }, /can be used/],
  ])('claims nothing of the server that was not seen: %s', async (_, attempt, inputs, claim) => {
    expect(headline(summary(viewed(await reportOn(attempt, inputs))))).not.toMatch(claim);
  });
});

describe('the summary', () => {
  test('of a pass is short', async () => {
    expect(summary(viewed(await reportOn(fine)))).toBe(
      `## ✅ smtp-gate: the mail server can be used

mail.example.com:587 greeted after 10 ms with "220 mail.example.com ESMTP ready"

| Target | Verdict | Address | Time to greeting | Attempts |
| --- | --- | --- | --- | --- |
| <code>mail.example.com:587</code> | ✅ pass | <code>192.0.2.25</code> | 10 ms | 1 |

**Where the time went**

<pre>
resolve      5 ms  ████████
connect      5 ms          ████████
greeting     5 ms                  ████████
quit         5 ms                          ████████
</pre>

<details><summary>The conversation</summary>

<pre>
    10 ms  ← 220 mail.example.com ESMTP ready
    10 ms  → QUIT
    12 ms  ← 221 bye
</pre>

</details>
`,
    );
  });

  test('of a failure says what was seen, what it means, why, what to do, and how to check it', async () => {
    const report = await reportOn(() => greeted('554 5.7.1 <b>no</b>'));
    const text = summary(viewed(report, { place: 'github-hosted' }));
    for (const part of [
      '### ❌ the mail server: The server refuses this client',
      '**What was seen:** <code>554 5.7.1 &#60;b&#62;no&#60;/b&#62;</code>',
      'the mail server: The server refuses this client · smtp-gate\n\nmail.example.com:587 refuses to serve this runner',
      '**Why it matters:** Mail from this pipeline cannot reach the server',
      '**Likely causes**\n\n1. ',
      '**What to do**\n\n- Ask the server’s operator to allow this runner’s address',
      '\n- **GitHub-hosted runner:** ',
      '  ```sh\n  nc -zv -w 5 mail.example.com 587\n  ```',
      '**To check the fix**\n\n```sh\nsmtp-gate mail.example.com:587 --timeout=5s\n```',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('marks what is ignored', async () => {
    expect(summary(viewed(await reportOn(refused, { ignore: 'connect-refused' })))).toContain('port (ignored)');
  });

  test.each(NASTY)('keeps its form, whatever the server says: %s', async (_, text) => {
    const transcript = [{ from: 'server', atMs: 1, text } as const];
    for (const seen of [
      greeted(`220 ${text}`, { transcript }),
      greeted(`554 ${text}`, { transcript }),
      garbled(text),
    ]) {
      expectForm(summary(viewed(await reportOn(() => seen, { 'expect-banner': 'zzz' }))));
    }
  });

  test.each(NASTY)('keeps its form, whatever a mail domain publishes: %s', async (_, text) => {
    const hosts: MxSeen = { kind: 'hosts', hosts: [{ host: 'a.example', preference: 1 }], more: 0, odd: [] };
    const policy = document(`${policyText('enforce', 'b.example')}mx: ${text}\n${text}`, text);
    for (const seen of [
      published({ sts: records(`v=STSv1; id=${text}`), tlsRpt: records(`v=TLSRPTv1; rua=${text}`) }),
      published({ sts: records('v=STSv1; id=1'), policy }),
      published({ sts: records('v=STSv1; id=1'), policy: { kind: 'status', status: 302, location: text } }),
    ]) {
      const world = { lookUpMx: async () => hosts, readMailDomain: async () => seen };
      const { result } = await gate(fine, { targets: 'mx:example.com' }, 0, world);
      const report = await buildReport(result, surroundings());
      expect(report.targets[0]?.findings.length).toBeGreaterThan(0);
      expectForm(summary(viewed(report)));
    }
  });

  test('stays far below a mebibyte, whatever the server sends', async () => {
    const flood = Array.from({ length: 256 }, () => `220-${'<&`€'.repeat(1_000)}`).join('\n');
    const transcript = flood.split('\n').map((text) => ({ from: 'server', atMs: 1, text }) as const);
    const report = await reportOn(() => greeted(flood, { transcript }), {
      'expect-banner': 'x{9}',
      'latency-fail': '1ms',
    });
    expect(Buffer.byteLength(summary(viewed(report)))).toBeLessThan(1024 * 1024);
  });
});

describe('the summary of several targets', () => {
  const byHost: Attempt = ({ host }) => {
    if (host.startsWith('down')) return unconnected('ECONNREFUSED');
    return host.startsWith('odd') ? greeted('220 ****') : observation();
  };
  const many = (count: number, name: (i: number) => string) =>
    several(...Array.from({ length: count }, (_, i) => name(i)));

  test.each<[Record<string, string>, string]>([
    [several('a', 'b'), '✅ smtp-gate: all 2 mail servers can be used'],
    [
      several('a', 'down', 'down2'),
      '❌ the mail server: 2 of 3 mail servers cannot be used: Nothing listens on the port · smtp-gate',
    ],
    [
      { ...several('a', 'down'), quorum: 'any' },
      '⚠️ the mail server: 1 of 2 mail servers cannot be used, and the others are enough: Nothing listens on the port · smtp-gate',
    ],
    [several('a', 'odd'), '⚠️ the network on the way: 1 of 2 mail servers needs attention · smtp-gate'],
    [
      { ...several('a', 'down'), ignore: 'connect-refused' },
      '✅ smtp-gate: the gate passes, and leaves out what is ignored',
    ],
  ])('%j begins with the verdict', async (inputs, expected) => {
    expect(headline(summary(viewed(await reportOn(byHost, inputs))))).toBe(`## ${expected}`);
  });

  test('counts them, has a row for each, the worst first, and a section for each code', async () => {
    const text = summary(viewed(await reportOn(byHost, several('a', 'down', 'odd', 'b'))));
    expect(text).toContain('**4 targets:** ❌ 1 fail · ⚠️ 1 warn · ✅ 2 pass');
    const rows = [...text.matchAll(/^\| <code>(\w+):25<\/code> \| (\S+)/gm)].map(([, name, icon]) => [name, icon]);
    expect(rows).toEqual([
      ['down', '❌'],
      ['odd', '⚠️'],
      ['a', '✅'],
      ['b', '✅'],
    ]);
    const codes = [...text.matchAll(/^### \S+ .*\(\[<code>([\w-]+)<\/code>\].*, 1 target\)$/gm)];
    expect(codes.map(([, code]) => code)).toEqual(['connect-refused', 'greeting-rewritten']);
    expect(text.match(/^\*\*What happened:\*\*/gm)).toHaveLength(2);
  });

  test('draws where the time went on one scale', async () => {
    const text = summary(viewed(await reportOn(byHost, several('a', 'down'))));
    expect(text).toMatch(/<pre>\ndown:25 +\d+ ms {2}[rc]+ ✗\na:25 {5} +20 ms {2}r+c+g+q+\n\nr resolve/);
  });

  test('begins with the worst when there are many', async () => {
    const text = summary(
      viewed(
        await reportOn(
          byHost,
          many(12, (i) => (i === 11 ? 'down' : i === 7 ? 'odd' : `h${i}`)),
        ),
      ),
    );
    const rows = [...text.matchAll(/^\| <code>(\w+):25<\/code>/gm)].map(([, name]) => name);
    expect(rows.slice(0, 3)).toEqual(['down', 'odd', 'h0']);
    expect(rows).toHaveLength(12);
    expect(text).not.toContain('Not shown');
  });

  test('says what was read oddly', async () => {
    expect(summary(viewed(await reportOn(byHost, { targets: 'a:25\nb:25\na:25' })))).toContain(
      '> targets: line 3 repeats',
    );
  });

  const LONG = '.a-name-that-is-as-long-as-those-of-clouds.example';

  describe('sheds what does not fit, in order, and says so', () => {
    /** A report on so many targets, the first of every `everyFails` of which fails. */
    async function reportOnMany(count: number, everyFails: number, ending = ''): Promise<Report> {
      const { targets, ...report } = await reportOn(byHost, several('down', 'up'));
      const named = (i: number): ReportTarget[] => {
        const like = targets[i % everyFails === 0 ? 0 : 1];
        const host = `${like?.target.host}${i}${ending}`;
        return like ? [{ ...like, target: { host, port: 25, label: `${host}:25` } }] : [];
      };
      const many = Array.from({ length: count }, (_, i) => named(i)).flat();
      const fail = many.filter(({ status }) => status === 'fail').length;
      return { ...report, totals: { ...report.totals, targets: count, fail, pass: count - fail }, targets: many };
    }
    const text = async (count: number, everyFails: number) => summary(viewed(await reportOnMany(count, everyFails)));

    /** As a report of so many targets, all different: each code with its own evidence. */
    const differing = ({ targets, ...report }: Report): Report => ({
      ...report,
      targets: targets.map((target, i) => ({
        ...target,
        transcript: [{ from: 'server', atMs: 1, text: `250 ${i}` }],
        findings: target.findings.map((one) => ({ ...one, code: SOME_CODES[i % SOME_CODES.length] ?? one.code })),
      })),
    });
    const SOME_CODES = Object.keys(CODES).slice(0, 6) as Code[];

    test('conversations, the remedies for elsewhere and the times', async () => {
      const made = summary(viewed(differing(await reportOnMany(30, 5))));
      expect(lastLine(made)).toMatch(
        /_Not shown, to keep this summary short: the conversations; the remedies for other kinds of runner; the times/,
      );
      expect(made).not.toMatch(/On other kinds of runner|The conversation|Where the time went/);
      expect(made.match(/^\*\*(?:What to do|Likely cause:)\*\*/gm)).toHaveLength(6);
      expect(made.split('\n').length).toBeLessThanOrEqual(200);
    });

    test('what was seen, of very many targets with one code, which is explained all the same', async () => {
      const made = await text(1_200, 1);
      expect(Buffer.byteLength(made)).toBeLessThan(1024 * 1024);
      expect(lastLine(made)).toMatch(/: what was seen at more than 50 targets of one code\. All of it is in the JSON/);
      expect(made.match(/^\| <code>down/gm)).toHaveLength(1_200);
      expect(made.match(/^- <code>down/gm)).toHaveLength(50);
      expect(made.match(/^\*\*What to do\*\*/gm)).toHaveLength(1);
      expect(made).toContain('Where the time went, of the first 50 of 1200 targets');
    });

    test('findings, but none that is alone with its code', async () => {
      const { targets, ...report } = await reportOnMany(1_200, 1);
      const like = targets.at(-1) as ReportTarget;
      const findings = like.findings.map((one) => ({ ...one, code: 'connect-timeout' as const }));
      const rare = {
        ...like,
        findings,
        code: 'connect-timeout' as const,
        target: { ...like.target, label: 'rare:25' },
      };
      const made = summary(viewed({ ...report, targets: [...targets.slice(1), rare] }));
      expect(made.match(/^### /gm)).toHaveLength(2);
      expect(made).toContain('- <code>rare:25</code>: ');
    });

    test('notes and causes by the thousand, whether or not there is more to say', async () => {
      const report = await reportOn(refused);
      const many = Array.from({ length: 16_000 }, (_, i) => `${i}: ${'&'.repeat(900)}`);
      const noted = summary(viewed({ ...report, notes: many }));
      expect(Buffer.byteLength(noted)).toBeLessThan(1024 * 1024);
      expect(noted).toContain('> … and 15980 more in the JSON report');
      const [finding] = report.targets[0]?.findings ?? [];
      const remedies = many.map((text) => ({ environment: 'any' as const, text, commands: [] }));
      const own = finding ? [{ ...finding, causes: many, remedies }] : [];
      const refusedInputs = summary(viewed({ ...report, targets: [], findings: own, code: 'input-invalid' }));
      expect(Buffer.byteLength(refusedInputs)).toBeLessThan(1024 * 1024);
      expect(refusedInputs).toContain('\n… and 15980 more in the JSON report');
      expect(refusedInputs).toContain('- … and 15980 more in the JSON report');
    });

    test('findings of one target, which may have hundreds', async () => {
      const report = await reportOn(refused);
      const [target] = report.targets as [ReportTarget];
      const loud = target.findings.map((one) => ({ ...one, evidence: '&'.repeat(1_000), verify: 'x'.repeat(16_000) }));
      for (const [count, left] of [
        [256, '10 findings'],
        [64, '10 findings'],
      ] as const) {
        const findings = Array.from({ length: count }, (_, i) => ({ ...loud[0], causes: [`${i}`] })) as typeof loud;
        const made = summary(viewed({ ...report, targets: [{ ...target, findings }] }));
        expect(Buffer.byteLength(made)).toBeLessThan(1024 * 1024);
        expect(lastLine(made)).toContain(`more than ${left} of one target`);
      }
    });

    test('codes, when there are as many as there are and all say as much as they can', async () => {
      const { targets, ...report } = await reportOnMany(60, 1);
      const codes = Object.keys(CODES) as Code[];
      const long = '&'.repeat(1_000);
      const words = { evidence: long, message: long, impact: long, verify: '&'.repeat(16_000), causes: [long, long] };
      const loud = targets.map((target) => ({
        ...target,
        findings: codes.flatMap((code) => target.findings.map((one) => ({ ...one, ...words, code }))),
      }));
      const made = summary(viewed({ ...report, targets: loud, notes: Array.from({ length: 30 }, () => long) }));
      expect(Buffer.byteLength(made)).toBeLessThan(1024 * 1024);
      expect(lastLine(made)).toMatch(/; \d+ more codes;/);
    });

    test('rows, of ten thousand targets', async () => {
      const made = summary(viewed(await reportOnMany(10_000, 3, LONG)));
      expect(Buffer.byteLength(made)).toBeLessThan(1024 * 1024);
      expect(lastLine(made)).toContain('the rows of 9000 more targets');
      expect(made).toContain('**10000 targets:** ❌ 3334 fail · ✅ 6666 pass');
      expect(made.match(/^### /gm)).toHaveLength(1);
    });
  });
});
