// What Debian's fail2ban counts against a client, by its stock filters. FAIL2BAN is the folder of .ci/servers/fail2ban.sh.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const { FAIL2BAN } = process.env;

/** The stock filters that read a server's log; `mode` is fail2ban's. */
export const FILTERS = {
  postfix: ['postfix[mode=more]', 'postfix[mode=auth]', 'postfix[mode=aggressive]'],
  dovecot: ['dovecot', 'dovecot[mode=aggressive]'],
  exim: ['exim', 'exim[mode=aggressive]', 'exim-spam'],
  sendmail: ['sendmail-auth', 'sendmail-reject', 'sendmail-reject[mode=extra]'],
};

/** How many lines of a log a filter counts. */
export function hits(lines, filter) {
  const log = path.join(os.tmpdir(), `fail2ban-${process.pid}.log`);
  writeFileSync(log, `${lines.join('\n')}\n`);
  const script = path.join(FAIL2BAN, 'usr/bin/fail2ban-regex');
  const PYTHONPATH = path.join(FAIL2BAN, 'usr/lib/python3/dist-packages');
  const args = [script, '--config', path.join(FAIL2BAN, 'etc/fail2ban'), log, filter];
  const output = execFileSync('/usr/bin/python3', args, { env: { ...process.env, PYTHONPATH }, encoding: 'utf8' });
  return Number(/^Failregex: (\d+) total/m.exec(output)[1]);
}
