import { describe, expect, test } from '@jest/globals';
import { summary } from '../../src/report/summary.ts';
import { fine, refused } from '../support/gate.ts';
import { NASTY } from '../support/nasty.ts';
import { garbled, greeted } from '../support/observation.ts';
import { REPORTS, reportOn } from '../support/reports.ts';

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

describe('the headline', () => {
  test.each([
    ['a pass', '## ✅ smtp-gate: the mail server can be used'],
    ['an information', '## ℹ️ smtp-gate: something answers, and it is not SMTP'],
    ['a warning', '## ⚠️ smtp-gate: the mail server can be used, with a warning'],
    ['a failure', '## ❌ smtp-gate: the mail server cannot be used'],
    ['a crash of the probe', '## ❌ smtp-gate: smtp-gate itself failed'],
    ['a crash of ours', '## ❌ smtp-gate: smtp-gate itself failed'],
    ['nothing to probe', '## ⏭️ smtp-gate: nothing was probed'],
    ['inputs that cannot be read', '## ❌ smtp-gate: an input cannot be read'],
  ])('of %s is %j', async (kind, expected) => {
    const report = await REPORTS.find(([name]) => name === kind)?.[1]();
    if (!report) throw new Error(kind);
    expect(headline(summary(report, 'systemd'))).toBe(expected);
  });

  test.each([
    ['when nothing was probed', fine, { host: '', 'if-not-configured': 'fail' }, /cannot be used/],
    ['when a failure is ignored', refused, { ignore: 'connect-refused' }, /can be used/],
  ])('claims nothing of the server that was not seen: %s', async (_, attempt, inputs, claim) => {
    expect(headline(summary(await reportOn(attempt, inputs), 'systemd'))).not.toMatch(claim);
  });
});

describe('the summary', () => {
  test('of a pass is short', async () => {
    expect(summary(await reportOn(fine), 'systemd')).toBe(
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
    const text = summary(report, 'github-hosted');
    for (const part of [
      '### ❌ The server refuses this client',
      '**What was seen:** <code>554 5.7.1 &#60;b&#62;no&#60;/b&#62;</code>',
      '**What it means:** mail.example.com:587 refuses',
      '**Likely causes**\n\n1. ',
      '**What to do**\n\n- Ask the server’s operator to admit this runner’s address',
      '\n- **GitHub-hosted runner:** ',
      '  ```sh\n  nc -zv -w 5 mail.example.com 587\n  ```',
      '**To check the fix**\n\n```sh\nsmtp-gate mail.example.com:587 --timeout=5s\n```',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('marks what is ignored', async () => {
    expect(summary(await reportOn(refused, { ignore: 'connect-refused' }), 'systemd')).toContain('refused (ignored)');
  });

  test.each(NASTY)('keeps its form, whatever the server says: %s', async (_, text) => {
    const transcript = [{ from: 'server', atMs: 1, text } as const];
    for (const seen of [
      greeted(`220 ${text}`, { transcript }),
      greeted(`554 ${text}`, { transcript }),
      garbled(text),
    ]) {
      const made = outsideOfCode(summary(await reportOn(() => seen, { 'expect-banner': 'zzz' }), 'systemd'));
      const tags = made.match(/<[^>]*>/g) ?? [];
      expect(tags.filter((tag) => !/^<\/?(?:code|pre|details|summary)>$/.test(tag))).toEqual([]);
      for (const tag of ['code', 'pre', 'details', 'summary']) {
        expect(made.split(`<${tag}>`).length).toBe(made.split(`</${tag}>`).length);
      }
      // Within preformatted HTML nothing is Markdown (GFM §4.6).
      const links = made.replace(/<pre>.*?<\/pre>/gs, '').match(/\]\([^)]*\)/g) ?? [];
      expect(links.filter((link) => !link.startsWith('](https://github.com/octo/smtp-gate/blob/v1/'))).toEqual([]);
    }
  });

  test('stays far below a mebibyte, whatever the server sends', async () => {
    const flood = Array.from({ length: 256 }, () => `220-${'<&`€'.repeat(1_000)}`).join('\n');
    const transcript = flood.split('\n').map((text) => ({ from: 'server', atMs: 1, text }) as const);
    const report = await reportOn(() => greeted(flood, { transcript }), {
      'expect-banner': 'x{9}',
      'latency-fail': '1ms',
    });
    expect(Buffer.byteLength(summary(report, 'systemd'))).toBeLessThan(1024 * 1024);
  });
});
