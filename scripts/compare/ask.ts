/** What the fault of a broken server, or the point of one in good health, is about. */
export type About =
  | 'connect'
  | 'greeting'
  | 'ehlo'
  | 'helo'
  | 'capability'
  | 'starttls'
  | 'implicit'
  | 'tls-version'
  | 'certificate-chain'
  | 'certificate-name'
  | 'certificate-date'
  | 'certificate-ending'
  | 'login'
  | 'envelope';

/** What a tool is asked to check of a server. */
export interface Ask {
  readonly about: About;
  readonly port: number;
  readonly tls: 'none' | 'starttls' | 'implicit';
  /** The name that the certificate has to have. */
  readonly name: string;
  /** The file with the authority to trust. */
  readonly ca: string;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
  /** Days that the certificate has to be valid for, at least. */
  readonly validDays: number;
  readonly require: string | null;
  readonly login: { readonly method: string; readonly user: string; readonly secret: string } | null;
  readonly envelope: { readonly from: string; readonly to: string } | null;
}

/** The inputs of the gate, as what any tool may be asked. */
export function askOf(
  inputs: Readonly<Record<string, string>>,
  { about, port, name, ca }: Pick<Ask, 'about' | 'port' | 'name' | 'ca'>,
): Ask {
  const { tls, username: user } = inputs;
  const secret = inputs['access-token'] ?? inputs.password;
  const from = inputs['mail-from'];
  return {
    about,
    port,
    tls: tls === 'starttls' || tls === 'implicit' ? tls : 'none',
    name: inputs['tls-servername'] ?? name,
    ca,
    minVersion: inputs['tls-min-version'] === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    validDays: Number(inputs['certificate-fail-days'] ?? 0),
    require: inputs.require ?? null,
    login:
      user === undefined || secret === undefined ? null : { method: inputs['auth-method'] ?? 'PLAIN', user, secret },
    envelope: from === undefined ? null : { from, to: inputs['rcpt-to'] ?? from },
  };
}
