/** The octets of base64 as mail clients read it: without padding, folded, or in the alphabet for URLs; `null` for other text. */
export function decodeBase64(text: string): Buffer | null {
  const folded = text.replace(/\s+/g, '');
  const body = folded.replace(/={1,2}$/, '');
  return /^[\w+/-]*$/.test(body) && body.length % 4 !== 1 ? Buffer.from(body, 'base64') : null;
}

/** The forms in which octets are written down: hexadecimal and base64. */
export function formsOf(bytes: Buffer): string[] {
  const hex = bytes.toString('hex');
  return [hex, hex.toUpperCase(), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
}
