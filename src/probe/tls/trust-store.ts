import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import { certificatesIn } from '../../shared/pem.ts';

/** Where Linux distributions keep the certificates that their own programs trust. */
const BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem'];

let known: { readonly own: readonly string[]; readonly added: readonly string[] } | undefined;

/** Whom to trust: the authorities of Node, those of the operating system (a company's own among them), and those given. */
export const authorities = {
  /** Those that Node does not trust by itself. */
  added(ca: string | null): readonly string[] {
    return [...(ca === null ? [] : certificatesIn(ca)), ...system().added];
  },
  all(ca: string | null): string[] {
    return [...system().own, ...authorities.added(ca)];
  },
};

function system() {
  known ??= { own: tls.rootCertificates, added: newTo(tls.rootCertificates, installed()) };
  return known;
}

/** The operating system's authorities, and the file that Node's own variable adds. */
function installed(): string[] {
  const { SSL_CERT_FILE, NODE_EXTRA_CA_CERTS } = process.env;
  const files = [...(SSL_CERT_FILE ? [SSL_CERT_FILE] : BUNDLES), ...(NODE_EXTRA_CA_CERTS ? [NODE_EXTRA_CA_CERTS] : [])];
  if (process.platform === 'linux') return files.flatMap(read);
  // Node 20 knows no way to ask macOS and Windows.
  const ask = (tls as { getCACertificates?: (type: 'system') => string[] }).getCACertificates;
  return [...(ask?.('system') ?? []), ...(NODE_EXTRA_CA_CERTS ? read(NODE_EXTRA_CA_CERTS) : [])];
}

function read(file: string): string[] {
  try {
    return certificatesIn(readFileSync(file, 'latin1'));
  } catch {
    // A distribution has one of the files, or none.
    return [];
  }
}

/** The certificates of `found` that are not among `old`, each once. */
function newTo(old: readonly string[], found: readonly string[]): string[] {
  const body = (pem: string) => pem.replace(/\s/g, '');
  const seen = new Set(old.map(body));
  return found.filter((pem) => !seen.has(body(pem)) && seen.add(body(pem)));
}
