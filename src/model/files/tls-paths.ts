import { inDirectory } from '../cluster/absolute-path';

/** Where the PEM files of a node or of the tools lie. */
export interface TlsPaths {
  readonly certfile: string;
  /** Undefined where the key lies in `certfile`, before the certificate. */
  readonly keyfile?: string;
  readonly cacertfile: string;
}

/** Key and certificate in one file `<name>.pem`, or apart under the names that most documentation has. */
export function tlsPaths(directory: string, name: string, separateKeyFile: boolean): TlsPaths {
  const cacertfile = inDirectory(directory, 'ca.pem');
  return separateKeyFile
    ? { certfile: inDirectory(directory, 'cert.pem'), keyfile: inDirectory(directory, 'key.pem'), cacertfile }
    : { certfile: inDirectory(directory, `${name}.pem`), cacertfile };
}
