import { type RecordReading, readFields } from './mta-sts.ts';

/** What every record begins with that counts (RFC 8460 §3). */
const RPT_VERSION = 'v=TLSRPTv1;';
const MOST_ADDRESSES = 50;

/** Reads the TXT records of `_smtp._tls.<domain>`: exactly one has to be left of those that begin with `v=TLSRPTv1;`. */
export function readTlsRptRecords(records: readonly string[]): RecordReading {
  const count = records.filter((record) => record.startsWith(RPT_VERSION));
  if (count.length > 1)
    return { kind: 'invalid', problems: [`${count.length} records begin with ${RPT_VERSION}, and one must`] };
  const [record] = count;
  if (record === undefined) {
    if (!records.some(looksLikeTlsRpt)) return { kind: 'none' };
    return { kind: 'invalid', problems: [`the record does not begin with ${RPT_VERSION}, and so it does not count`] };
  }
  const { fields, problems } = readFields(record.slice(RPT_VERSION.length));
  const all = [...problems, ...ruaProblems(fields.get('rua'))];
  return all.length > 0 ? { kind: 'invalid', problems: all } : { kind: 'valid', record, fields };
}

function looksLikeTlsRpt(record: string): boolean {
  const head = record.slice(0, 200).replace(/[\s"'\\]/g, '');
  return /^(?:v[=:]?tls-?rpt|tls-?rpt|rua=)/i.test(head);
}

function ruaProblems(rua: string | undefined): string[] {
  if (rua === undefined) return ['it has no rua, the address for reports'];
  const addresses = rua.split(',', MOST_ADDRESSES).map((address) => address.trim());
  return addresses.flatMap((address) => {
    if (/^https:\/\/[^\s/?#@]+(?:[/?#]\S*)?$/i.test(address)) return [];
    if (/^mailto:[^\s@<>]+@[^\s@<>]+$/i.test(address)) return [];
    const shown = JSON.stringify(address.slice(0, 60));
    if (address === '') return ['its rua has an empty address'];
    if (address.includes('@') && !/^[a-z]+:/i.test(address))
      return [`its rua ${shown} has no mailto: before the address`];
    return [`its rua ${shown} is neither a mailto: nor an https:// address`];
  });
}
