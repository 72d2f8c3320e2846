// The page of report-html as the bundle writes it, in Debian's Chromium: looked at in both widths and both colours,
// filtered, copied from, reached by keyboard, printed, and read without JavaScript. HTML_SHOTS, a folder, keeps pictures.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { makeAuthority, makeCertificate } from '../__tests__/support/certificates.ts';
import { runCli } from './bundle.mjs';

const { CHROMIUM, HTML_SHOTS, CERTIFICATES, DOVECOT_USERNAME } = process.env;
// Postfix where it runs, and servers of our own otherwise.
const { POSTFIX_STARTTLS_PORT, POSTFIX_EXPIRED_PORT } = process.env;
const folder = mkdtempSync(path.join(os.tmpdir(), 'html-'));
const servers = [];
let browser;

const PAGES = ['pass', 'failure', 'thirty', 'many'];
const url = (name) => pathToFileURL(path.join(folder, `${name}.html`)).href;

before(async () => {
  await writePages();
  // In a container, root's Chromium has no sandbox; the pages are our own.
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A real run each: a server in order; three that fail, each in its own way; 500, every second one failing. */
async function writePages() {
  const authority = await makeAuthority();
  const issued = (to) => makeCertificate({ names: ['localhost', '127.0.0.1'], issuer: authority, from: -90, to });
  const [good, old] = [await issued(60), await issued(-3)];
  const ca = path.join(folder, 'ca.pem');
  writeFileSync(
    ca,
    [authority.cert, ...(CERTIFICATES ? [readFileSync(path.join(CERTIFICATES, 'ca.pem'))] : [])].join('\n'),
  );
  const up = await smtp(good);
  const expired = POSTFIX_EXPIRED_PORT ?? (await smtp(old));
  const refusing = await greeter('554 5.7.1 <script>alert("no")</script> & go away\r\n');
  const closed = await closedPort();
  const login = { SMTP_GATE_USERNAME: DOVECOT_USERNAME ?? 'gate', SMTP_GATE_PASSWORD: 'wrong horse' };
  const rejecting = POSTFIX_STARTTLS_PORT ?? up;

  const around = ['--tls=starttls', `--tls-ca=${ca}`];
  await gate('pass', [`127.0.0.1:${up}`, ...around, '--mail-from=gate@example.com'], {
    SMTP_GATE_USERNAME: 'gate',
    SMTP_GATE_PASSWORD: 'right horse',
  });
  const failing = [`127.0.0.1:${rejecting}`, `127.0.0.1:${expired}`, `127.0.0.1:${closed}`];
  await gate('failure', [...failing, ...around], login);
  const many = Array.from({ length: 250 }, (_, i) => {
    const host = `127.0.1.${i + 1}`;
    return [`${host}:${up}?tls-servername=localhost`, `${host}:${i % 2 === 0 ? closed : refusing}`];
  });
  const thirty = Array.from({ length: 30 }, (_, i) => {
    if (i >= 7) return `127.0.2.${i + 1}:${up}?tls-servername=localhost`;
    return `127.0.2.${i + 1}:${i < 5 ? closed : refusing}`;
  });
  await gate('thirty', [...thirty, ...around], {});
  await gate('many', [...many.flat(), ...around], {});
}

async function gate(name, args, env) {
  const run = await runCli([...args, `--report-html=${path.join(folder, `${name}.html`)}`], env);
  assert.equal(run.exit, name === 'pass' ? 0 : 1, run.log);
}

/** A mail server with STARTTLS that knows one password. */
async function smtp({ key, cert }) {
  const server = new SMTPServer({
    key,
    cert,
    onAuth: ({ password }, _, answer) =>
      password === 'right horse' ? answer(null, { user: 'gate' }) : answer(new Error('5.7.8 wrong password')),
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
  });
  server.on('error', () => {});
  servers.push(server);
  await new Promise((resolve) => server.listen(0, '0.0.0.0', resolve));
  return server.server.address().port;
}

async function greeter(text) {
  const server = createServer((socket) => socket.on('error', () => {}).end(text)).listen(0, '0.0.0.0');
  servers.push(server);
  await once(server, 'listening');
  return server.address().port;
}

async function closedPort() {
  const server = createServer().listen(0, '0.0.0.0');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** Opens a page and runs `look` in it; whatever the console says or the page asks for is an error. */
async function open(name, options, look) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const complaints = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error}`));
    page.on('request', (request) => request.url() !== url(name) && complaints.push(`request: ${request.url()}`));
    await page.addInitScript(axe.source);
    await page.goto(url(name));
    await look(page, context);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

async function shoot(page, name, options = {}) {
  if (!HTML_SHOTS) return;
  mkdirSync(HTML_SHOTS, { recursive: true });
  await page.screenshot({ path: path.join(HTML_SHOTS, `html-${name}.png`), ...options });
}

/** What axe finds, as `rule: element`. */
async function violations(page) {
  const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
  return found.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html}`));
}

