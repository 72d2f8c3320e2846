import { describe, expect, test } from '@jest/globals';
import { readTlsRptRecords } from '../../../src/smtp/policy/tls-rpt.ts';
import fc from '../../support/property.ts';

describe('a TLS-RPT record', () => {
  test.each([
    ['an address', 'v=TLSRPTv1; rua=mailto:reports@example.com'],
    ['a URL', 'v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt?x=1'],
    ['both, with space', 'v=TLSRPTv1;rua=mailto:a@example.com , https://example.com'],
    ['a semicolon at its end', 'v=TLSRPTv1; rua=mailto:a@example.com;'],
    ['another field', 'v=TLSRPTv1; rua=mailto:a@example.com; x=1'],
  ])('is valid with %s', (_, record) => {
    expect(readTlsRptRecords([record])).toMatchObject({ kind: 'valid' });
  });

  test.each<[string, string[], RegExp]>([
    ['no rua', ['v=TLSRPTv1;'], /no rua/],
    ['an empty rua', ['v=TLSRPTv1; rua='], /empty address/],
    ['no mailto', ['v=TLSRPTv1; rua=a@example.com'], /no mailto:/],
    ['http', ['v=TLSRPTv1; rua=http://example.com'], /neither a mailto: nor an https/],
    ['no address behind mailto', ['v=TLSRPTv1; rua=mailto:'], /neither/],
    ['two records', Array(2).fill('v=TLSRPTv1; rua=mailto:a@example.com'), /^2 records/],
    ['no semicolon', ['v=TLSRPTv1 rua=mailto:a@example.com'], /does not begin/],
    ['another version', ['v=TLSRPTv2; rua=mailto:a@example.com'], /does not begin/],
  ])('is not valid with %s', (_, records, problem) => {
    const read = readTlsRptRecords(records);
    expect(read.kind === 'invalid' ? read.problems.join('; ') : read.kind).toMatch(problem);
  });

  test('is none where others answer', () => {
    expect(readTlsRptRecords(['v=spf1 -all', ''])).toEqual({ kind: 'none' });
  });

  test('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readTlsRptRecords([`v=TLSRPTv1;${text}`]).kind).toMatch(/^(?:valid|invalid)$/);
      }),
    );
  });
});
