import type { Code } from '../../model/codes.ts';
import { shellQuote } from '../../shared/shell.ts';
import { sayTryAgain } from './commands.ts';

export type Provider = 'Gmail' | 'Microsoft 365' | 'Amazon SES' | 'SendGrid' | 'Mailgun' | 'Postmark' | 'Brevo';

/**
 * What a provider's servers say and nobody else's do, in a greeting or a reply. A host name that we dialled is no such
 * word, nor is one that only names this runner (ec2-….amazonaws.com).
 */
export const SIGNS: Readonly<Record<Provider, RegExp>> = {
  Gmail: /\bgsmtp\b|\bsupport\.google\.com\//i,
  'Microsoft 365':
    /\b(?:outlook|office365|exchangelabs)\.com\b|\baka\.ms\/|SmtpClientAuthentication|\b5\.7\.139\b|TenantAttribution|banned sending IP/i,
  'Amazon SES':
    /\b(?:email|inbound)-smtp[\w.-]*\.amazonaws\.com\b|SimpleEmailService|Amazon SES|identities failed the check in region|\bses:Send/i,
  SendGrid: /\bsendgrid\b|Bad username \/ password|verified Sender Identity|Maximum credits exceeded/i,
  Mailgun: /\bmailgun\b/i,
  Postmark: /\bpostmark(?:app)?\b|Server API token|Sender Signature/i,
  Brevo: /\b(?:brevo|sendinblue)\b|^525[ -].*Unauthorized IP address/im,
};

/** What a row may use of a finding: the whole reply, the address it was about, and how the login was tried. */
export interface Said {
  readonly reply: string;
  readonly address: string;
  readonly token: boolean;
  /** Whether a login was accepted before. */
  readonly loggedIn: boolean;
}

/** What a provider's answer means, and what to click or to set. */
export interface Row {
  readonly provider: Provider;
  /** The codes whose findings it is about. */
  readonly codes: readonly Code[];
  readonly says: RegExp;
  /** Only for a login with a token, or only for one with a password. */
  readonly login?: 'token' | 'password';
  /** It says to log in, which mends nothing behind a login that was accepted. */
  readonly saysLogIn?: true;
  readonly cause: string;
  readonly remedy: string;
  /** Where the provider documents it. */
  readonly url: string;
  readonly commands?: (said: Said) => string[];
}

const ENVELOPE = ['sender-refused', 'recipient-refused', 'relay-denied', 'client-refused'] as const;
const BUSY = ['greeting-busy', 'service-unavailable', 'auth-unavailable', 'envelope-deferred'] as const;

const storePassword = () => ['gh secret set SMTP_PASSWORD'];
const storeBoth = () => ['gh secret set SMTP_USERNAME', 'gh secret set SMTP_PASSWORD'];
const showAddress = () => ['curl -s https://api.ipify.org'];
/** A word in single quotes that PowerShell reads as it is, and in which a POSIX shell runs nothing. */
const powerShellQuote = (word: string) => `'${word.replaceAll("'", "''")}'`;

/** The region that Amazon SES names in its reply. */
const regionOf = (reply: string) => /\bin region ([a-z]{2}(?:-[a-z]+)+-\d)\b/i.exec(reply)?.[1]?.toLowerCase();

/** Whom Amazon SES does not know, in the region that it names. */
function verifyIdentity({ reply, address }: Said): string[] {
  const region = regionOf(reply);
  return [
    `aws sesv2 create-email-identity --email-identity ${shellQuote(address)}${region ? ` --region ${region}` : ''}`,
  ];
}

const GOOGLE_ERRORS = 'https://support.google.com/a/answer/3726730';
const SMTP_AUTH =
  'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission';
const MICROSOFT_OAUTH =
  'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth';
const SES_CODES = 'https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html';

