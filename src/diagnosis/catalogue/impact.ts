import type { Code } from '../../codes.ts';

const UNREACHED = 'Nothing that this pipeline sends can reach the server from here; it would be lost, or wait unseen.';
const UNKNOWN = 'What the server would do with a message is not known, so nothing can be promised for the release.';
const UNSAFE = 'Mail, and the password with it, would go to whoever answers there, or could be read on the way.';
const NO_LOGIN = 'A server for submission takes no mail from a client that is not logged in.';
const NOT_TAKEN = 'The server would refuse the message when it is sent, whatever else works.';
const LATER = 'A message would be kept for later by a sender that queues, and be lost by one that does not.';
const SOON = 'It still works, and stops working on its own if nothing is done.';

/** Why a code matters to who wants to send mail, in one sentence. */
export const IMPACT: { readonly [C in Code]: string } = {
  'not-configured': 'Nothing is known of the mail server: this is no pass.',
  'input-invalid': 'Nothing was checked, so nothing is known of the mail server.',
  'dns-not-found': UNREACHED,
  'dns-no-address': UNREACHED,
  'dns-unavailable': UNREACHED,
  'mx-not-found': 'No server is named that takes this domain’s mail, so none can be delivered.',
  'mx-null': 'The domain says that it takes no mail, so every message to it is returned.',
  'proxy-unreachable': UNREACHED,
  'proxy-auth-required': UNREACHED,
  'proxy-refused': UNREACHED,
  'connect-refused': UNREACHED,
  'connect-timeout': UNREACHED,
  'connect-unreachable': UNREACHED,
  'connect-blocked': UNREACHED,
  'connect-reset': UNREACHED,
  'greeting-timeout': UNREACHED,
  'greeting-closed': UNREACHED,
  'greeting-busy': LATER,
  'greeting-refused': UNREACHED,
  'not-smtp': 'No mail can be sent to what answers there.',
  'greeting-rewritten': 'A box on the way changes what is said, and often takes TLS away with it.',
  'banner-mismatch': 'Another server answers than the one that was expected, and may not deliver.',
  'tls-expected': UNREACHED,
  'plaintext-expected': UNREACHED,
  'connection-lost': UNKNOWN,
  'protocol-violation': UNKNOWN,
  'deadline-exceeded': UNKNOWN,
  'ehlo-refused': UNREACHED,
  'capability-missing': 'What was said to be needed is not there, and sending would fail where it is used.',
  'starttls-not-offered': UNSAFE,
  'starttls-refused': UNSAFE,
  'starttls-injection': UNSAFE,
  'tls-handshake-failed': UNREACHED,
  'tls-too-old': UNSAFE,
  'certificate-expired': UNSAFE,
  'certificate-not-yet-valid': UNSAFE,
  'certificate-name-mismatch': UNSAFE,
  'certificate-self-signed': UNSAFE,
  'certificate-untrusted': UNSAFE,
  'certificate-expiring': SOON,
  'auth-needs-tls': NO_LOGIN,
  'auth-not-offered': NO_LOGIN,
  'auth-mechanism-missing': NO_LOGIN,
  'auth-rejected': NO_LOGIN,
  'auth-app-password-needed': NO_LOGIN,
  'auth-disabled': NO_LOGIN,
  'auth-unavailable': NO_LOGIN,
  'sender-refused': NOT_TAKEN,
  'recipient-refused': NOT_TAKEN,
  'relay-denied': NOT_TAKEN,
  'envelope-deferred': LATER,
  'queue-full': LATER,
  slow: 'Who sends mail waits as long, and some give up sooner.',
  'probe-crashed': 'Nothing is known of the mail server: this is neither a pass nor its fault.',
};
