/** The `openssl` program as a reader of what was deployed, and as an operator's hands on the CA. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Standard output of one command; throws with its diagnostics where it fails. */
export function openssl(args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${error?.message ?? stdout + stderr}`);
  return stdout;
}

/** A certificate to be signed. */
export interface LeafRequest {
  readonly host: string;
  /** Hours from now. @default 0 */
  readonly validFrom?: number;
  /** Hours from now. @default 24 */
  readonly validTo?: number;
}

/** A CA under an operator's hands: its certificate and key, and `openssl ca` to sign and to revoke with them. */
export class OperatedCa {
  constructor(
    private readonly directory: string,
    { certificatePem, privateKeyPem }: { readonly certificatePem: string; readonly privateKeyPem: string },
  ) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(this.path('ca.pem'), certificatePem);
    writeFileSync(this.path('ca.key'), privateKeyPem, { mode: 0o600 });
    writeFileSync(this.path('index.txt'), '');
    writeFileSync(this.path('index.txt.attr'), 'unique_subject = no\n');
    writeFileSync(this.path('serial'), '1000\n');
    writeFileSync(this.path('crlnumber'), '01\n');
    writeFileSync(this.path('ca.cnf'), configuration(directory));
  }

  /** Key and certificate of a node in one PEM, key first. */
  issue({ host, validFrom = 0, validTo = 24 }: LeafRequest): string {
    const [key, request] = ['key', 'csr'].map((end) => this.path(`${host}.${end}`)) as [string, string];
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key];
    openssl(['req', '-new', '-subj', `/CN=${host}`, ...newKey, '-out', request]);
    return readFileSync(key, 'utf8') + this.sign(readFileSync(request, 'utf8'), { host, validFrom, validTo });
  }

  /** The certificate for a request. */
  sign(requestPem: string, { host, validFrom = 0, validTo = 24 }: LeafRequest): string {
    const [request, certificate, extensions] = ['csr', 'pem', 'ext'].map((end) => this.path(`${host}.${end}`)) as [
      string,
      string,
      string,
    ];
    writeFileSync(request, requestPem);
    writeFileSync(extensions, leafExtensions(host));
    this.ca(
      ...['-in', request, '-out', certificate, '-extfile', extensions, '-notext', '-batch'],
      ...['-startdate', asn1Time(validFrom), '-enddate', asn1Time(validTo)],
    );
    return readFileSync(certificate, 'utf8');
  }

  /** Enters a certificate in the list of the next `writeRevocationList`. */
  revoke(certificateFile: string): void {
    this.ca('-revoke', certificateFile);
  }

  /** Writes the list where `ssl_crl_hash_dir` and `openssl verify` look for it in `directory`. Returns its path. */
  writeRevocationList(directory: string): string {
    const hash = openssl(['x509', '-subject_hash', '-noout', '-in', this.path('ca.pem')]).trim();
    const list = join(directory, `${hash}.r0`);
    mkdirSync(directory, { recursive: true });
    this.ca('-gencrl', '-crldays', '1', '-out', list);
    return list;
  }

  private ca(...args: readonly string[]): void {
    openssl(['ca', '-config', this.path('ca.cnf'), ...args]);
  }

  private path(name: string): string {
    return join(this.directory, name);
  }
}

function configuration(directory: string): string {
  return [
    '[ca]',
    'default_ca = operated',
    '[operated]',
    `database = ${directory}/index.txt`,
    `serial = ${directory}/serial`,
    `crlnumber = ${directory}/crlnumber`,
    `new_certs_dir = ${directory}`,
    `certificate = ${directory}/ca.pem`,
    `private_key = ${directory}/ca.key`,
    'default_md = sha256',
    'policy = any',
    '[any]',
    'commonName = supplied',
    '',
  ].join('\n');
}

function leafExtensions(host: string): string {
  return [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    'extendedKeyUsage=serverAuth,clientAuth',
    `subjectAltName=DNS:${host}`,
    'subjectKeyIdentifier=hash',
    'authorityKeyIdentifier=keyid',
    '',
  ].join('\n');
}

/** `20261231235959Z` */
function asn1Time(hoursFromNow: number): string {
  const time = new Date(Date.now() + hoursFromNow * 3_600_000);
  return `${time.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
