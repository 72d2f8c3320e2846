const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates in a PEM text (RFC 7468 §5), each as text of its own. */
export function certificatesIn(pem: string): string[] {
  return pem.match(CERTIFICATE) ?? [];
}

/** How every block begins (RFC 7468 §2). */
export const PEM_BEGINNING = '-----BEGIN ';

/** Whether a value is PEM text (RFC 7468) rather than a file's path. */
export function isPemText(text: string): boolean {
  return text.includes(PEM_BEGINNING);
}
