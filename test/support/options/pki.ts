/** The files that option values name: a root, an intermediate that issues for the nodes, and what must not be trusted. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { openssl, OperatedCa } from '../programs/openssl';

/** Absolute paths. A bundle holds key, certificate and intermediate. */
export interface OptionPki {
  /** Of each host, by the order of the hosts. */
  readonly bundles: readonly string[];
  /** For the first host like the first bundle, and with another serial number. */
  readonly spareBundle: string;
  /** The key of the first bundle alone, under `KEY_PASSWORD`. */
  readonly encryptedKey: string;
  readonly root: string;
  readonly intermediate: string;
  /** A root that issued nothing. */
  readonly foreignRoot: string;
  /** Diffie-Hellman parameters. */
  readonly dhParameters: string;
  /** A directory with the intermediate's empty list, and one without a list. */
  readonly lists: string;
  readonly noLists: string;
  /** A path where nothing is. */
  readonly nothing: string;
}

/** Names of such files, for tests that read none of them. */
export const NAMED_PKI: OptionPki = {
  bundles: ['/pki/one.pem', '/pki/two.pem'],
  spareBundle: '/pki/spare.pem',
  encryptedKey: '/pki/encrypted.key',
  root: '/pki/root.pem',
  intermediate: '/pki/intermediate.pem',
  foreignRoot: '/pki/foreign.pem',
  dhParameters: '/pki/dh.pem',
  lists: '/pki/lists',
  noLists: '/pki/none',
  nothing: '/pki/nothing.pem',
};

export const KEY_PASSWORD = 'open sesame';

/** Makes everything new below `directory`. */
export function createOptionPki(directory: string, hosts: readonly [string, ...string[]]): OptionPki {
  const path = (name: string): string => join(directory, name);
  mkdirSync(path('none'), { recursive: true });
  const root = selfSigned(path('root'), 'Root');
  const issuer = { certificate: path('intermediate.pem'), key: path('intermediate.key') };
  signIntermediate(root, issuer, path('intermediate.csr'), path('intermediate.ext'));
  const privateKeyPem = readFileSync(issuer.key, 'utf8');
  const certificatePem = readFileSync(issuer.certificate, 'utf8');
  const ca = new OperatedCa(path('issuer'), { certificatePem, privateKeyPem });
  const bundle = (name: string, host: string): string => {
    writeFileSync(path(name), ca.issue({ host }) + certificatePem);
    return path(name);
  };
  const bundles = hosts.map((host, index) => bundle(`node-${index}.pem`, host));
  const spareBundle = bundle('spare.pem', hosts[0]);
  ca.writeRevocationList(path('lists'));
  openssl(['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', 'group:ffdhe2048', '-out', path('dh.pem')]);
  return {
    bundles,
    spareBundle,
    encryptedKey: encryptKey(bundles[0] ?? '', path('encrypted.key')),
    root: root.certificate,
    intermediate: issuer.certificate,
    foreignRoot: selfSigned(path('foreign'), 'Foreign').certificate,
    dhParameters: path('dh.pem'),
    lists: path('lists'),
    noLists: path('none'),
    nothing: path('nothing'),
  };
}

interface Authority {
  readonly certificate: string;
  readonly key: string;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function selfSigned(base: string, name: string): Authority {
  const authority = { certificate: `${base}.pem`, key: `${base}.key` };
  openssl([
    ...['req', '-x509', '-days', '1', '-subj', `/CN=${name}`, ...NEW_KEY],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-keyout', authority.key, '-out', authority.certificate],
  ]);
  return authority;
}

function signIntermediate(root: Authority, { certificate, key }: Authority, request: string, extensions: string): void {
  openssl(['req', '-new', '-subj', '/CN=Intermediate', ...NEW_KEY, '-keyout', key, '-out', request]);
  const lines = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
  writeFileSync(extensions, [...lines, 'subjectKeyIdentifier=hash', 'authorityKeyIdentifier=keyid', ''].join('\n'));
  openssl([
    ...['x509', '-req', '-days', '1', '-in', request, '-CA', root.certificate, '-CAkey', root.key, '-CAcreateserial'],
    ...['-extfile', extensions, '-out', certificate],
  ]);
}

/** PKCS#8 with the algorithms that OTP decrypts. */
function encryptKey(bundle: string, file: string): string {
  openssl(['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', `pass:${KEY_PASSWORD}`, '-in', bundle, '-out', file]);
  return file;
}
