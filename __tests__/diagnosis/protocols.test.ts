import { describe, expect, test } from '@jest/globals';
import { PROTOCOLS } from '../../src/diagnosis/findings.ts';
import { isPage, isRewritten, recognise } from '../../src/diagnosis/protocols.ts';
import fc from '../support/property.ts';
import { anyText } from '../support/text.ts';

describe('a protocol is recognised by what it says first', () => {
  test.each([
    ['ssh', 'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13'],
    ['ssh', 'SSH-1.99-Cisco-1.25'],
    ['http', 'HTTP/1.1 400 Bad Request'],
    ['http', 'HTTP/1.0 200 OK\nServer: x'],
    ['http', '<!DOCTYPE html>'],
    ['http', '<html><head>'],
    ['imap', '* OK [CAPABILITY IMAP4rev1 SASL-IR] Dovecot ready.'],
    ['imap', '* PREAUTH IMAP4rev1 server logged in'],
    ['imap', '* BYE overloaded'],
    ['pop3', '+OK POP3 ready <1896.697170952@dbc.mtview.ca.us>'],
    ['pop3', '-ERR too many connections'],
    ['nntp', '200 news.example.com InterNetNews NNRP server INN 2.7.1 ready (posting ok)'],
    ['nntp', '201 NNTP Service Ready, posting prohibited'],
    ['nntp', '400 nntp service temporarily unavailable'],
    ['nntp', '502 nntp: access denied'],
    ['nntp', '200 Leafnode NNTP daemon, version 1.11'],
    ['telnet', 'ÿý\x18ÿý ÿý#'],
    ['telnet', 'ÿû\x01ÿû\x03\r\nlogin: '],
    ['tls', '\x15\x03\x01\0\x02\x02F'],
    ['tls', '\x16\x03\x03\0Z'],
    ['ftp', '220 (vsFTPd 3.0.5)'],
    ['ftp', '220 ProFTPD Server (Debian) [::ffff:192.0.2.1]'],
    ['ftp', '220 ProFTPD 1.3.8 Server (ftp.example.com) [192.0.2.1]'],
    [
      'ftp',
      '220---------- Welcome to Pure-FTPd [privsep] [TLS] ----------\n220-You are user number 1 of 50 allowed.\n220 ok',
    ],
    ['ftp', '220-FileZilla Server 1.8.1\n220 Please visit https://filezilla-project.org/'],
    ['ftp', '220 FileZilla Server version 0.9.60 beta'],
    ['ftp', '220 Microsoft FTP Service'],
    ['ftp', '220-Microsoft FTP Service\n220 Unauthorised access is forbidden.'],
    ['ftp', '220-ftp.example.com\n220 FTP server (Version 6.00LS) ready.'],
    ['ftp', '220 ftp.example.com FTP server (Version wu-2.6.2) ready.'],
    ['ftp', '220 Welcome to Example FTP service.'],
    ['ftp', '220 Serv-U FTP Server v15.4 ready...'],
    ['ftp', '220 pyftpdlib 1.5.10 ready.'],
    ['ftp', '220 CrushFTP Server Ready!'],
    ['ftp', '220 bftpd 6.1 at 192.0.2.1 ready.'],
    ['ftp', '220 Example (glFTPd 2.11a Linux+TLS) ready.'],
    ['ftp', '120 Service ready in 5 minutes'],
  ])('%s: %j', (protocol, text) => {
    expect(recognise(text)).toBe(protocol);
    expect(PROTOCOLS).toContain(protocol);
  });
});

describe('what may be SMTP is not taken for anything else', () => {
  test.each([
    '220 mail.example.com ESMTP Postfix (Debian/GNU)',
    '220 mail.example.com',
    '220 ',
    '220 ftp.example.com ESMTP Postfix',
    '220 ftp.example.com ESMTP Exim 4.97 Mon, 24 Nov 2026 05:00:00 +0000',
    '220 ftp.example.com Microsoft ESMTP MAIL Service ready',
    '220 ftp.example.com ready',
    '220 ftp-relay.example.com ready',
    '220 mail-ftp.example.com Sendmail ready',
    '220-ftp.example.com\n220 smtp ready',
    '220 vsftpd.example.com SMTP',
    '220 mail.example.com 220-ftp ready',
    'hello 220 (vsFTPd 3.0.5)',
    '220 mail.example.com ESMTP (this is no FTP server)',
    '220 news.example.com ESMTP INN',
    '220 * OK',
    '220 HTTP/1.1 is not spoken here',
    '250 mail.example.com',
    '421 4.3.2 news.example.com is busy',
    '554 5.7.1 ftp is elsewhere',
    '200 mail.example.com',
    'SSH',
    'ssh-2.0',
    '+OKAY',
    '* OKAY',
    'ÿ',
    'ÿô',
    '\x15\x02\x01',
    'RFB 003.008',
    '@RSYNCD: 31.0',
    'hello',
    '',
  ])('%j', (text) => {
    expect(recognise(text)).toBeNull();
  });
});

describe('a greeting that a middlebox has overwritten', () => {
  test.each([
    '220 ****',
    '220 ***********************0***2**',
    '220 *************************************200**********************',
    '220 **** **** ****',
    '220-****\n220 ****',
    '220 ***X',
  ])('is %j', (text) => {
    expect(isRewritten(text)).toBe(true);
  });

  test.each([
    '220 mail.example.com ESMTP',
    '220 ',
    '220 **',
    '220 *** mail.example.com ***',
    '220 12345',
    '250 ****',
    '****',
    'x220 ****',
    '220x****',
    '220 XX***',
  ])('is not %j', (text) => {
    expect(isRewritten(text)).toBe(false);
  });
});

test('neither question takes long, whatever the text', () => {
  const long = fc
    .tuple(fc.constantFrom('220 ', '220-', '220 *', '200 '), fc.constantFrom('*', '* ', 'ftp ', ' ', 'a', '(', '1*'))
    .map(([start, more]) => `${start}${more.repeat(4_000)}!`);
  fc.assert(
    fc.property(fc.oneof(anyText, long), (text) => {
      const began = process.hrtime.bigint();
      recognise(text);
      isRewritten(text);
      expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(500);
    }),
  );
});

describe('a page', () => {
  test.each([
    'HTTP/1.0 403 Forbidden',
    '<html>',
    '<!DOCTYPE html>\n<html>',
    '\r\n\t<!-- portal -->',
    '\ufeff<?xml version="1.0"?>',
    'ï»¿<HTML>',
    '<script>location="/login"</script>',
    '{"error":"blocked"}',
    '\x1f\x8b\x08',
    '4d2',
    '1f;x=y',
    '250\r\n<html>',
  ])('begins like %j', (text) => expect(isPage(text)).toBe(true));

  test.each([
    '',
    '220 mail ESMTP',
    '220',
    '22',
    '5',
    '<',
    '* OK',
    'SSH-2.0-x',
    'blocked',
    'decade of mail',
    '\n220 mail',
  ])('does not begin like %j', (text) => expect(isPage(text)).toBe(false));
});
