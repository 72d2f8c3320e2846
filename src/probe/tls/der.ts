/** What a certificate says of its signature, and of what it may sign (RFC 5280 §4.1.1.2, §4.2.1.3, §4.2.1.9). */
export interface Signing {
  /** The digest of its signature where that is weak. */
  readonly weakDigest: 'MD2' | 'MD5' | 'SHA-1' | null;
  readonly isAuthority: boolean;
  /** Whether its key may sign certificates: true where there is no key usage. */
  readonly signsCertificates: boolean;
  /** How many authorities may stand between it and a server's certificate; `null` for any number. */
  readonly pathLength: number | null;
}

interface Element {
  readonly tag: number;
  readonly body: Buffer;
}

const SEQUENCE = 0x30;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const EXTENSIONS = 0xa3;

const BASIC_CONSTRAINTS = '551d13';
const KEY_USAGE = '551d0f';
/** Bit 5 of the key usage, counted from the left. */
const KEY_CERT_SIGN = 0x04;

/** Signature algorithms by the hexadecimal body of their object identifier. */
const WEAK: Readonly<Record<string, NonNullable<Signing['weakDigest']>>> = {
  '2a864886f70d010102': 'MD2',
  '2a864886f70d010104': 'MD5',
  '2a864886f70d010105': 'SHA-1',
  '2a8648ce380403': 'SHA-1',
  '2a8648ce3d0401': 'SHA-1',
  '2b0e03021d': 'SHA-1',
};

/** Reads it from the DER of a certificate; throws where that is none. */
export function readSigning(der: Buffer): Signing {
  const [certificate] = elementsOf(der);
  const [signed, algorithm] = elementsOf(need(certificate, SEQUENCE));
  const identifier = need(elementsOf(need(algorithm, SEQUENCE))[0], OBJECT_ID).toString('hex');
  const extensions = extensionsOf(need(signed, SEQUENCE));
  return {
    weakDigest: WEAK[identifier] ?? null,
    signsCertificates: mayCertify(extensions.get(KEY_USAGE)),
    ...constraints(extensions.get(BASIC_CONSTRAINTS)),
  };
}

/** The values of the extensions, by their object identifiers. */
function extensionsOf(signed: Buffer): Map<string, Buffer> {
  const wrapped = elementsOf(signed).find(({ tag }) => tag === EXTENSIONS);
  if (!wrapped) return new Map();
  const all = elementsOf(need(elementsOf(wrapped.body)[0], SEQUENCE));
  return new Map(
    all.map((extension) => {
      const parts = elementsOf(need(extension, SEQUENCE));
      // A critical extension has a BOOLEAN between the two.
      return [need(parts[0], OBJECT_ID).toString('hex'), need(parts.at(-1), OCTET_STRING)];
    }),
  );
}

function constraints(value: Buffer | undefined): Pick<Signing, 'isAuthority' | 'pathLength'> {
  if (!value) return { isAuthority: false, pathLength: null };
  const parts = elementsOf(need(elementsOf(value)[0], SEQUENCE));
  const length = parts.find(({ tag }) => tag === INTEGER);
  return {
    isAuthority: parts.some(({ tag, body }) => tag === BOOLEAN && body[0] !== 0),
    pathLength: length ? Number.parseInt(length.body.toString('hex'), 16) : null,
  };
}

function mayCertify(value: Buffer | undefined): boolean {
  if (!value) return true;
  // The first byte says how many bits of the last one are not used.
  return ((need(elementsOf(value)[0], BIT_STRING)[1] ?? 0) & KEY_CERT_SIGN) !== 0;
}

function need(element: Element | undefined, tag: number): Buffer {
  if (element?.tag !== tag) throw new Error(`no element with the tag ${tag}`);
  return element.body;
}

/** The elements that stand one behind the other (X.690 §8.1); none of X.509's has a tag of several bytes. */
function elementsOf(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const short = byteAt(bytes, at + 1);
    const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
    if (short === 0x80 || lengthBytes > 4) throw new Error('a length that DER does not have');
    let length = lengthBytes === 0 ? short : 0;
    for (let i = 0; i < lengthBytes; i += 1) length = length * 256 + byteAt(bytes, at + 2 + i);
    const begin = at + 2 + lengthBytes;
    if (begin + length > bytes.length) throw new Error('an element that is longer than what holds it');
    found.push({ tag: byteAt(bytes, at), body: bytes.subarray(begin, begin + length) });
    at = begin + length;
  }
  return found;
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Error('an element without an end');
  return byte;
}
