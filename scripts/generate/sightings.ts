import type { Code } from '../../src/model/codes.ts';

/**
 * What was seen to cause a code: who answered (software with its version and setting, or a provider with the public
 * issue that quotes it), and its words, one line of a reply a line. Words in parentheses are what happened where nothing
 * was said; for TLS and connections they are Node's error. `…` stands for an address or an identifier that was left out.
 */
export interface Sighting {
  readonly server: string;
  readonly text: string;
}

const POSTFIX = 'Postfix 3.7.11';
const DOVECOT = 'Dovecot 2.3.19.1';
const EXIM = 'Exim 4.96';
const AIOSMTPD = 'aiosmtpd 1.4.6';
const HAPROXY = 'HAProxy 2.6.12';
const DNSMASQ = 'dnsmasq as the DNS of a domain (.ci/mail-domains.mjs)';
const NODE = 'Node 20.20.2 as the client';

const seen = (server: string, text: string): Sighting => ({ server, text });

/** By code, what real servers said, or why nobody was seen to cause it; documentation only. */
export const SIGHTINGS: { readonly [C in Code]: readonly Sighting[] | string } = {
  'not-configured': 'it is about the inputs; no server is asked.',
  'input-invalid': 'it is about the inputs; no server is asked.',
  'dns-not-found': [seen(`${NODE}, a name below .invalid`, 'getaddrinfo ENOTFOUND no-such.invalid')],
  'dns-no-address': 'it is about the DNS, which says it by an empty answer.',
  'dns-unavailable': [
    seen('Exchange behind a resolver that fails (nodemailer/nodemailer#679)', 'getaddrinfo EAI_AGAIN …:587'),
  ],
  'mx-not-found': 'it is about the DNS, which says it by an empty answer.',
  'mx-null': 'it is about the DNS: the record `0 .` (RFC 7505).',
  'mta-sts-record-invalid': [
    seen(`${DNSMASQ}, two records at one name`, 'v=STSv1; id=1\nv=STSv1; id=2'),
    seen(`${DNSMASQ}, an id with hyphens`, 'v=STSv1; id=2026-01-01'),
  ],
  'mta-sts-policy-unavailable': [
    seen(
      'a CNAME to a provider, whose certificate is for another name (.ci/mail-domains.mjs)',
      '(TLS: ERR_TLS_CERT_ALTNAME_INVALID)',
    ),
  ],
  'mta-sts-policy-invalid': [
    seen(
      'a policy host in public (Zuplu/postfix-tlspol#95)',
      'version: STSv1\nmode: enforce\nnmx: mx0.sc-host.de\nmax_age: 604800',
    ),
    seen('another one (Zuplu/postfix-tlspol#70)', 'mx: 212.114.86.56'),
  ],
  'mta-sts-mx-mismatch': [
    seen(
      'a domain whose MX record and policy differ (mjl-/mox#261)',
      'mx host … does not match enforced mta-sts policy with hosts …',
    ),
  ],
  'mta-sts-certificate': [
    seen(
      'a second MX name with the certificate of the first (.ci/mail-domains.mjs)',
      '(TLS: ERR_TLS_CERT_ALTNAME_INVALID)',
    ),
  ],
  'tls-rpt-invalid': [seen(`${DNSMASQ}, an address without its scheme`, 'v=TLSRPTv1; rua=tls@example.test')],
  'dane-unverified': [seen(`${DNSMASQ}, a TLSA record of another key`, 'TLSA 3 1 1 abababab…')],
  'proxy-unreachable': 'nothing answers; it is what `connect-refused` and its like are, at the proxy.',
  'proxy-auth-required': 'the status line alone says it: 407 (RFC 9110 §15.5.8).',
  'proxy-refused': [
    seen('an HTTP proxy that lets no mail port out (clue/reactphp-http-proxy#51)', 'HTTP error code 403 (Forbidden)'),
    seen('an HTTP proxy in front of a mailbox (jstedfast/MailKit#1171)', 'HTTP/1.1 403 Forbidden'),
  ],
  'connect-refused': [seen(`${NODE}, a port where nothing listens`, 'connect ECONNREFUSED 127.0.0.1:1')],
  'connect-timeout': [
    seen('Microsoft 365, from GitHub Actions (CESNET/netopeer2#1460)', 'connect ETIMEDOUT 52.96.69.2:587'),
    seen('Gmail (nodemailer/nodemailer#1650)', 'connect ETIMEDOUT 173.194.76.108:587'),
  ],
  'connect-unreachable': [
    seen(
      'Gmail by IPv6, from a Docker network without it (docker-mailserver/docker-mailserver#1668)',
      'connect to gmail-smtp-in.l.google.com[…]:25: Cannot assign requested address',
    ),
  ],
  'connect-reset': [seen('a hosting provider, now and then (nodemailer/nodemailer#243)', 'read ECONNRESET')],
  'connect-blocked': [
    seen(
      'Gmail, from a provider that closes port 25 (squareboat/nest-mailman#12)',
      'connect ETIMEDOUT 74.125.200.108:25',
    ),
  ],
  'greeting-timeout': [
    seen('Outlook (nodemailer/nodemailer#1099)', '(connected to 52.98.89.34:587; no greeting within 30 s)'),
  ],
  'greeting-closed': [
    seen('Haraka 3.3.4 without its connection.ini', '(closed without a word)'),
    seen('a port with TLS from the first byte, in plaintext (eclipse-ee4j/angus-mail#134)', '[EOF]'),
  ],
  'greeting-busy': [
    seen(
      `${POSTFIX}, smtpd_client_connection_count_limit`,
      '421 4.7.0 mail.example.test Error: too many connections from 127.0.0.1',
    ),
    seen(`${EXIM}, smtp_accept_max`, '421 Too many concurrent SMTP connections; please try again later.'),
    seen(
      'a proxy in front of a server that is down (nodemailer/nodemailer#952)',
      '451 Request action aborted on MFE proxy, SMTP server is not available.',
    ),
    seen(
      'something between client and server (nodemailer/nodemailer#855)',
      '421 Cannot connect to SMTP server …, connect error 10060',
    ),
  ],
  'greeting-refused': [
    seen(`${POSTFIX}, smtpd_delay_reject = no`, '554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied'),
    seen(`${EXIM}, acl_smtp_connect`, '550 Administrative prohibition'),
  ],
  'service-unavailable': [
    seen(
      `${DOVECOT} submission, to MAIL and to QUIT while its relay is down`,
      '421 4.4.0 mail.example.test Failed to connect to relay server (connect)',
    ),
    seen(`${POSTFIX}, smtpd_timeout`, '421 4.4.2 mail.example.test Error: timeout exceeded'),
    seen(`${POSTFIX}, smtpd_hard_error_limit`, '421 4.7.0 mail.example.test Error: too many errors'),
    seen(
      'Gmail’s relay, to EHLO (calcom/cal.diy#5254; the name there was the cause, dawidd6/action-send-mail#302)',
      '421 4.7.0 Try again later, closing connection. (EHLO) … - gsmtp',
    ),
    seen('Microsoft 365, to AUTH (jstedfast/MailKit#1106)', '421 4.3.2 Service not active […outlook.com]'),
  ],
  'not-smtp': 'any other protocol’s greeting; the finding names the protocol.',
  'greeting-rewritten': [
    seen('a Cisco firewall with SMTP inspection (roaringpenguin.com, SMTP Fixup Issue)', '220 ****************…'),
  ],
  'banner-mismatch': 'it is about the input `expect-banner`; any greeting can be the cause.',
  'tls-expected': [
    seen('a port with TLS from the first byte, in plaintext (nodemailer/nodemailer#441)', '(no greeting)'),
  ],
  'plaintext-expected': [
    seen(`${NODE}, TLS on a port that greets`, 'error:0A00010B:SSL routines:ssl3_get_record:wrong version number'),
  ],
  'proxy-header-expected': [
    seen(
      `${POSTFIX}, smtpd_upstream_proxy_protocol, after 5 s or at the first command`,
      '421 4.3.0 mail.example.test Server local error',
    ),
    seen(
      `${POSTFIX}, postscreen_upstream_proxy_protocol, after 5 s or at the first command`,
      '421 4.3.2 No system resources',
    ),
    seen(`${DOVECOT} LMTP, haproxy = yes`, '(closed without a word after 3 s; reset at the first command)'),
    seen(
      `${EXIM}, hosts_proxy, which greets after 3 s`,
      '220 mail.example.test ESMTP Exim 4.96\n503 Command refused, required Proxy negotiation failed',
    ),
    seen(`${HAPROXY}, accept-proxy`, '(silent until its timeout; reset at the first command)'),
    seen('Haraka 3.3.4, haproxy.hosts, which knows version 1 alone', '421 PROXY timeout'),
    seen('Haraka 3.3.4, haproxy.hosts, behind a header of version 2', '(silent for longer than 6 s)'),
  ],
  'proxy-header-unexpected': [
    seen(`${POSTFIX}, v1`, '220 mail.example.test ESMTP Postfix\n500 5.5.2 Error: command not recognized'),
    seen(
      `${POSTFIX}, v2`,
      '220 mail.example.test ESMTP Postfix\n500 5.5.2 Error: bad syntax\n500 5.5.2 Error: bad syntax\n500 5.5.2 Error: bad syntax\n221 2.0.0 Bye',
    ),
    seen(`${POSTFIX}, a header that arrives before the greeting`, '554 5.5.0 Error: SMTP protocol synchronization'),
    seen(`${DOVECOT} LMTP, v1`, '220 mail.example.test Dovecot (Debian) ready.\n500 5.5.1 Unknown command'),
    seen(`${POSTFIX}, TLS from the first byte`, '(reset in the place of a handshake)'),
  ],
  'lmtp-expected': [
    seen(`${DOVECOT} LMTP, to EHLO and HELO`, '500 5.5.1 Unknown command'),
    seen(`${AIOSMTPD}, its LMTP, to EHLO and HELO`, '500 Error: command "EHLO" not recognized'),
  ],
  'smtp-expected': [
    seen(`${POSTFIX}, to LHLO`, '500 5.5.2 Error: command not recognized'),
    seen(`${AIOSMTPD}, to LHLO`, '500 Error: command "LHLO" not recognized'),
  ],
  'connection-lost': [
    seen(`${POSTFIX} whose login service is not there, after EHLO`, '(closed without a word)'),
    seen(`${AIOSMTPD}, after its timeout`, '(closed without a word)'),
    seen('a server that drops AUTH (NeloF4/brutegmail#5)', '(Connection unexpectedly closed)'),
  ],
  'protocol-violation': 'no released mail server was seen to cause it; tests write its cases.',
  'protocol-deviation': 'no released mail server was seen to cause it; tests write its cases.',
  'deadline-exceeded': 'it is about our clock; a server causes it by being slow, not by words.',
  'ehlo-refused': [
    seen(`${POSTFIX} at RCPT, check_helo_access`, '554 5.7.1 <gate.test>: Helo command rejected: Access denied'),
    seen(
      'Postfix (cyrusimap/cyrus-imapd#4960)',
      '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname',
    ),
    seen('Exim 4.91 (nextcloud/server#14941)', '501 Syntactically invalid EHLO argument(s)'),
    seen(`${EXIM}, acl_smtp_helo`, '550 Administrative prohibition'),
    seen(`${DOVECOT} LMTP`, '500 5.5.1 Unknown command'),
  ],
  'client-refused': [
    seen(
      `${POSTFIX} at RCPT, check_client_access`,
      '554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied',
    ),
    seen(
      'Postfix at RCPT (MailScanner/v5#634)',
      '554 5.7.1 Service unavailable; Client host […] blocked using zen.spamhaus.org; …',
    ),
    seen(
      'Microsoft 365 (MicrosoftDocs/microsoft-365-docs#666)',
      '550 5.7.606 Access denied, banned sending IP […]. To request removal from this list please visit https://sender.office.com/ …',
    ),
    seen(
      'Microsoft 365 (sendgrid/docs#6275)',
      '550 5.7.1 Service unavailable, Client host […] blocked using Spamhaus. …',
    ),
  ],
  'capability-missing': [
    seen(`${AIOSMTPD}, PIPELINING required`, '250-mail.example.test\n250-SIZE 33554432\n250-8BITMIME\n250 HELP'),
  ],
  'starttls-not-offered': [
    seen(
      `${POSTFIX}, smtpd_tls_security_level empty`,
      '250-mail.example.test\n250-PIPELINING\n250-SIZE 10240000\n250-VRFY\n250-ETRN\n250-ENHANCEDSTATUSCODES\n250-8BITMIME\n250-DSN\n250-SMTPUTF8\n250 CHUNKING',
    ),
  ],
  'starttls-refused': [
    seen('Postfix (GSA/data.gov#1508)', '454 4.7.0 TLS not available due to local problem'),
    seen('Postal (postalserver/postal#745)', '502 TLS not available'),
  ],
  'starttls-injection': 'a server or middlebox that was tampered with causes it (CVE-2011-0411); none was at hand.',
  'tls-handshake-failed': [
    seen(`${POSTFIX} without its certificate`, '(sslv3 alert handshake failure)'),
    seen(
      `${NODE}, no cipher in common`,
      'SSL routines:ssl3_read_bytes:sslv3 alert handshake failure, SSL alert number 40',
    ),
  ],
  'tls-too-old': [
    seen(
      `${NODE}, a server with TLS 1.1 at most`,
      'SSL routines:ssl3_read_bytes:tlsv1 alert protocol version, SSL alert number 70',
    ),
  ],
  'certificate-expired': [seen(NODE, 'CERT_HAS_EXPIRED: certificate has expired')],
  'certificate-not-yet-valid': [seen(NODE, 'CERT_NOT_YET_VALID: certificate is not yet valid')],
  'certificate-name-mismatch': [
    seen(
      NODE,
      "ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames: Host: other.example.test. is not in the cert's altnames: DNS:mail.example.test",
    ),
  ],
  'certificate-self-signed': [seen(NODE, 'DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate')],
  'certificate-untrusted': [seen(NODE, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate')],
  'certificate-weak': 'it is about this runner’s TLS library; the certificate alone is the cause.',
  'certificate-expiring': 'it is about a date; the certificate alone is the cause.',
  'auth-needs-tls': 'it is about the inputs: nothing is sent, so nothing is answered.',
  'auth-not-offered': [
    seen(
      `${POSTFIX} without a login`,
      '250-mail.example.test\n250-PIPELINING\n250-SIZE 10240000\n250-VRFY\n250-ETRN\n250-ENHANCEDSTATUSCODES\n250-8BITMIME\n250-DSN\n250-SMTPUTF8\n250 CHUNKING',
    ),
  ],
  'auth-mechanism-missing': [seen(`${DOVECOT} submission, XOAUTH2 wanted`, '250-AUTH PLAIN LOGIN')],
  'auth-rejected': [
    seen(`${POSTFIX} with Dovecot’s logins`, '535 5.7.8 Error: authentication failed: (reason unavailable)'),
    seen(`${DOVECOT} submission`, '535 5.7.8 Authentication failed.'),
    seen(EXIM, '535 Incorrect authentication data'),
    seen(AIOSMTPD, '535 5.7.8 Authentication credentials invalid'),
    seen(
      'Gmail (angelos3lex/react-native-smtp-mailer#40)',
      '535-5.7.8 Username and Password not accepted. Learn more at\n535 5.7.8 https://support.google.com/mail/?p=BadCredentials … - gsmtp',
    ),
    seen('Microsoft 365 (nodemailer/nodemailer#1071)', '535 5.7.3 Authentication unsuccessful […outlook.com]'),
  ],
  'auth-app-password-needed': [
    seen(
      'Gmail (aschroder/Magento-SMTP-Pro-Email-Extension#174)',
      '5.7.9 Application-specific password required. Learn more at 5.7.9 https://support.google.com/accounts/answer/185833 … - gsmtp',
    ),
    seen('Gmail (PHPMailer/PHPMailer#1708)', '534-5.7.9 Application-Specific Password Required'),
  ],
  'auth-disabled': [
    seen(
      'Microsoft 365 (simonrob/email-oauth2-proxy#193)',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. […outlook.com …]',
    ),
    seen(
      'Outlook (nodemailer/nodemailer#1714)',
      '535 5.7.139 Authentication unsuccessful, basic authentication is disabled. […OUTLOOK.COM …]',
    ),
  ],
  'auth-unavailable': [seen(`${EXIM}, whose password check fails`, '435 Unable to authenticate at present: defer')],
  'sender-refused': [
    seen(
      `${POSTFIX} at RCPT, check_sender_access`,
      '554 5.7.1 <gate@example.test>: Sender address rejected: Access denied',
    ),
    seen(
      `${EXIM} at RCPT, verify = sender`,
      '550-Verification failed for <nobody@mail.example.test>\n550-Unrouteable address\n550 Sender verify failed',
    ),
    seen(`${POSTFIX}, smtpd_tls_security_level = encrypt`, '530 5.7.0 Must issue a STARTTLS command first'),
    seen(`${DOVECOT} submission, before a login`, '530 5.7.0 Authentication required.'),
    seen(`${AIOSMTPD}, require_starttls`, '530 Must issue a STARTTLS command first'),
    seen(
      'Microsoft 365 (odoo/odoo#8021)',
      '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM […outlook.com]',
    ),
    seen('Outlook (gophish/gophish#1600)', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'),
    seen(
      'Amazon SES (repost.aws, ses-554-400-message-rejected-error)',
      '554 Message rejected: Email address is not verified. The following identities failed the check in region …: …',
    ),
  ],
  'recipient-refused': [
    seen(
      POSTFIX,
      '550 5.1.1 <nobody@mail.example.test>: Recipient address rejected: User unknown in local recipient table',
    ),
    seen(
      `${DOVECOT} submission, its relay’s answer`,
      '550 5.1.1 <nobody@mail.example.test> <nobody@mail.example.test>: Recipient address rejected: User unknown in local recipient table',
    ),
    seen(EXIM, '550 Unrouteable address'),
  ],
  'relay-denied': [
    seen(`${POSTFIX}, relaying denied for good`, '554 5.7.1 <x@example.net>: Relay access denied'),
    seen(`${POSTFIX}, for the time being`, '454 4.7.1 <x@example.net>: Relay access denied'),
    seen(`${EXIM}, Debian’s words`, '550 relay not permitted'),
  ],
  'envelope-deferred': [
    seen(
      `${POSTFIX}, DEFER in check_recipient_access`,
      '450 4.7.1 <ops@mail.example.test>: Recipient address rejected: Access denied',
    ),
  ],
  'queue-full': [
    seen(`${POSTFIX}, queue_minfree`, '452 4.3.1 Insufficient system storage'),
    seen('Exchange, back pressure (cisco.com, 117923)', '452 4.3.1 Insufficient system resources'),
  ],
  'message-refused': [seen(`${POSTFIX}, header_checks with REJECT`, '550 5.7.1 content rejected')],
  'message-deferred': 'it is tested with a scripted server; no stock server defers a plain message.',
  'message-uncertain': [
    seen(`${POSTFIX}, its cleanup service killed after the final dot`, '(the connection is closed)'),
  ],
  'mailbox-unreachable': [seen(NODE, 'connect ECONNREFUSED 127.0.0.1:993')],
  'mailbox-login-refused': [seen(DOVECOT, 'NO [AUTHENTICATIONFAILED] Authentication failed.')],
  'mailbox-folder-missing': [seen(DOVECOT, "NO [NONEXISTENT] Mailbox doesn't exist: INBOX")],
  'delivery-missing': [seen(`${POSTFIX}, its transport stuck`, '250 2.0.0 Ok: queued as …')],
  'delivery-bounced': [seen(`${POSTFIX} before ${DOVECOT}, a full mailbox`, 'Status: 5.2.2')],
  'delivery-slow': [seen(`postgrey 1.37 before ${POSTFIX}`, '(the message arrives after 9 s)')],
  'delivery-junk': [seen(`${DOVECOT} with Sieve`, '(the message is filed into Junk)')],
  'delivery-authentication-failed': 'receivers say it in a header of the message, in the words of RFC 8601.',
  'delivery-authentication-unknown': 'it is about a header that is missing.',
  'delivery-duplicate': [seen(`${POSTFIX}, an alias that leads to the mailbox twice`, '(two copies)')],
  'mailbox-not-cleaned': 'it is tested with a scripted server; every server that was at hand has UIDPLUS.',
  'clocks-differ': 'it is about the time in a header; no server says it.',
  'report-missing': 'it is about the steps of a run; no server is asked.',
  'ignore-expired': 'it is about the inputs: the last day of a line of `ignore` is over.',
  slow: 'it is about time, not words.',
  'probe-crashed': 'it is an internal error.',
};
