import type { Option } from '../../erlang/options/option-file-reader';
import { asksForRevocation, crlDirectoryOf } from '../../erlang/options/tls-settings';
import { type CrlFacts, readCrl } from '../../x509/crl-reader';
import { readPem } from '../../x509/pem-reader';
import { type FilesIn, type FoundFile, textOf } from './found-file';

/** A file in the directory of revocation lists. OTP finds a list by the name of its file. */
export interface FoundList {
  readonly name: string;
  /** Absent if there is no list in the file that OTP could read. */
  readonly facts?: CrlFacts;
  /** Why there is none. */
  readonly problem?: string;
}

/** Lists in the directory of `ssl_crl_hash_dir`. Absent if the options ask for no list, or take lists from elsewhere. */
export function readRevocation(options: readonly Option[], filesIn: FilesIn): readonly FoundList[] | undefined {
  const directory = crlDirectoryOf(options);
  if (directory === undefined || !asksForRevocation(options)) return undefined;
  return [...filesIn(directory)].flatMap(([name, file]) =>
    file.kind === 'file' ? [{ name, ...contentOf(file) }] : [],
  );
}

/**
 * OTP takes a file for PEM if it begins with a block, which has to be the only one, and for DER otherwise (`maybe_parse_pem` in
 * `erlang/otp:lib/ssl/src/ssl_crl_hash_dir.erl`; run on OTP 25, 27 and 29).
 */
function contentOf(file: FoundFile): Pick<FoundList, 'facts' | 'problem'> {
  const text = textOf(file);
  if (!text.startsWith('-----BEGIN')) {
    const facts = readCrl(file.bytes);
    return facts === undefined
      ? { problem: 'it begins with other text than a block of PEM, and is no DER' }
      : { facts };
  }
  const { blocks, problem } = readPem(text);
  const [block, ...others] = blocks;
  if (block === undefined || problem !== undefined) return { problem };
  if (others.length > 0) return { problem: `it has ${blocks.length} blocks of PEM instead of one` };
  const facts = block.label === 'X509 CRL' ? readCrl(block.der) : undefined;
  return facts === undefined ? { problem: 'its block of PEM is no revocation list' } : { facts };
}
