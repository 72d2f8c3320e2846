// What the delivery check says of Postfix, Dovecot and postgrey in .ci/servers/delivery.sh, a row for each recipient.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import tls from 'node:tls';
import { runCli, runDeliver } from './bundle.mjs';

const { env } = process;
const host = '127.0.0.1';
const certificate = (name) => path.join(env.CERTIFICATES, name);
const domain = 'mail.example.test';
const codesOf = (outputs) => outputs.codes.split('\n').filter(Boolean);

/** One delivery to a recipient of the test system. */
async function send(recipient, inputs = {}) {
  const address = `${recipient}@${domain}`;
  return runDeliver({
    host,
    port: env.DELIVERY_PORT,
    tls: 'starttls',
    'tls-ca': certificate('ca.pem'),
    username: env.DELIVERY_USERNAME,
    password: env.DELIVERY_PASSWORD,
    'mail-from': address,
    'deliver-to': address,
    mailbox: `imaps://${host}:${env.DELIVERY_IMAPS_PORT}`,
    'mailbox-password': env.DELIVERY_PASSWORD,
    'delivery-timeout': '3s',
    'delivery-warn': '3s',
    ...inputs,
  });
}

/** How many messages a mailbox has, in all folders; one that was never used has none. */
function countOf(recipient) {
  const folder = path.join(path.dirname(env.DELIVERY_CONFIG), 'mail', recipient);
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files.filter((one) => /[/\\](?:cur|new)$/.test(one.parentPath ?? one.path)).length;
}

/** How many messages Postfix has taken since a place in its log. */
const log = () => readFileSync(env.DELIVERY_LOG, 'utf8');
const takenSince = (before) =>
  (
    log()
      .slice(before.length)
      .match(/postfix\/cleanup\[\d+\]: \w+: message-id=<smtp-gate-/g) ?? []
  ).length;

