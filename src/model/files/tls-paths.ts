import { inDirectory } from '../cluster/absolute-path';

/** Paths of the PEM files of a node or of the tools. */
export interface TlsPaths {
  readonly certfile: string;
  /** Absent if the key is in `certfile`, before the certificate. */
  readonly keyfile?: string;
  readonly cacertfile: string;
  /** Directory of the revocation lists. Absent if the library delivers none. */
  readonly crlDirectory?: string;
}

/** The directory of revocation lists below that of a node. */
export const LIST_DIRECTORY = 'crls';

/** Paths with key and certificate in one file `<name>.pem`, or in two files with the names that most documentation uses. */
export function tlsPaths(directory: string, name: string, separateKeyFile: boolean): TlsPaths {
  const cacertfile = inDirectory(directory, 'ca.pem');
  return separateKeyFile
    ? { certfile: inDirectory(directory, 'cert.pem'), keyfile: inDirectory(directory, 'key.pem'), cacertfile }
    : { certfile: inDirectory(directory, `${name}.pem`), cacertfile };
}
