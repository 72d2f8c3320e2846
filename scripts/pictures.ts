// Makes docs/images/ from two real runs of the built action against servers on loopback: `npm run pictures`, after
// `npm run build`. Needs Chromium (CHROMIUM has its path, or `chromium` is in PATH); the pictures in the repository were
// made with Debian's chromium, fonts-liberation and fonts-noto-color-emoji.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { type ExampleServers, startServers } from './pictures/servers.ts';
import { summaryPage } from './pictures/summary-page.ts';

const root = path.resolve(import.meta.dirname, '..');
const images = path.join(root, 'docs/images');
/** How a picture is cut, in CSS pixels: it ends below the last of its parts that ends above `height`. */
interface Cut {
  readonly width: number;
  readonly height: number;
  readonly parts: string;
}
const SUMMARY: Cut = { width: 960, height: 960, parts: 'article > *, article > ul > li' };
const PAGE: Cut = { width: 960, height: 1200, parts: 'header, section, details.target' };
const MARGIN = 16;
/** In bytes; a test holds the committed pictures to it. */
const LARGEST = 150_000;

const folder = mkdtempSync(path.join(os.tmpdir(), 'smtp-gate-pictures-'));
const servers = await startServers();
const executablePath = process.env.CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
// The pages are our own, and in a container root's Chromium has no sandbox.
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-lcd-text', '--force-color-profile=srgb'],
});
try {
  mkdirSync(images, { recursive: true });
  await pictureOfSummary(browser, servers);
  await pictureOfPage(browser, servers);
} finally {
  await browser.close();
  await servers.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A hosted runner whose network blocks port 25, which is what most people meet first. */
async function pictureOfSummary(browser: Browser, { hosts }: ExampleServers): Promise<void> {
  const inputs = { host: 'mail.example.com', port: '25', timeout: '2s' };
  const { summary } = await runAction(inputs, hosts, { RUNNER_ENVIRONMENT: 'github-hosted' });
  const file = path.join(folder, 'summary.html');
  writeFileSync(file, summaryPage(summary));
  await shoot(browser, file, 'summary.png', SUMMARY);
}

/** Five servers, of which some fail, each in its own way. */
async function pictureOfPage(browser: Browser, { hosts, authority }: ExampleServers): Promise<void> {
  const ca = path.join(folder, 'ca.pem');
  writeFileSync(ca, authority);
  const targets = [
    'smtp.example.com:587?tls=starttls',
    'smtps://backup.example.com',
    'relay-a.example.com:587?tls=starttls',
    'relay-b.example.com:2525',
    'news.example.com:587?tls=starttls&mail-from=news@example.com&rcpt-to=reader@example.net',
  ];
  const file = path.join(folder, 'page.html');
  const inputs = { targets: targets.join('\n'), 'tls-ca': ca, 'report-html': file, timeout: '2s' };
  await runAction(inputs, hosts, { RUNNER_ENVIRONMENT: 'self-hosted' });
  await shoot(browser, file, 'page.png', PAGE);
}

/** Runs the built action as a runner does; its step has to fail. */
async function runAction(
  inputs: Readonly<Record<string, string>>,
  hosts: ExampleServers['hosts'],
  environment: Readonly<Record<string, string>>,
): Promise<{ summary: string }> {
  const file = (name: string) => path.join(folder, name);
  for (const name of ['output', 'summary']) writeFileSync(file(name), '');
  const env = {
    PATH: process.env.PATH,
    ...Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`INPUT_${name.toUpperCase()}`, text])),
    PICTURE_HOSTS: JSON.stringify(hosts),
    GITHUB_ACTIONS: 'true',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'example/shop',
    GITHUB_WORKFLOW: 'Deploy',
    GITHUB_RUN_ID: '1234567890',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_OUTPUT: file('output'),
    GITHUB_STEP_SUMMARY: file('summary'),
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: folder,
    ...environment,
  };
  const network = pathToFileURL(path.join(root, 'scripts/pictures/network.mjs')).href;
  const { code, log } = await new Promise<{ code: unknown; log: string }>((done) =>
    execFile(
      process.execPath,
      ['--import', network, path.join(root, 'dist/index.js')],
      { env, cwd: folder },
      (error, stdout, stderr) => done({ code: error?.code ?? 0, log: stdout + stderr }),
    ),
  );
  if (code !== 1) throw new Error(`the step ended with ${code}, and should have failed:\n${log}`);
  return { summary: readFileSync(file('summary'), 'utf8') };
}

/** Writes the top of a page as a picture. */
async function shoot(browser: Browser, file: string, name: string, { width, height, parts }: Cut): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: 'light' });
  await page.goto(pathToFileURL(file).href);
  // Details of a few failing targets are open, and would fill the picture.
  await page.locator('details[open]').evaluateAll((all) => {
    for (const one of all) one.removeAttribute('open');
  });
  const ends = await page.locator(parts).evaluateAll((found) => found.map((one) => one.getBoundingClientRect().bottom));
  const end = Math.max(...ends.filter((bottom) => bottom <= height - MARGIN));
  const picture = path.join(images, name);
  await page.screenshot({ path: picture, clip: { x: 0, y: 0, width, height: end + MARGIN } });
  await page.close();
  const { size } = statSync(picture);
  if (size > LARGEST) throw new Error(`docs/images/${name} has ${size} bytes, and may have ${LARGEST}`);
  console.log(`wrote docs/images/${name} (${size} bytes)`);
}
