import type { Option } from '../../erlang/options/option-file-reader';
import { asksForRevocation, crlDirectoryOf } from '../../erlang/options/tls-settings';
import { type CrlFacts, readCrl } from '../../x509/crl-reader';
import { readPem } from '../../x509/pem-reader';
import { type FilesIn, nameOf, textOf } from './found-file';

/** A revocation list, and the name of its file: it is found by that. */
export interface FoundList {
  readonly name: string;
  readonly facts: CrlFacts;
}

/** Lists in the directory of `ssl_crl_hash_dir`. Absent if the options ask for no list, or take lists from elsewhere. */
export function readRevocation(options: readonly Option[], filesIn: FilesIn): readonly FoundList[] | undefined {
  const directory = crlDirectoryOf(options);
  if (directory === undefined || !asksForRevocation(options)) return undefined;
  return filesIn(directory).flatMap((file) => {
    const lists = readPem(textOf(file)).blocks.filter(({ label }) => label === 'X509 CRL');
    const name = nameOf(file.path);
    return lists.flatMap(({ der }) => {
      const facts = readCrl(der);
      return facts === undefined ? [] : [{ name, facts }];
    });
  });
}
