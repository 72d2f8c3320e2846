import { certificatesIn, isPemText, PEM_BEGINNING } from '../../shared/pem.ts';
import { readSmallFile } from '../small-file.ts';
import { nameCharacter, type Parsed, quote } from './result.ts';

/** In bytes: a bundle of all public authorities has a quarter of it. */
const LARGEST = 1024 * 1024;
const KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/;

/** node:crypto takes longer to load than a banner probe may: only who gives a certificate pays for it. */
const crypto = () => process.getBuiltinModule('node:crypto');

/** Certificates, as PEM text or in a file; each must parse. Nothing of the contents is in a problem. */
export function certificates(text: string): Parsed<string> {
  const pem = pemOf(text, 'a certificate');
  if ('problem' in pem) return pem;
  const found = certificatesIn(pem.value);
  if (found.length === 0) {
    const key = KEY.test(pem.value) ? ' (a private key is)' : '';
    return {
      problem: `${pem.from} no certificate in it${key}; give PEM text that begins with ${PEM_BEGINNING}CERTIFICATE-----`,
    };
  }
  for (const [i, certificate] of found.entries()) {
    try {
      new (crypto().X509Certificate)(certificate);
    } catch {
      const which = found.length === 1 ? 'a certificate' : `a certificate (number ${i + 1} of ${found.length})`;
      return { problem: `${pem.from} ${which} in it that cannot be parsed; export it again as PEM` };
    }
  }
  return { value: pem.value };
}

/** A private key without a passphrase, as PEM text or in a file. Nothing of the contents is in a problem. */
export function privateKey(text: string): Parsed<string> {
  const pem = pemOf(text, 'a private key');
  if ('problem' in pem) return pem;
  if (!KEY.test(pem.value)) {
    return {
      problem: `${pem.from} no private key in it; give PEM text that begins with ${PEM_BEGINNING}PRIVATE KEY-----`,
    };
  }
  if (/ENCRYPTED/.test(pem.value)) {
    return {
      problem: `${pem.from} a key with a passphrase in it; give one without (openssl pkey -in key.pem -out plain.pem)`,
    };
  }
  try {
    crypto().createPrivateKey(pem.value);
    return { value: pem.value };
  } catch {
    return { problem: `${pem.from} a private key in it that cannot be parsed; export it again as PEM` };
  }
}

/** Whether a key belongs to the first of some certificates. */
export function isKeyOf(key: string, certificate: string): boolean {
  const { X509Certificate, createPrivateKey } = crypto();
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}

/** Why this runner's OpenSSL does not take a certificate with its key, in its own words; `null` when it does. */
export function refusalOf(key: string, certificate: string): string | null {
  try {
    process.getBuiltinModule('node:tls').createSecureContext({ key, cert: certificate });
    return null;
  } catch (error) {
    const { reason, code, message } = error as NodeJS.ErrnoException & { reason?: string };
    return reason ?? code ?? message;
  }
}

type Pem = { readonly value: string; readonly from: string } | { readonly problem: string };

function pemOf(text: string, what: string): Pem {
  const odd = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/.exec(text)?.[0];
  if (odd !== undefined) return { problem: `contains ${nameCharacter(odd)}; give ${what} as PEM text, or a path` };
  // A secret store may keep line ends as two characters.
  if (isPemText(text)) return { value: text.includes('\n') ? text : text.replaceAll('\\n', '\n'), from: 'has' };
  if (/[\r\n]/.test(text)) return { problem: `is neither PEM text nor the path of a file; give ${what} as PEM` };
  try {
    const read = readSmallFile(text, LARGEST);
    if ('refused' in read) return { problem: `${quote(text)} ${read.refused}; give ${what} alone` };
    return { value: read.bytes.toString(), from: `names the file ${quote(text)}, which has` };
  } catch (error) {
    // What looks like a key without its header must not be quoted as a path.
    if (/^[A-Za-z0-9+/=\s\\]{40,}$/.test(text)) {
      return { problem: `is neither PEM text nor the path of a file; give ${what} as PEM` };
    }
    const { code, message } = error as NodeJS.ErrnoException;
    return {
      problem: `${quote(text)} cannot be read as a file (${code ?? message}); give ${what} as PEM text, or a path`,
    };
  }
}
