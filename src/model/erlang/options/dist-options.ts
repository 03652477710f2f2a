import { absolutePath } from '../../cluster/absolute-path';
import { refuse } from '../../findings/finding';
import type { OtpRelease } from '../../otp/otp-release';
import type { SharedNames } from '../../pki/shared-identity';
import { atom, list, pathTerm, type Term, text, tuple } from '../terms/term';
import { CrlCheck } from './crl-check';
import { SSL_OPTION_UNKNOWN } from './near-option';
import { propertyTerm } from './option-values';
import type { Side } from './ssl-option';
import { optionRow } from './ssl-option-table';
import type { ClientSslOptions, ServerSslOptions } from './ssl-options';
import type { TlsVersions } from './tls-versions';
import { WILDCARD_MATCH } from './wildcard-match';

/** The input from which the options of a node or a tool are made. Paths are absolute paths on the node. */
export interface DistOptionsInput {
  readonly otp: OtpRelease;
  readonly certfile: string;
  readonly keyfile?: string;
  readonly cacertfile: string;
  readonly versions: TlsVersions;
  readonly unsafeVerifyNone: boolean;
  readonly crlDirectory?: string;
  readonly crlCheck?: CrlCheck;
  /** Names that nodes expect in place of the host that they dial. Absent if each node has a certificate of its own. */
  readonly sharedNames?: SharedNames;
  readonly serverOptions: ServerSslOptions;
  readonly clientOptions: ClientSslOptions;
}

/** The options of one side, in the order they are written; no name twice. */
export type SideOptions = readonly (readonly [option: string, value: Term])[];

/** The options of both sides. A tool only dials, and has no server side. */
export interface DistOptions {
  readonly server?: SideOptions;
  readonly client: SideOptions;
}

/** The options of a node: it accepts and dials. */
export function nodeOptions(input: DistOptionsInput): DistOptions {
  return Object.freeze({ server: sideOptions('server', input), client: sideOptions('client', input) });
}

/** The options of a tool: it dials. */
export function toolOptions(input: DistOptionsInput): DistOptions {
  return Object.freeze({ client: sideOptions('client', input) });
}

function sideOptions(side: Side, input: DistOptionsInput): SideOptions {
  const { certfile, keyfile, cacertfile, versions, unsafeVerifyNone, crlDirectory, crlCheck, sharedNames } = input;
  const verifies = !unsafeVerifyNone;
  return [
    ['certfile', checkedPath('certfile', certfile)],
    ...(keyfile === undefined ? [] : [['keyfile', checkedPath('keyfile', keyfile)] as const]),
    ['cacertfile', checkedPath('cacertfile', cacertfile)],
    ['verify', atom(verifies ? 'verify_peer' : 'verify_none')],
    // Up to OTP 25 the server admits clients without a certificate by default. On the client side, the option is an error from 26 on.
    ...(side === 'server' && verifies ? [['fail_if_no_peer_cert', atom('true')] as const] : []),
    ['versions', list(versions.names.map(atom))],
    ...(crlDirectory === undefined ? [] : crlOptions(crlDirectory, crlCheck)),
    ...(side === 'client' && sharedNames !== undefined ? [nameOption(sharedNames)] : []),
    ...extraOptions(side, input),
  ];
}

/** Whether an option says which names clients compare. */
export function comparesNames(option: string): boolean {
  return option === 'server_name_indication' || option === 'customize_hostname_check';
}

function nameOption(names: SharedNames): SideOptions[number] {
  return 'serverName' in names
    ? ['server_name_indication', text(names.serverName)]
    : ['customize_hostname_check', WILDCARD_MATCH];
}

function checkedPath(subject: string, path: string): Term {
  return pathTerm(absolutePath(subject, path));
}

/**
 * `ssl_crl_hash_dir` reads `<hash>.r0` files, as `openssl rehash` names them, at every handshake. `peer` checks the leaf: the root is
 * trusted by its presence in the bundle, and has no list to be on.
 */
function crlOptions(directory: string, check = CrlCheck.PEER): SideOptions {
  const dir = list([tuple(atom('dir'), checkedPath('crlDirectory', directory))]);
  return [
    ['crl_check', atom(check.name)],
    ['crl_cache', tuple(atom('ssl_crl_hash_dir'), tuple(atom('internal'), dir))],
  ];
}

function extraOptions(side: Side, input: DistOptionsInput): SideOptions {
  return givenOptions(side, input).map(({ option, value }) => {
    const row =
      optionRow(option, side, value) ?? refuse(SSL_OPTION_UNKNOWN, { subject: `${side} option`, got: option });
    return [option, propertyTerm(row, value)] as const;
  });
}

/** The user's own options of a side, by OTP's names, without those left undefined. */
export function givenOptions(side: Side, input: DistOptionsInput): readonly { option: string; value: unknown }[] {
  const given: Record<string, unknown> = { ...(side === 'server' ? input.serverOptions : input.clientOptions) };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ option: name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`), value }));
}
