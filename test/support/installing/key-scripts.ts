/** Install scripts of a node that keeps its key, and a CA that signs what the node requests. Terraform takes no part. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NODE_USES } from '../../../src/model/pki/certificate-uses';
import { KeyAlgorithm } from '../../../src/model/pki/key-algorithm';
import { keyOptions, opensslValue, requestConfiguration } from '../../../src/model/pki/openssl-request';
import { openssl } from '../programs/openssl';
import { terraformReads } from '../stacks/template';
import { INSTALLED, mkdirs, NODE } from './install-scripts';
import { scriptText } from './script-text';

export interface KeyScript {
  /** Absent while the node waits. */
  readonly certificate?: string;
  readonly keyAlgorithm?: KeyAlgorithm;
  readonly commonName?: string;
  readonly moreNames?: readonly string[];
  readonly separateKeyFile?: boolean;
  /** Whether it has the option file of a node. */
  readonly hasOptions?: boolean;
}

/** Call `remove` in `afterAll`. */
export class KeyScripts {
  readonly directory = mkdtempSync(join(tmpdir(), 'key-scripts-'));
  private count = 0;

  constructor() {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', this.path('ca.key')];
    openssl(['req', '-x509', ...newKey, '-out', this.path('ca.pem'), '-subj', '/CN=CA', '-days', '9']);
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  newRoot(original?: string): string {
    const root = mkdirs(this.path(`root${(this.count += 1)}`));
    if (original !== undefined) cpSync(original, root, { recursive: true, preserveTimestamps: true });
    return root;
  }

  /** A script with that certificate. */
  write({
    certificate,
    keyAlgorithm = KeyAlgorithm.ECDSA_P256,
    separateKeyFile = false,
    hasOptions = false,
    ...names
  }: KeyScript): string {
    const name = separateKeyFile ? 'cert.pem' : 'node.pem';
    const keyName = separateKeyFile ? 'key.pem' : 'node.pem';
    const files = [
      file('ca.pem', readFileSync(this.path('ca.pem'), 'utf8'), '0644'),
      ...(certificate === undefined ? [] : [file(name, certificate, separateKeyFile ? '0644' : '0600')]),
      ...(certificate !== undefined && separateKeyFile ? [file(keyName, '', '0600')] : []),
      ...(hasOptions ? [file('ssl_dist.conf', optionsOf(name, keyName), '0644')] : []),
    ];
    const host = NODE.slice(NODE.indexOf('@') + 1);
    const text = scriptText({
      ...{ subject: NODE, installDirectory: INSTALLED, owner: '', reload: 'reload', files },
      key: {
        name: keyName,
        certificateName: certificate === undefined ? undefined : name,
        options: keyOptions(keyAlgorithm),
        requestConfiguration: requestConfiguration({
          commonName: opensslValue(names.commonName ?? host),
          alternativeNames: [host, ...(names.moreNames ?? [])].map((one) => `DNS:${one}`).join(','),
          uses: NODE_USES,
        }),
      },
    });
    const path = this.path(`script${(this.count += 1)}.sh`);
    writeFileSync(path, terraformReads(text));
    return path;
  }

  sign(request: string): string {
    const issuer = ['-CA', this.path('ca.pem'), '-CAkey', this.path('ca.key'), '-CAcreateserial'];
    return openssl(['x509', '-req', ...issuer, '-days', '5', '-copy_extensions', 'copyall'], request);
  }
}

function optionsOf(name: string, keyName: string): string {
  const keyfile = keyName === name ? '' : `{keyfile,"${INSTALLED}/${keyName}"},`;
  const common = `{certfile,"${INSTALLED}/${name}"},${keyfile}{cacertfile,"${INSTALLED}/ca.pem"},{verify,verify_peer},{versions,['tlsv1.3']}`;
  return `[{server,[${common},{fail_if_no_peer_cert,true}]},{client,[${common}]}].\n`;
}

function file(name: string, content: string, mode: string): Parameters<typeof scriptText>[0]['files'][number] {
  const checksum = createHash('sha256').update(content).digest('hex');
  return { name, mode, content, checksum, readAtBoot: false, isCommon: false };
}
