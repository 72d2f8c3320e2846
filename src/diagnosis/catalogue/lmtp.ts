import { NPX_COMMAND } from '../../shared/project.ts';
import { shellQuote } from '../../shared/shell.ts';
import { firstLine } from '../../shared/text.ts';
import { atPort, lookAtServer, placeOf, readGreeting } from './commands.ts';
import { cure, entry, IMPACT, remedy, type Subject } from './entry.ts';

/** RFC 2033 §5: LMTP must not be used there. */
const SMTP = 25;

const target = (subject: Subject): string => placeOf({ ...subject, address: null });

export const lmtpExpected = entry('lmtp-expected', {
  impact: IMPACT.unreached,
  when: 'The server refuses EHLO and HELO as unknown commands or asks for LHLO, and accepts LHLO: it speaks LMTP, by which mail servers deliver to mailboxes.',
  title: 'The server speaks LMTP',
  message: ({ reply }, subject) =>
    `${subject.at} speaks LMTP: it refuses EHLO and HELO ("${firstLine(reply)}"), and accepts LHLO; ${subject.port === SMTP ? 'use the port for SMTP, and move LMTP to another port than 25' : `write \`lmtp://${target(subject)}\`, or use the port for SMTP`}.`,
  evidence: ({ reply, accepted }) => `EHLO and HELO: ${reply}; LHLO: ${accepted}`,
  causes: () => [
    'The port is for the delivery of one mail server to another (RFC 2033), and not for clients that submit mail.',
    'A load balancer or a published port leads to the LMTP port instead of the SMTP port.',
  ],
  remedies: (_, subject) => [
    subject.port === SMTP
      ? cure(
          'Move LMTP to another port, often 24: RFC 2033 forbids it on port 25, where other mail servers expect SMTP. In Dovecot, `port = 24` in the `inet_listener` of `service lmtp`.',
          'sudo doveconf -n service/lmtp',
        )
      : cure(
          `To check the delivery by LMTP, write the target as \`lmtp://${target(subject)}\`, in \`targets\` or on the command line.`,
          `${NPX_COMMAND} ${shellQuote(`lmtp://${target(subject)}`)}`,
        ),
    cure(
      'To check what clients use to send mail, use the port for SMTP: `port: 587` for submission, `port: 25` between servers.',
      readGreeting(atPort(subject, 587)),
    ),
    remedy(
      'any',
      'If a mail server is to deliver here, tell it to speak LMTP: the command does so in Postfix; in Exim, write `protocol = lmtp` into the transport.',
      `sudo postconf -e ${shellQuote(`virtual_transport = lmtp:inet:${target(subject)}`)}`,
      'sudo systemctl reload postfix',
    ),
    ...lookAtServer(subject),
  ],
  example: {
    reply: '500 5.5.1 Unknown command',
    accepted: '250-mail.example.com',
    greeting: '220 mail.example.com Dovecot ready.',
  },
});

export const smtpExpected = entry('smtp-expected', {
  impact: IMPACT.unreached,
  when: 'The target is `lmtp://…`, and the server refuses LHLO and accepts EHLO: it speaks SMTP.',
  title: 'The server speaks SMTP',
  message: ({ reply }, subject) =>
    `${subject.at} speaks SMTP: it refuses LHLO ("${firstLine(reply)}"), and accepts EHLO; write \`smtp://${target(subject)}\`, or use the port for LMTP.`,
  evidence: ({ reply, accepted }) => `LHLO: ${reply}; EHLO: ${accepted}`,
  causes: () => [
    'The port is for SMTP. Postfix, for example, delivers by LMTP, but does not accept mail by it.',
    'The LMTP service listens on another port (often 24), or only on a Unix socket.',
  ],
  remedies: (_, subject) => [
    cure(
      `To check SMTP at this port, write the target as \`smtp://${target(subject)}\`.`,
      `${NPX_COMMAND} ${shellQuote(`smtp://${target(subject)}`)}`,
    ),
    cure(
      'To check LMTP, use its port. In Dovecot, the command shows it; without an `inet_listener` in `service lmtp { … }` there is only a Unix socket, so add `inet_listener lmtp { port = 24 }`.',
      'sudo doveconf -n protocols service/lmtp',
    ),
    remedy(
      'any',
      'If Postfix is to deliver to this server, it must speak SMTP with it.',
      `sudo postconf -e ${shellQuote(`virtual_transport = smtp:${target(subject)}`)}`,
      'sudo systemctl reload postfix',
    ),
    ...lookAtServer(subject),
  ],
  example: {
    reply: '500 5.5.2 Error: command not recognized',
    accepted: '250-mail.example.com',
    greeting: '220 mail.example.com ESMTP Postfix',
  },
});
