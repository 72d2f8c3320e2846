import type { Protocol } from './findings.ts';

/** How each protocol begins, strictest first; a line of text per RFC, or bytes read as Latin-1. */
const BEGINNINGS: readonly (readonly [Exclude<Protocol, 'unknown'>, RegExp])[] = [
  ['ssh', /^SSH-\d/], // RFC 4253 §4.2
  ['http', /^HTTP\/\d|^<!doctype html|^<html/i], // RFC 9112 §4
  ['imap', /^\* (?:OK|PREAUTH|BYE)\b/i], // RFC 9051 §7.1
  ['pop3', /^(?:\+OK|-ERR)\b/], // RFC 1939 §3
  ['telnet', /^ÿ[ûüýþ]/], // RFC 854: IAC, then WILL, WONT, DO or DONT
  ['tls', /^[\x14-\x17]\x03[\x00-\x04]/], // RFC 8446 §5.1
  ['nntp', /^(?:20[01]|400|502)[ -].*\b(?:nntp|nnrp|news|inn\d*|leafnode)/i], // RFC 3977 §5.1
  ['ftp', /^120[ -]/], // RFC 959 §4.2
];

/** Words of FTP servers' greetings; a dotted name such as ftp.example.com is a host's, and no such word. */
const FTP = /(?:^|[\s([])(?:[a-z_-]*ftpd?(?:lib)?|filezilla)(?=$|[\s,:;)\]!]|\.(?:\s|$))/m;
const SMTP = /\b(?:e?smtps?|lmtp)\b/;

/** The protocol that begins like this, or `null` when it may well be SMTP. */
export function recognise(text: string): Exclude<Protocol, 'unknown'> | null {
  // FTP greets with 220 as SMTP does (RFC 959 §5.4): only its words tell it apart.
  if (/^220[ -]/.test(text)) {
    const words = text.replace(/^220[ -]/gm, '').toLowerCase();
    // Most greetings say so themselves, and need no expression that is slow to compile.
    if (!words.includes('ftp') && !words.includes('filezilla')) return null;
    return FTP.test(words) && !SMTP.test(words) ? 'ftp' : null;
  }
  for (const [protocol, beginning] of BEGINNINGS) {
    if (beginning.test(text)) return protocol;
  }
  return null;
}

/**
 * How an answer of HTTP begins, or its body alone: HTML, XML, JSON, the size of a chunk (RFC 9112 §7.1) in a line of its
 * own, or gzip's magic number (RFC 1952 §2.3.1).
 */
const PAGE =
  /^(?:[\s\ufeff]|ï»¿)*(?:HTTP\/\d|<[!?a-z]|\{\s*"|\x1f\x8b|(?![2-5]\d{0,2}\s*$)[\da-f]{1,8}[ \t]*(?:;|\r?\n\s*<|\r?$))/i;

/** Whether this is a page, or what a server of HTTP sends in the place of one; no greeting of SMTP begins so. */
export function isPage(text: string): boolean {
  return PAGE.test(text);
}

/** `220 ****…`: a middlebox has overwritten the greeting (Cisco's "SMTP fixup"). */
export function isRewritten(text: string): boolean {
  // In two steps, since one expression would take time that grows with the square of the asterisks.
  if (!/^220[ -][\s*\dX]*$/.test(text)) return false;
  return (text.split('X', 1)[0] ?? '').includes('***');
}
