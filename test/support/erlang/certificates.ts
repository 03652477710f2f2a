/** Certificates for tests of Erlang, made by the `openssl` program and so independent of what is under test. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

/** What a leaf certificate may differ in. */
export interface LeafOptions {
  /** Names that go into the certificate; an address goes in as `IP:` and as `DNS:`. The first is the CN. */
  readonly names: readonly string[];
  /** @default both, as a node needs that connects and accepts connections */
  readonly uses?: readonly ('serverAuth' | 'clientAuth')[];
  /** @default P-256 */
  readonly key?: KeyKind;
}

/** What a key is. */
export type KeyKind = keyof typeof NEW_KEY;

/** Where a certificate and its key lie. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** A separate root CA, valid for one day. */
export class TestAuthority {
  /** Its certificate: what goes into `cacertfile`. */
  readonly certificate: string;

  private readonly key: string;
  private issued = 0;

  constructor(
    private readonly directory: string,
    readonly commonName = 'Test CA',
    key: KeyKind = 'P-256',
  ) {
    mkdirSync(directory, { recursive: true });
    this.certificate = join(directory, 'ca.pem');
    this.key = join(directory, 'ca.key');
    openssl([
      ...['req', '-x509', '-days', '1', '-subj', `/CN=${commonName}`, ...newKey(key)],
      ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', this.key, '-out', this.certificate],
    ]);
  }

  /** Signs a leaf. Its files lie beside the authority's. */
  issue({ names, uses = ['serverAuth', 'clientAuth'], key: kind = 'P-256' }: LeafOptions): IssuedCertificate {
    this.issued += 1;
    const base = join(this.directory, `leaf-${this.issued}`);
    const [request, extensions, key, certificate] = ['csr', 'ext', 'key', 'pem'].map((end) => `${base}.${end}`) as [
      string,
      string,
      string,
      string,
    ];
    openssl(['req', '-new', '-subj', `/CN=${names[0] ?? ''}`, ...newKey(kind), '-keyout', key, '-out', request]);
    writeFileSync(extensions, leafExtensions(names, uses));
    openssl([
      ...['x509', '-req', '-days', '1', '-in', request, '-CA', this.certificate, '-CAkey', this.key, '-CAcreateserial'],
      ...['-extfile', extensions, '-out', certificate],
    ]);
    return { certificate, key };
  }
}

const NEW_KEY = {
  'P-256': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  Ed25519: ['ed25519'],
  'RSA 2048': ['rsa:2048'],
} as const;

function newKey(kind: KeyKind): readonly string[] {
  return ['-nodes', '-newkey', ...NEW_KEY[kind]];
}

function leafExtensions(names: readonly string[], uses: readonly string[]): string {
  const alternatives = names.flatMap((name) => (isIP(name) === 0 ? [`DNS:${name}`] : [`DNS:${name}`, `IP:${name}`]));
  return [
    'basicConstraints=critical,CA:FALSE',
    'keyUsage=critical,digitalSignature',
    `extendedKeyUsage=${uses.join(',')}`,
    `subjectAltName=${alternatives.join(',')}`,
    'subjectKeyIdentifier=hash',
    'authorityKeyIdentifier=keyid',
    '',
  ].join('\n');
}

function openssl(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args[0] ?? ''}: ${error?.message ?? stderr}`);
}