describe('a message through Postfix', () => {
  test('arrives in the inbox, and is deleted', async () => {
    const before = log();
    const messages = countOf('inbox');
    const { exit, outputs, report, summary } = await send('inbox');
    assert.deepEqual([exit, outputs.status, codesOf(outputs)], [0, 'pass', []], outputs.message);
    assert.equal(outputs['delivery-folder'], 'INBOX');
    assert.ok(Number(outputs['accept-ms']) > 0 && Number(outputs['arrival-ms']) < 1_500, JSON.stringify(outputs));
    assert.equal(report.checkId, 'check.notify.queue.health');
    assert.ok(report.targets[0].delivery.hops.length >= 1);
    assert.match(report.targets[0].delivery.queueId, /^[\dA-Za-z]+$/);
    assert.doesNotMatch(summary, /by mail\.example\.test/);
    assert.equal(countOf('inbox'), messages);
    assert.equal(takenSince(before), 1);
  });

  test('arrives by TLS from the first byte, and is read by STARTTLS', async () => {
    const { outputs } = await send('inbox', {
      port: env.DELIVERY_IMPLICIT_PORT,
      tls: 'implicit',
      mailbox: `imap://${host}:${env.DELIVERY_IMAP_PORT}`,
    });
    assert.equal(outputs.status, 'pass', outputs.message);
  });

  test('arrives in Junk: a warning, and a failure where that is wanted', async () => {
    const { outputs } = await send('junk');
    assert.deepEqual([outputs.status, outputs.code, outputs['delivery-folder']], ['warn', 'delivery-junk', 'Junk']);
    const strict = await send('junk', { 'delivery-require': 'inbox' });
    assert.deepEqual([strict.exit, strict.outputs.code], [1, 'delivery-junk']);
    assert.equal(countOf('junk'), 0);
  });

  for (const recipient of ['held', 'discarded', 'stuck']) {
    test(`is ${recipient}, and so it is missing, however long \`wait\` is`, async () => {
      const before = log();
      const { exit, outputs, report } = await send(recipient, { wait: '30s' });
      assert.deepEqual([exit, outputs.code], [1, 'delivery-missing'], outputs.message);
      const { queueId } = report.targets[0].delivery;
      const commands = report.targets[0].findings[0].remedies.flatMap((one) => one.commands);
      assert.ok(
        commands.includes('postqueue -p') && commands.some((one) => one.includes(queueId)),
        commands.join('\n'),
      );
      // Postfix looks at no message that it is to discard.
      assert.equal(takenSince(before), recipient === 'discarded' ? 0 : 1);
      assert.equal(
        log()
          .slice(before.length)
          .match(/NOQUEUE: discard/g)?.length ?? 1,
        1,
      );
    });
  }

  test('arrives late, where a second server greylists it', async () => {
    const { outputs, report } = await send(`late${process.pid}`, { 'delivery-timeout': '40s', 'delivery-warn': '4s' });
    assert.deepEqual([outputs.status, outputs.code], ['warn', 'delivery-slow'], outputs.message);
    assert.ok(
      report.targets[0].delivery.hops.some(({ delayMs }) => delayMs >= 4_000),
      JSON.stringify(report.targets[0].delivery),
    );
  });

  test('bounces, where the mailbox is full', async () => {
    // The notice comes to the sender, whose mailbox is read.
    const { exit, outputs } = await send('full', {
      'mail-from': `inbox@${domain}`,
      'mailbox-username': `inbox@${domain}`,
      'delivery-timeout': '20s',
      'delivery-warn': '20s',
    });
    assert.deepEqual([exit, outputs.code], [1, 'delivery-bounced'], outputs.message);
    assert.match(outputs.message, /quota/i);
  });

  test('is doubled', async () => {
    const { outputs } = await send('twice');
    assert.deepEqual([outputs.status, outputs.code], ['warn', 'delivery-duplicate'], outputs.message);
    assert.equal(countOf('twice'), 0);
  });

  test('is refused, or deferred, before it is sent', async () => {
    const before = log();
    const refused = await send('refused');
    assert.deepEqual([refused.exit, refused.outputs.code], [1, 'recipient-refused']);
    const deferred = await send('deferred');
    assert.deepEqual([deferred.exit, deferred.outputs.code, deferred.outputs.status], [1, 'envelope-deferred', 'fail']);
    assert.equal(takenSince(before), 0);
  });

  test('is refused for its content', async () => {
    const { exit, outputs } = await send('inbox', { 'mail-from': `rejected@${domain}` });
    assert.deepEqual([exit, outputs.code, outputs.fault], [1, 'message-refused', 'server'], outputs.message);
  });

  test('has what the receiver says of it', async () => {
    const trusted = { 'authserv-id': domain, 'delivery-require': 'spf\ndkim\ndmarc' };
    const right = await send('authenticated', trusted);
    assert.equal(right.outputs.status, 'pass', right.outputs.message);
    assert.equal(right.outputs['delivery-authentication'], 'spf=pass dkim=pass dmarc=pass');
    const failed = await send('failed', trusted);
    assert.deepEqual([failed.exit, failed.outputs.code], [1, 'delivery-authentication-failed']);
    const forged = await send('forged', trusted);
    assert.deepEqual([forged.exit, forged.outputs.code], [1, 'delivery-authentication-unknown']);
    // What a server said before is there as well, further down, and is as little worth as what a sender writes.
    const doubted = await send('doubted', trusted);
    assert.deepEqual([doubted.exit, doubted.outputs.code], [1, 'delivery-authentication-failed']);
    assert.equal(doubted.outputs['delivery-authentication'], 'spf=fail dkim=fail dmarc=fail');
    assert.ok(doubted.report.targets[0].delivery.hops.length >= 2);
    const other = await send('authenticated', { ...trusted, 'authserv-id': 'another.example.test' });
    assert.deepEqual([other.exit, other.outputs.code], [1, 'delivery-authentication-unknown']);
  });

  test('is not sent, where the mailbox cannot be read', async () => {
    const before = log();
    const wrong = await send('inbox', { 'mailbox-password': 'not the password' });
    assert.deepEqual([wrong.exit, wrong.outputs.code], [1, 'mailbox-login-refused'], wrong.outputs.message);
    const server = net.createServer().listen(0, host);
    await new Promise((done) => server.once('listening', done));
    const { port } = server.address();
    await new Promise((done) => server.close(done));
    const down = await send('inbox', { mailbox: `imaps://${host}:${port}` });
    assert.deepEqual([down.exit, down.outputs.code], [1, 'mailbox-unreachable'], down.outputs.message);
    const untrusted = await send('inbox', { 'tls-ca': '', tls: 'auto', 'tls-verify': 'true' });
    assert.deepEqual([untrusted.exit, untrusted.outputs.code], [1, 'mailbox-unreachable'], untrusted.outputs.message);
    const closed = await send('closed', { 'mailbox-username': `closed@${domain}` });
    assert.deepEqual([closed.exit, closed.outputs.code], [1, 'mailbox-folder-missing'], closed.outputs.message);
    assert.equal(takenSince(before), 0);
  });

  test('is sent once, where the connection is cut behind the dot', async () => {
    const before = log();
    const cutter = tls.createServer(
      { key: readFileSync(certificate('server.key')), cert: readFileSync(certificate('server.pem')) },
      (client) => {
        const server = tls.connect({ host, port: Number(env.DELIVERY_IMPLICIT_PORT), rejectUnauthorized: false });
        let ended = false;
        client.on('error', () => {}).on('close', () => server.destroy());
        server.on('error', () => {}).on('close', () => client.destroy());
        client.on('data', (chunk) => {
          ended ||= chunk.toString().endsWith('\r\n.\r\n');
          server.write(chunk);
        });
        server.on('data', (chunk) => (ended ? client.destroy() : client.write(chunk)));
      },
    );
    cutter.listen(0, host);
    await new Promise((done) => cutter.once('listening', done));
    const { outputs } = await send('inbox', { port: String(cutter.address().port), tls: 'implicit', wait: '20s' });
    cutter.close();
    assert.deepEqual([outputs.status, outputs.code], ['warn', 'message-uncertain'], outputs.message);
    assert.equal(takenSince(before), 1);
  });

  test('can be sent from the command line', async () => {
    const address = `inbox@${domain}`;
    const args = ['deliver', `${host}:${env.DELIVERY_PORT}`, '--tls', 'starttls', '--tls-ca', certificate('ca.pem')];
    const more = [
      '--mail-from',
      address,
      '--deliver-to',
      address,
      '--mailbox',
      `imaps://${host}:${env.DELIVERY_IMAPS_PORT}`,
    ];
    const secrets = {
      SMTP_GATE_USERNAME: env.DELIVERY_USERNAME,
      SMTP_GATE_PASSWORD: env.DELIVERY_PASSWORD,
      SMTP_GATE_MAILBOX_PASSWORD: env.DELIVERY_PASSWORD,
    };
    const { exit, log } = await runCli([...args, ...more], secrets);
    assert.equal(exit, 0, log);
    assert.match(log, /arrived +after .* in INBOX/);
    assert.equal((await runCli([...args, 'other.example.test:25', ...more], secrets)).exit, 2);
  });
});