/** Everything that is known of providers, strictest first: of one provider's rows the first that matches counts. */
export const ROWS: readonly Row[] = [
  {
    provider: 'Gmail',
    codes: ['auth-app-password-needed'],
    says: /web browser|WebLoginRequired|\b5\.7\.14\b/i,
    cause:
      'Gmail demands a login in a browser first, because this network is new to it. An app password does not need that.',
    remedy:
      'Sign in to the account in a browser and confirm that it was you, create an app password at https://myaccount.google.com/apppasswords, and store its 16 letters as the password.',
    url: 'https://support.google.com/accounts/answer/185833',
    commands: storePassword,
  },
  {
    provider: 'Gmail',
    codes: ['auth-app-password-needed'],
    says: /./,
    cause: 'The Google account has 2-Step Verification. Gmail then accepts only app passwords or OAuth.',
    remedy:
      'Create an app password at https://myaccount.google.com/apppasswords and store its 16 letters, without spaces, as the password.',
    url: 'https://support.google.com/accounts/answer/185833',
    commands: storePassword,
  },
  {
    provider: 'Gmail',
    codes: ['auth-rejected'],
    says: /\b5\.7\.8\b/,
    login: 'token',
    cause: 'The OAuth token has expired (after an hour), or lacks the scope https://mail.google.com/.',
    remedy:
      'Get a fresh token with the scope `https://mail.google.com/` right before this step, and give it as `access-token`.',
    url: 'https://developers.google.com/gmail/imap/xoauth2-protocol',
  },
  {
    provider: 'Gmail',
    codes: ['auth-rejected'],
    says: /\b5\.7\.8\b/,
    login: 'password',
    cause: 'Gmail no longer accepts the account’s own password. It needs an app password, or OAuth.',
    remedy:
      'Turn on 2-Step Verification, create an app password at https://myaccount.google.com/apppasswords, and store its 16 letters as the password. The user name is the whole address.',
    url: 'https://support.google.com/mail/answer/7126229',
    commands: storePassword,
  },
  {
    provider: 'Gmail',
    codes: ['auth-unavailable'],
    says: /too many login attempts/i,
    cause: 'Gmail limits this account for a time, because there were too many logins.',
    remedy: `Run the gate less often, and ${sayTryAgain('5m')}.`,
    url: GOOGLE_ERRORS,
  },
  {
    provider: 'Gmail',
    codes: ['sender-refused', 'recipient-refused'],
    says: /authentication required/i,
    saysLogIn: true,
    cause: 'smtp.gmail.com accepts mail only from clients that have logged in.',
    remedy:
      'Set `username` to the whole address and `password` to an app password. Create one at https://myaccount.google.com/apppasswords.',
    url: 'https://support.google.com/accounts/answer/185833',
    commands: storeBoth,
  },
  {
    provider: 'Gmail',
    codes: ENVELOPE,
    says: /relay denied|credentials for relay/i,
    saysLogIn: true,
    cause: 'The SMTP relay of Google Workspace does not know this runner’s address, and there was no login.',
    remedy:
      'In the Admin console open Apps > Google Workspace > Gmail > Routing > SMTP relay service, and either add this runner’s address or require SMTP authentication and set `username` and `password`.',
    url: 'https://support.google.com/a/answer/2956491',
    commands: showAddress,
  },
  {
    provider: 'Gmail',
    codes: ENVELOPE,
    says: /\b5\.7\.26\b|unauthenticated/i,
    cause: 'Neither SPF nor DKIM of the sender’s domain allows mail from this runner, and Gmail demands one of them.',
    remedy:
      'Send through the domain’s own relay (`host`), or add the sending address to the SPF record and sign with DKIM.',
    url: 'https://support.google.com/mail/answer/81126',
    commands: ({ address }) => {
      const domain = address.slice(address.lastIndexOf('@') + 1) || 'example.com';
      return [`nslookup -type=TXT ${shellQuote(domain)}`, `nslookup -type=TXT ${shellQuote(`_dmarc.${domain}`)}`];
    },
  },
  {
    provider: 'Gmail',
    codes: ENVELOPE,
    says: /sending (?:quota|limit) exceeded/i,
    cause: 'The account has reached Gmail’s daily limit of messages.',
    remedy: 'Wait a day, or send through another account or relay.',
    url: 'https://support.google.com/mail/answer/22839',
  },
  {
    provider: 'Gmail',
    codes: BUSY,
    // Not what it says of SPF, DKIM, DMARC, TLS and the reverse name.
    says: /^(?!4\d\d[ -]4\.7\.(?:2[35679]|3\d|40)\b)(?:421|4\d\d[ -]4\.7\.)/,
    cause: 'Gmail limits mail from this runner’s address. In a cloud, other users share the address.',
    remedy: `${sayTryAgain('5m', 'L')}; if that does not help, log in at smtp.gmail.com (\`port: 587\`, \`username\`, \`password\`) instead of using Gmail’s MX.`,
    url: GOOGLE_ERRORS,
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-disabled'],
    says: /for the tenant/i,
    cause: 'Microsoft 365 has SMTP AUTH disabled for the whole tenant, which is its default.',
    remedy:
      'In the Exchange admin center (https://admin.exchange.microsoft.com) open Settings > Mail flow and clear "Turn off SMTP AUTH protocol for your organization", or do the same in Exchange Online PowerShell.',
    url: SMTP_AUTH,
    commands: () => ['Set-TransportConfig -SmtpClientAuthenticationDisabled $false'],
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-disabled'],
    says: /for the mailbox/i,
    cause: 'Microsoft 365 has SMTP AUTH disabled for this mailbox.',
    remedy:
      'In the Microsoft 365 admin center (https://admin.microsoft.com) open Users > Active users > the user > Mail > Manage email apps and tick "Authenticated SMTP", or do the same in Exchange Online PowerShell (replace MAILBOX by the address that logs in).',
    url: SMTP_AUTH,
    commands: () => ["Set-CASMailbox -Identity 'MAILBOX' -SmtpClientAuthenticationDisabled $false"],
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-disabled'],
    says: /basic auth/i,
    cause: 'Microsoft 365 does not accept passwords for SMTP in this tenant, only OAuth.',
    remedy:
      'Log in with OAuth: give an `access-token` with the scope https://outlook.office.com/SMTP.Send, and set `auth-method: XOAUTH2`.',
    url: MICROSOFT_OAUTH,
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-disabled'],
    says: /\b5\.7\.139\b/,
    cause: 'A policy of the tenant (security defaults, Conditional Access, a locked user) forbids this login.',
    remedy:
      'In https://entra.microsoft.com open Users > the user > Sign-in logs. The failed sign-in names the policy. Exclude the account from it, or log in with OAuth (`access-token`).',
    url: SMTP_AUTH,
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-rejected'],
    says: /./,
    login: 'token',
    cause: 'The OAuth token has expired, belongs to another mailbox, or lacks the permission SMTP.Send.',
    remedy:
      'Get a fresh token with the scope https://outlook.office.com/SMTP.Send. For an application, the scope is https://outlook.office365.com/.default, and its service principal must be registered in Exchange. Set `username` to the address of the mailbox.',
    url: MICROSOFT_OAUTH,
  },
  {
    provider: 'Microsoft 365',
    codes: ['auth-rejected'],
    says: /./,
    login: 'password',
    cause:
      'The user name is not the whole address of the mailbox, the password was changed, or the account has multi-factor sign-in.',
    remedy:
      'Set `username` to the whole address (user@example.com, not an alias or a shared mailbox), store the password again, and check that SMTP AUTH is enabled for this mailbox.',
    url: SMTP_AUTH,
    commands: storeBoth,
  },
  {
    provider: 'Microsoft 365',
    codes: ENVELOPE,
    says: /\b5\.7\.57\b|not authenticated/i,
    saysLogIn: true,
    cause: 'smtp.office365.com accepts mail only from clients that have logged in.',
    remedy: 'Set `username` (the mailbox’s whole address) and `password`, with `port: 587` and `tls: starttls`.',
    url: SMTP_AUTH,
    commands: storeBoth,
  },
  {
    provider: 'Microsoft 365',
    codes: ENVELOPE,
    says: /\b5\.7\.60\b|\b5\.2\.252\b|SendAsDenied|permissions? to send as/i,
    cause: 'The mailbox that logged in is not allowed to send as this sender.',
    remedy:
      'Set `mail-from` to the address that logs in, or grant it the permission Send As for the sender in Exchange Online PowerShell (replace LOGIN by the address that logs in).',
    url: 'https://learn.microsoft.com/exchange/recipients-in-exchange-online/manage-permissions-for-recipients',
    commands: ({ address }) => [
      `Add-RecipientPermission -Identity ${powerShellQuote(address)} -Trustee 'LOGIN' -AccessRights SendAs`,
    ],
  },
  {
    provider: 'Microsoft 365',
    codes: ENVELOPE,
    says: /TenantAttribution|\b5\.7\.64\b/i,
    saysLogIn: true,
    cause: 'Microsoft 365 finds no connector that allows this runner’s address or certificate to relay.',
    remedy:
      'In the Exchange admin center (https://admin.exchange.microsoft.com) open Mail flow > Connectors and add this runner’s address to the connector from your organization’s server, or log in at smtp.office365.com (`port: 587`, `username`, `password`).',
    url: 'https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365',
    commands: showAddress,
  },
  {
    provider: 'Microsoft 365',
    codes: [...BUSY, ...ENVELOPE],
    says: /thread limit|concurrent (?:connections|sending)/i,
    cause: 'More than three connections use this mailbox at once. Microsoft 365 allows three.',
    remedy: `Let one job at a time use the mailbox (a \`concurrency\` group in the workflow), and ${sayTryAgain('2m')}.`,
    url: 'https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits',
  },
  {
    provider: 'Microsoft 365',
    codes: ['greeting-refused', ...ENVELOPE],
    says: /banned sending IP|traffic not accepted from this IP|\b5\.7\.(?:511|708)\b/i,
    cause: 'This runner’s address is on Microsoft’s own block list, as shared cloud addresses often are.',
    remedy:
      'Have the address delisted at https://sender.office.com, or log in at smtp.office365.com (`port: 587`, `username`, `password`), which does not use this list.',
    url: 'https://learn.microsoft.com/defender-office-365/use-the-delist-portal-to-remove-yourself-from-the-office-365-blocked-senders-list',
    commands: showAddress,
  },
  {
    provider: 'Amazon SES',
    codes: ENVELOPE,
    says: /address is not verified|identities failed the check/i,
    cause:
      'Amazon SES does not know the sender in this region. While the account is in the sandbox, recipients must be verified too.',
    remedy:
      'Verify the address (or its domain) under Configuration > Identities in the region of this endpoint. To send to unverified recipients, request production access on the account dashboard.',
    url: 'https://docs.aws.amazon.com/ses/latest/dg/verify-addresses-and-domains.html',
    commands: verifyIdentity,
  },
  {
    provider: 'Amazon SES',
    codes: ENVELOPE,
    says: /not authorized to perform/i,
    cause: 'The IAM user of these SMTP credentials is not allowed to send as this identity.',
    remedy: 'Attach a policy that allows `ses:SendRawEmail` on the identity to the IAM user of the SMTP credentials.',
    url: 'https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html',
  },
  {
    provider: 'Amazon SES',
    codes: ['auth-rejected'],
    says: /./,
    cause:
      'The password is an AWS secret access key, or it belongs to another region: Amazon SES has separate SMTP passwords for each region.',
    remedy:
      'Open SMTP settings > Create SMTP credentials in the Amazon SES console of this endpoint’s region, and store the user name and the password that it shows.',
    url: 'https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html',
    commands: storeBoth,
  },
  {
    provider: 'Amazon SES',
    codes: BUSY,
    says: /throttling|sending rate|daily message quota|too many (?:concurrent|connections)/i,
    cause: 'The account has reached its sending rate, its daily quota or its number of connections.',
    remedy: `${sayTryAgain('2m', 'L')}; if that does not help, request a higher quota.`,
    url: 'https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html',
    commands: () => ['aws sesv2 get-account'],
  },
  {
    provider: 'Amazon SES',
    codes: ['auth-needs-tls', 'sender-refused'],
    says: /starttls/i,
    cause: 'Amazon SES accepts no mail and no login without TLS.',
    remedy: 'Set `tls: starttls`, or `port: 465` with `tls: implicit`.',
    url: SES_CODES,
  },
  {
    provider: 'SendGrid',
    codes: ['auth-rejected'],
    says: /./,
    cause:
      'At SendGrid, the user name is the word `apikey`, and the password is an API key, not the password of the account.',
    remedy:
      'Set `username: apikey`, create a key with the permission Mail Send at https://app.sendgrid.com/settings/api_keys, and store it as the password.',
    url: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/getting-started-smtp',
    commands: storePassword,
  },
  {
    provider: 'SendGrid',
    codes: BUSY,
    says: /maximum credits exceeded/i,
    cause: 'The SendGrid account has used up its credits for this day or month, or its plan was not paid.',
    remedy:
      'Open https://app.sendgrid.com/account/billing and raise the Email API plan, or wait for its credits to be renewed (at midnight UTC on a trial).',
    url: 'https://support.sendgrid.com/hc/en-us/articles/35466138799899-Understanding-the-Maximum-Credits-Exceeded-error',
  },
  {
    provider: 'SendGrid',
    codes: ENVELOPE,
    says: /sender identity|not authorized to send from/i,
    cause: 'The sender is not a verified Sender Identity of the SendGrid account.',
    remedy:
      'Verify the address, or better its domain, at https://app.sendgrid.com/settings/sender_auth, or set `mail-from` to a verified address.',
    url: 'https://www.twilio.com/docs/sendgrid/for-developers/sending-email/sender-identity',
  },
  {
    provider: 'Mailgun',
    codes: ['auth-rejected'],
    says: /./,
    cause:
      'These are not the SMTP credentials of the domain (an API key does not work); or the domain is in the other region; or this runner’s address is not on the account’s IP allowlist.',
    remedy:
      'Open Send > Domain settings > SMTP credentials at https://app.mailgun.com, reset the password, and store it with the whole login (postmaster@the-domain). For a domain in the EU, set `host: smtp.eu.mailgun.org`.',
    url: 'https://help.mailgun.com/hc/en-us/articles/203380100-Where-Can-I-Find-My-API-Key-and-SMTP-Credentials',
    commands: storeBoth,
  },
  {
    provider: 'Mailgun',
    codes: [...BUSY, ...ENVELOPE],
    says: /not allowed to send|not verified|disabled/i,
    cause:
      'The domain is not verified at Mailgun, or was disabled, or is a sandbox that accepts only authorized recipients.',
    remedy:
      'Open Send > Domain settings > DNS records at https://app.mailgun.com, publish the missing records, and press "Verify". If the domain is disabled, ask Mailgun’s support to enable it.',
    url: 'https://documentation.mailgun.com/en/latest/user_manual.html',
  },
  {
    provider: 'Mailgun',
    codes: ENVELOPE,
    says: /relaying denied|relay/i,
    saysLogIn: true,
    cause: 'Mailgun relays only for clients that have logged in as the sender’s domain.',
    remedy:
      'Set `username` and `password` to the SMTP credentials of the sender’s domain: Send > Domain settings > SMTP credentials at https://app.mailgun.com.',
    url: 'https://help.mailgun.com/hc/en-us/articles/203380100-Where-Can-I-Find-My-API-Key-and-SMTP-Credentials',
    commands: storeBoth,
  },
  {
    provider: 'Postmark',
    codes: ['auth-rejected'],
    says: /./,
    cause: 'Postmark needs a Server API token as both user name and password. An Account API token does not work.',
    remedy:
      'Open the server’s API Tokens at https://account.postmarkapp.com/servers, and store its Server API token as the user name and as the password.',
    url: 'https://postmarkapp.com/support/article/common-smtp-connection-errors',
    commands: storeBoth,
  },
  {
    provider: 'Postmark',
    codes: ENVELOPE,
    says: /pending approval|\b412\b/i,
    cause: 'The Postmark account is not approved yet. Until then, it sends only to the sender’s own domain.',
    remedy: 'Request approval at https://account.postmarkapp.com, or use a `rcpt-to` in the domain of `mail-from`.',
    url: 'https://postmarkapp.com/support/article/1084-how-does-the-account-approval-process-work',
  },
  {
    provider: 'Postmark',
    codes: ENVELOPE,
    says: /sender signature/i,
    cause: 'At Postmark, the sender is not a confirmed Sender Signature, and its domain is not verified.',
    remedy:
      'Add the sender or verify its domain at https://account.postmarkapp.com/signature_domains, and confirm the message that Postmark sends to it.',
    url: 'https://postmarkapp.com/developer/user-guide/managing-your-account/managing-sender-signatures',
  },
  {
    provider: 'Postmark',
    codes: ['recipient-refused'],
    says: /inactive/i,
    cause: 'Postmark has suppressed the recipient after a bounce or a complaint.',
    remedy: 'Open the message stream’s Suppressions at https://account.postmarkapp.com/servers, and reactivate it.',
    url: 'https://postmarkapp.com/developer/api/suppressions-api',
  },
  {
    provider: 'Brevo',
    codes: ['auth-disabled', 'auth-rejected'],
    says: /unauthorized IP|IP (?:address )?(?:is )?not authorized/i,
    cause:
      'Brevo accepts logins only from addresses that the account has authorized, and this runner’s address is not one of them.',
    remedy:
      'Add this runner’s address at https://app.brevo.com/security/authorised_ips, or switch the restriction off there, because hosted runners have changing addresses.',
    url: 'https://help.brevo.com/hc/en-us/articles/5740111683858-Authorize-and-block-IP-addresses-for-API-and-SMTP-security',
    commands: showAddress,
  },
  {
    provider: 'Brevo',
    codes: ['auth-rejected'],
    says: /./,
    cause: 'Brevo needs an SMTP key as the password. Neither the password of the account nor an API key works.',
    remedy:
      'Create an SMTP key at https://app.brevo.com/settings/keys/smtp, and store the login that is shown there and the key.',
    url: 'https://help.brevo.com/hc/en-us/articles/7959631848850-Create-and-manage-your-SMTP-keys',
    commands: storeBoth,
  },
  {
    provider: 'Brevo',
    codes: ENVELOPE,
    says: /sender/i,
    cause: 'The sender, or its domain, is not verified at Brevo.',
    remedy:
      'Add and verify the sender or its domain at https://app.brevo.com/senders, or set `mail-from` to a verified address.',
    url: 'https://developers.brevo.com/docs/sender-creation-and-management',
  },
];