const pagesOf = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

const shownTargets = (page) => page.locator('details.target:visible').count();

for (const name of PAGES) {
  describe(`the page of ${name}`, () => {
    for (const width of [360, 1280]) {
      for (const colorScheme of ['light', 'dark']) {
        test(`at ${width} px, ${colorScheme}: no complaint, no request, nothing wider than the window`, () =>
          open(name, { viewport: { width, height: 800 }, colorScheme }, async (page) => {
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(overflow <= 0, `${overflow} px too wide`);
            await shoot(page, `${name}-${width}-${colorScheme}`, { fullPage: name !== 'many' });
            assert.deepEqual(await violations(page), []);
          }));
      }
    }

    test('with everything open, axe finds nothing', () =>
      open(name, {}, async (page) => {
        await page.evaluate(() => {
          for (const one of [...document.querySelectorAll('details')].slice(0, 60)) one.open = true;
        });
        assert.deepEqual(await violations(page), []);
        await shoot(page, `${name}-open`, { fullPage: name !== 'many' });
      }));

    test('is printed without what is folded', () =>
      open(name, {}, async (page) => {
        const isOpen = () => page.locator('details[open]').count();
        const before = await isOpen();
        const pdf = await page.pdf({ format: 'A4' });
        assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
        assert.equal(await isOpen(), before);
        console.log(`${name}: ${pagesOf(pdf)} pages of A4`);
        if (HTML_SHOTS) writeFileSync(path.join(HTML_SHOTS, `html-${name}.pdf`), pdf);
      }));

    test('can be read, and printed, without JavaScript', () =>
      open(name, { javaScriptEnabled: false }, async (page) => {
        assert.match(await page.locator('h1').textContent(), /mail server/);
        assert.equal(await page.locator('#filters').isVisible(), false);
        assert.equal(await page.locator('.copy').count(), 0);
        const last = page.locator('details.target').last();
        if (!(await last.locator('.body').isVisible())) await last.locator('summary').first().click();
        assert.equal(await last.locator('.facts').isVisible(), true);
        await page.emulateMedia({ media: 'print' });
        if (name === 'many') {
          await last.locator('summary').first().click();
          assert.equal(await last.getAttribute('open'), null);
          assert.equal(await last.locator('.message').isVisible(), false);
        }
        await shoot(page, `${name}-print`, { fullPage: name !== 'many' });
      }));
  });
}

describe('30 targets, 7 of which fail', () => {
  test('take at most 10 pages of A4, the code that is open included', () =>
    open('thirty', {}, async (page) => {
      const folded = pagesOf(await page.pdf({ format: 'A4' }));
      assert.ok(folded >= 1 && folded <= 10, `${folded} pages`);
      assert.ok((await page.locator('details.code[open]').count()) >= 1);
      // What somebody has opened is printed, too.
      await page.getByRole('button', { name: 'Open all' }).click();
      assert.ok(pagesOf(await page.pdf({ format: 'A4' })) > folded);
    }));

  test('are told by code, the worst first, each with links to its targets', () =>
    open('thirty', {}, async (page) => {
      const rows = await page.locator('.overview tbody tr').allTextContents();
      assert.equal(rows.length, 2);
      assert.match(rows[0], /connect-refused.*5$/s);
      await page.locator('.code .where a').first().click();
      const target = page.locator('details.target:target[open]');
      await target.waitFor({ state: 'visible' });
    }));
});

