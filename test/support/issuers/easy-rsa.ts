/** easy-rsa as somebody who signs requests outside of Terraform. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EASY_RSA } from '../programs/requires';

/** A CA of easy-rsa. */
export class EasyRsa {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.run('init-pki');
    this.run('--req-cn=Company Root', 'build-ca', 'nopass');
  }

  /** Certificate and key of the CA, as PEM. */
  get pems(): { readonly certificatePem: string; readonly privateKeyPem: string } {
    return { certificatePem: this.read('ca.crt'), privateKeyPem: this.read('private/ca.key') };
  }

  /** Signs with one of easy-rsa's own types. */
  sign(name: string, requestPem: string, type: 'serverClient' | 'client'): string {
    const request = join(this.directory, `${name}.csr`);
    writeFileSync(request, requestPem);
    this.run('import-req', request, name);
    this.run('--copy-ext', 'sign-req', type, name);
    return this.read(`issued/${name}.crt`);
  }

  private read(name: string): string {
    return readFileSync(join(this.directory, 'pki', name), 'utf8');
  }

  private run(...args: readonly string[]): void {
    const options = ['--batch', '--use-algo=ec', '--curve=prime256v1', `--pki-dir=${join(this.directory, 'pki')}`];
    const { status, stdout, stderr } = spawnSync(EASY_RSA, [...options, ...args], {
      ...{ cwd: this.directory, encoding: 'utf8' },
      env: { PATH: process.env.PATH, EASYRSA: '/usr/share/easy-rsa', HOME: this.directory },
    });
    if (status !== 0) throw new Error(`easyrsa ${args.join(' ')}: ${stdout}${stderr}`);
  }
}
