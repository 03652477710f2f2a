/** Keys and certificates with any fault that is asked for, made by the `openssl` program. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openssl } from '../programs/openssl';

/** What a certificate may differ in. */
export interface Wish {
  readonly commonName?: string;
  /** @default - the common name, as DNS */
  readonly alternativeNames?: string;
  readonly extendedKeyUsage?: string;
  readonly keyUsage?: string;
  /** Hours from now. */
  readonly from?: number;
  readonly to?: number;
  /** A key that is there already. */
  readonly existingKey?: string;
  /** Arguments of `openssl req -newkey`. */
  readonly key?: readonly string[];
  readonly digest?: string;
  /** Lines of further extensions, or instead of those above. */
  readonly more?: readonly string[];
  readonly isCa?: boolean;
}

/** A certificate and its key, as PEM texts. */
export interface Pair {
  readonly certificate: string;
  readonly key: string;
}

export const P256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** By default, OpenSSL limits a common name to 64 characters. */
const LONG_NAMES = 'openssl_conf=modules\n[modules]\nstbl_section=lengths\n[lengths]\nCN=min:1, max:200\n';

export class Workshop {
  /** Of all workshops: no CA gives out a serial number twice. */
  private static made = 0;

  constructor(readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  /** A CA that signed itself. */
  root(commonName: string, { from = -1, to = 3000, ...wish }: Wish = {}): Pair {
    return this.signed({ commonName, isCa: true, from, to, ...wish }, undefined);
  }

  /** A certificate by that CA. A CA outlives what it signs, whenever that is made. */
  issue(issuer: Pair, wish: Wish): Pair {
    return this.signed(wish.isCa === true ? { to: 2500, ...wish } : wish, issuer);
  }

  /** A file of the workshop. */
  file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text);
    return path;
  }

  /** A revocation list of that CA, with these on it. */
  revocationList(issuer: Pair, nextUpdate: number, revoked: readonly Pair[] = []): string {
    Workshop.made += 1;
    const database = this.file(`${Workshop.made}.txt`, revoked.map((one) => this.revocation(one)).join(''));
    const configuration = this.file(
      `${Workshop.made}.cnf`,
      `[ca]\ndefault_ca=x\n[x]\ndatabase=${database}\ndefault_md=sha256\n`,
    );
    const signer = [
      '-cert',
      this.file(`${Workshop.made}.ca`, issuer.certificate),
      '-keyfile',
      this.file(`${Workshop.made}.ca.key`, issuer.key),
    ];
    const list = join(this.directory, `${Workshop.made}.crl`);
    openssl([
      ...['ca', '-config', configuration, '-gencrl', ...signer, '-out', list],
      ...['-crl_lastupdate', time(nextUpdate - 24), '-crl_nextupdate', time(nextUpdate)],
    ]);
    return readFileSync(list, 'utf8');
  }

  /** A line of the database of `openssl ca`. */
  private revocation({ certificate }: Pair): string {
    const path = this.file('revoked.pem', certificate);
    const serial = openssl(['x509', '-noout', '-serial', '-in', path]).trim().replace('serial=', '');
    return ['R', time(2000).slice(2), time(-1).slice(2), serial, 'unknown', '/CN=x\n'].join('\t');
  }

  private signed(wish: Wish, issuer: Pair | undefined): Pair {
    Workshop.made += 1;
    const path = (end: string): string => join(this.directory, `${Workshop.made}.${end}`);
    const { commonName = 'x', key = P256, digest = 'sha256', from = -1, to = 2000 } = wish;
    const keyArgs =
      wish.existingKey === undefined
        ? ['-newkey', ...key, '-nodes', '-keyout', path('key')]
        : ['-key', this.file(`${Workshop.made}.key`, wish.existingKey)];
    const request = this.file(`${Workshop.made}.req`, `${LONG_NAMES}[req]\ndistinguished_name=any\n[any]\n`);
    openssl(['req', '-new', '-config', request, ...keyArgs, '-subj', `/CN=${commonName}`, '-out', path('csr')]);
    writeFileSync(path('ext'), extensions(wish));
    writeFileSync(path('txt'), '');
    writeFileSync(path('txt.attr'), 'unique_subject = no\n');
    writeFileSync(path('serial'), `10${String(Workshop.made).padStart(6, '0')}\n`);
    writeFileSync(
      path('cnf'),
      `${LONG_NAMES}[ca]\ndefault_ca=x\n[x]\ndatabase=${path('txt')}\nserial=${path('serial')}\nnew_certs_dir=${this.directory}\npolicy=any\n[any]\ncommonName=supplied\n`,
    );
    const signer =
      issuer === undefined
        ? ['-selfsign', '-keyfile', path('key')]
        : [
            '-cert',
            this.file(`${Workshop.made}.ca`, issuer.certificate),
            '-keyfile',
            this.file(`${Workshop.made}.ca.key`, issuer.key),
          ];
    openssl([
      ...['ca', '-config', path('cnf'), '-batch', '-notext', '-in', path('csr'), '-out', path('pem'), '-md', digest],
      ...['-extfile', path('ext'), '-startdate', time(from), '-enddate', time(to), ...signer],
    ]);
    return { certificate: readFileSync(path('pem'), 'utf8'), key: readFileSync(path('key'), 'utf8') };
  }
}

function extensions({
  isCa = false,
  commonName = 'x',
  alternativeNames = `DNS:${commonName}`,
  extendedKeyUsage = 'serverAuth,clientAuth',
  keyUsage = isCa ? 'keyCertSign,cRLSign' : 'digitalSignature',
  more = [],
}: Wish): string {
  return [
    `basicConstraints=critical,CA:${isCa ? 'TRUE' : 'FALSE'}`,
    ...(keyUsage === '' ? [] : [`keyUsage=critical,${keyUsage}`]),
    ...(isCa || extendedKeyUsage === '' ? [] : [`extendedKeyUsage=${extendedKeyUsage}`]),
    ...(isCa || alternativeNames === '' ? [] : [`subjectAltName=${alternativeNames}`]),
    'subjectKeyIdentifier=hash',
    ...more,
    '',
  ].join('\n');
}

/** `20261231235959Z` */
function time(hoursFromNow: number): string {
  return `${new Date(Date.now() + hoursFromNow * 3_600_000).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