describe('500 targets', () => {
  test('are under 1 MB', () => {
    const { size } = statSync(path.join(folder, 'many.html'));
    assert.ok(size < 1_000_000, `${size} bytes`);
  });

  /** Fills in a field as a user does, and how long the page took until it had its new layout, in milliseconds. */
  const filter = (page, change) =>
    page.evaluate((change) => {
      const form = document.querySelector('#filters');
      const field = form.querySelector(change.field);
      const from = performance.now();
      if (field.type === 'checkbox') field.checked = change.value;
      else field.value = change.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      document.body.getBoundingClientRect();
      return performance.now() - from;
    }, change);

  const cases = [
    ['status', { field: '[value=fail]', value: true }, 250],
    ['code', { field: '[name=code]', value: 'connect-refused' }, 125],
    ['text', { field: '[name=text]', value: '127.0.1.25' }, 4],
    ['text of a greeting', { field: '[name=text]', value: 'GO AWAY' }, 125],
    ['what no target has', { field: '[name=text]', value: 'no such text' }, 0],
  ];
  for (const [by, change, expected] of cases) {
    test(`are filtered by ${by} in under 100 ms`, () =>
      open('many', {}, async (page) => {
        const took = await filter(page, change);
        assert.equal(await shownTargets(page), expected);
        assert.equal(await page.locator('#shown').textContent(), `${expected} of 500 targets`);
        assert.equal(await page.locator('#nothing').isVisible(), expected === 0);
        console.log(`${by}: ${took.toFixed(1)} ms`);
        assert.ok(took < 100, `took ${took.toFixed(1)} ms`);
        await page.getByRole('button', { name: 'Reset' }).click();
        await page.waitForFunction(() => document.querySelector('#shown').textContent === '500 targets');
      }));
  }

  test('lead from what was found to where it is explained, and from there to a target, even when a filter hides it', () =>
    open('many', {}, async (page) => {
      await filter(page, { field: '[value=pass]', value: true });
      await page.locator('.overview a').first().click();
      // The page hears of the new address a moment after the click.
      const code = page.locator('details.code:target[open]');
      await code.waitFor({ state: 'visible' });
      assert.equal(await code.locator('.remedies').first().isVisible(), true);
      await code.locator('.where a').first().click();
      await page.locator('details.target:target[open]').waitFor({ state: 'visible' });
    }));

  test('are opened and closed together', () =>
    open('many', {}, async (page) => {
      await filter(page, { field: '[name=text]', value: '127.0.1.250' });
      await page.getByRole('button', { name: 'Open all' }).click();
      assert.equal(await page.locator('details.target[open]:visible').count(), 2);
      await page.getByRole('button', { name: 'Close all' }).click();
      assert.equal(await page.locator('details.target[open]:visible').count(), 0);
    }));
});

describe('a command', () => {
  test('is copied by its button, and a screen reader hears it', () =>
    open('failure', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
      const box = page.locator('.copyable:visible').last();
      await box.getByRole('button', { name: 'Copy' }).click();
      await page.waitForFunction(() => document.querySelector('#announcement').textContent === 'Copied');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied, (await box.locator('pre').textContent()).trim());
      assert.match(copied, /smtp-gate/);
    }));

  test('is selected where nothing may be copied', () =>
    open('failure', {}, async (page) => {
      await page.evaluate(() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
      });
      const box = page.locator('.copyable:visible').first();
      await box.getByRole('button', { name: 'Copy' }).click();
      await box.getByRole('button', { name: 'Selected' }).waitFor();
      assert.equal(
        await page.evaluate(() => getSelection().toString().trim()),
        (await box.locator('pre').textContent()).trim(),
      );
    }));
});

describe('by keyboard', () => {
  test('everything is reached, from the skip link to the last target', () =>
    open('failure', {}, async (page) => {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip-link');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
      const reached = new Set();
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate(() => {
            const element = document.activeElement;
            const outlined = element === document.body || getComputedStyle(element).outlineStyle !== 'none';
            return `${element.localName}${element.name ? `[${element.name}]` : ''}${outlined ? '' : ' without outline'}`;
          }),
        );
      }
      const expected = ['a', 'input[status]', 'select[fault]', 'select[code]', 'input[text]', 'button', 'summary'];
      assert.deepEqual([...reached].filter((one) => one !== 'body').sort(), expected.sort());
    }));

  test('a target opens and closes', () =>
    open('many', {}, async (page) => {
      const target = page.locator('details.target').last();
      await target.locator('summary').first().focus();
      await page.keyboard.press('Enter');
      assert.equal(await target.getAttribute('open'), '');
      await page.keyboard.press('Space');
      assert.equal(await target.getAttribute('open'), null);
    }));
});
