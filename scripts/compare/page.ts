import { type Result, type Score, scoreOf, type Verdict } from './verdicts.ts';

/** A tool, as the page names it. */
export interface ToolOnPage {
  readonly name: string;
  readonly version: string | null;
  /** What it is asked with. */
  readonly options: string;
  /** One run after the other on a server in good health, nothing else running; `null` where it was not measured. */
  readonly aloneMs: number | null;
}

export interface Comparison {
  readonly tools: readonly ToolOnPage[];
  readonly results: readonly Result[];
  /** The day, as in 2026-12-31. */
  readonly date: string;
  readonly system: string;
  /** Whoever takes longer hangs, in seconds. */
  readonly limitSeconds: number;
}

/** A table of Markdown with columns of even width; the first row is its head. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(3, ...rows.map((cells) => [...(cells[i] ?? '')].length)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => (cells[i] ?? '') + ' '.repeat(width - [...(cells[i] ?? '')].length)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n');
}

const ms = (value: number | null) => (value === null ? '' : `${Math.round(value).toLocaleString('en')} ms`);

const scoreCells = ({ name, version, aloneMs }: ToolOnPage, score: Score): string[] => {
  if (version === null) return [name, 'not installed'];
  const { asked, falseGreen, falseRed, hangs, cannot, medianMs } = score;
  return [name, version, ...[asked, falseGreen, falseRed, hangs, cannot].map(String), ms(aloneMs), ms(medianMs)];
};

/** Who is wrong, who hangs, who cannot be asked, and how long each takes. */
export function summaryTable({ tools, results }: Pick<Comparison, 'tools' | 'results'>): string {
  const head = [
    ...['', 'version', 'asked', 'broken called green', 'good called red', 'hangs', 'cannot be asked'],
    ...['alone', 'median of all rows'],
  ];
  return table([head, ...tools.map((tool, i) => scoreCells(tool, scoreOf(results, i)))]);
}

/** ✓ for right, ✗ for wrong. */
export function mark(verdict: Verdict, good: boolean): string {
  if (verdict === 'hangs') return 'hangs';
  if (verdict === 'cannot be asked') return '–';
  if (verdict === 'not installed') return '';
  return (verdict === 'green') === good ? '✓' : '✗';
}

/** What each tool says of each server. */
export function serverTable({ tools, results }: Pick<Comparison, 'tools' | 'results'>, good: boolean): string {
  return table([
    ['server', ...tools.map(({ name }) => name)],
    ...results
      .filter((one) => one.good === good)
      .map(({ name, verdicts }) => [name, ...verdicts.map((verdict) => mark(verdict, good))]),
  ]);
}

/** docs/comparison.md. */
export function comparisonPage(comparison: Comparison): string {
  const { tools, results, date, system, limitSeconds } = comparison;
  const goodOnes = results.filter(({ good }) => good).length;
  return `<!-- Written by \`npm run compare -- --write\`. -->

# Comparison with other checks

${results.length} servers, ${goodOnes} of them in good health and ${results.length - goodOnes} broken, were put before smtp-gate and five other ways to check a mail server. The servers come from this project’s own tests, so they are the cases that we thought of. Each tool got the options that fit the server best; they are listed [below](#what-each-tool-was-asked).

Run on ${date} with ${system}, on loopback.

${summaryTable(comparison)}

- **Broken called green**: the check passes although the server cannot be used as asked. This is the error that costs most.
- **Good called red**: the check fails although the server works.
- **Hangs**: still running after ${limitSeconds} s, although it was given a time limit of its own of 3 s. Neither green nor red.
- **Cannot be asked**: the tool has no option for what the server is about. This does not count as wrong.
- **Alone**: the median of several runs, one after the other, against a server that greets at once. It includes the start of the program, except for blackbox_exporter, which runs all the time. Another machine gives other figures, so compare them with each other only.
- **Median of all rows**: it includes servers that are slow or silent, and up to four tools run at the same time. Each tool was asked about different rows, so compare these figures with care.

## What the others do better

- \`nc\` and \`check_smtp\` are programs in C. They start in a few milliseconds, where smtp-gate first starts Node. If you only want to know whether a port is open, or check every second, use one of them.
- \`check_smtp\` speaks the language of Nagios, Icinga and their relatives: thresholds for time (\`-w\`, \`-c\`), two limits for the days of a certificate (\`-D 30,7\`), performance data, exit status 0 to 3.
- \`swaks\` sends. It also changes any header or body, and shows the whole conversation. To find out by hand why a server does not take a message, it is the better tool. Its exit status names the step that failed.
- nodemailer’s \`verify()\` runs inside your application, with the very settings that will send the mail.
- blackbox_exporter is a service: it has no start-up cost for each probe, gives Prometheus the time of each phase and the expiry of the certificate as metrics, and also checks HTTP, DNS and ICMP.
- If only a greeting is asked for and another protocol answers, such as IMAP, smtp-gate reports \`not-smtp\` as \`info\` and passes. It fails as soon as a sender, TLS or anything else beyond the greeting is asked for, or with \`fail-on: info\`. \`swaks\`, nodemailer and blackbox_exporter always fail there, and \`check_smtp\` does unless the protocol is FTP, which greets with 220, too. Two rows below show it, and count as wrong.

smtp-gate needs Node, and with nodemailer it is the slowest to start.

## Servers in good health

✓ says that the check passes, ✗ that it fails, – that the tool cannot be asked.

${serverTable(comparison, true)}

## Broken servers

✓ says that the check fails, ✗ that it passes, – that the tool cannot be asked.

${serverTable(comparison, false)}

The names are those of the tests: the part before the colon says how the server is talked to, and the rest what is wrong with it. For smtp-gate, ✓ also says that the finding has the right code.

Some of the ✗ need an explanation:

- Injected bytes behind the reply to STARTTLS: nodemailer and blackbox_exporter discard them, which is safe. They pass, and do not tell that somebody on the way, or the server, inserts text.
- \`check_smtp\` does not look at the code of the reply to EHLO and HELO. \`-C\` and \`-R\` check what follows.
- nodemailer skips the login when the server offers no AUTH, so \`verify()\` passes although a message would be sent without a login.
- \`swaks\` waits for more when a reply has no text (\`220\` alone), and reports a server that closes without a reply to QUIT as an error.
- \`nc -z\` passes whenever the port is open, which is all that it promises. Whether it notices a reset right after the connection depends on the moment.

## What each tool was asked

${tools.map(({ name, options }) => `- ${name}: ${options}`).join('\n')}

No tool is asked for less because it would fail: a login that it cannot do is left out only where the server is about something else.

## How to repeat it

\`npm run compare\` in a clone prints these tables, and says which tools are not installed. \`npm run compare -- --write\` writes this page. On Debian the tools are in the packages \`netcat-openbsd\`, \`monitoring-plugins-basic\`, \`swaks\` and \`prometheus-blackbox-exporter\`; nodemailer is installed by \`npm ci\`. The servers are in \`scripts/compare/rows.ts\`.
`;
}
