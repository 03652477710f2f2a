/** For each TLS option of the table, a correct value and one that reveals whether a node uses the option. */
import type { SslOptionRow } from '../../../src/model/erlang/options/ssl-option';
import { string } from '../erlang/text';
import { KEY_PASSWORD, type OptionPki } from './pki';

export interface OptionExample {
  /** A right value, as a user gives it to the typed options. A row that is about one value has that one. */
  readonly given?: unknown;
  /** Erlang text. Wherever the option is heeded, the connection is another one with this value than with the right one: most often none. */
  readonly telling: string;
  /** Other options of the same side in both connections: name and Erlang text. */
  readonly beside?: Readonly<Record<string, string>>;
  /** Other options of the peer in both connections; undefined where it leaves one out. */
  readonly peer?: Readonly<Record<string, string | undefined>>;
  /** The option is about TLS 1.2: where both versions are enabled, the peer speaks only that. */
  readonly speaks12?: true;
}

/**
 * For options whose values have no effect that the two nodes could see. A side that reads the option refuses this; a side that does not
 * know it cannot.
 */
const ILL_FORMED = '{ill,formed}';

const AES = ['TLS_AES_128_GCM_SHA256', 'ECDHE-ECDSA-AES128-GCM-SHA256'];
const CHACHA = ['TLS_CHACHA20_POLY1305_SHA256', 'ECDHE-ECDSA-CHACHA20-POLY1305'];

/** The examples for a row. `client` and `server` have their own where the kind of value differs. */
export function exampleFor({ option, side, value }: SslOptionRow, pki: OptionPki): OptionExample {
  const examples = optionExamples(pki);
  const example = examples[`${option} (${side})`] ?? examples[option];
  if (example === undefined) throw new Error(`test/support/options/examples.ts has no example for ${option}`);
  return value === undefined ? example : { ...example, given: value };
}

function optionExamples(pki: OptionPki): Readonly<Record<string, OptionExample>> {
  const hashDirectory = (directory: string): string => `{ssl_crl_hash_dir,{internal,[{dir,${string(directory)}}]}}`;
  const certsKeys = (bundle: string): string => `[#{certfile => ${string(bundle)},keyfile => ${string(bundle)}}]`;
  const strings = (values: readonly string[]): string => `[${values.map(string).join(',')}]`;
  return {
    certfile: { given: pki.bundles[0], telling: string(pki.nothing) },
    keyfile: { given: pki.bundles[0], telling: string(pki.nothing) },
    cacertfile: { given: pki.root, telling: string(pki.foreignRoot) },
    verify: { given: 'verify_peer', telling: ILL_FORMED },
    versions: { given: ['tlsv1.3', 'tlsv1.2'], telling: "['tlsv1.1']" },
    crl_check: { given: 'peer', telling: 'true', beside: { crl_cache: hashDirectory(pki.lists) } },
    crl_cache: { given: hashDirectory(pki.lists), telling: hashDirectory(pki.noLists), beside: { crl_check: 'peer' } },
    // The dialling node shows no certificate.
    'fail_if_no_peer_cert (server)': {
      given: false,
      telling: 'true',
      peer: { certfile: undefined, keyfile: undefined },
    },
    'fail_if_no_peer_cert (client)': { given: true, telling: 'false' },

    depth: { given: 1, telling: '0' },
    hibernate_after: { given: 10_000, telling: ILL_FORMED },
    log_level: { given: 'error', telling: ILL_FORMED },
    ciphers: { given: AES, telling: strings(CHACHA) },
    verify_fun: { given: '{fun option_witness:accept/3,[]}', telling: '{fun option_witness:refuse/3,[]}' },
    // Where the kernel cannot do it, nothing connects; where it can, the VM sees a plain socket.
    ktls: { given: false, telling: 'true' },
    supported_groups: { given: ['secp256r1'], telling: '[ffdhe2048]' },
    'session_tickets (server)': { given: 'auto', telling: ILL_FORMED },
    'session_tickets (client)': { given: 'auto', telling: ILL_FORMED },
    middlebox_comp_mode: { given: false, telling: ILL_FORMED },
    reuse_sessions: { given: false, telling: ILL_FORMED },
    secure_renegotiate: { telling: ILL_FORMED },

    certs_keys: { given: certsKeys(pki.spareBundle), telling: certsKeys(pki.nothing) },
    password: {
      given: 'fun option_witness:password/0',
      telling: 'fun option_witness:no_password/0',
      beside: { keyfile: string(pki.encryptedKey) },
    },
    signature_algs: { given: ['ecdsa_secp256r1_sha256'], telling: '[rsa_pss_rsae_sha256]', speaks12: true },
    signature_algs_cert: { given: ['ecdsa_secp256r1_sha256'], telling: '[rsa_pss_rsae_sha256]', speaks12: true },
    eccs: { given: ['secp256r1'], telling: '[secp521r1]', peer: { eccs: '[secp256r1]' }, speaks12: true },
    max_handshake_size: { given: 65_536, telling: ILL_FORMED },
    key_update_at: { given: 1_000_000_000, telling: ILL_FORMED },

    dhfile: { given: pki.dhParameters, telling: string(pki.nothing) },
    stapling: { given: 'staple', telling: ILL_FORMED },
    allow_any_ca_purpose: { given: false, telling: ILL_FORMED },
    cert_policy_opts: { given: '[{inhibit_any_policy,true}]', telling: '[{explicit_policy,true}]' },
    certificate_authorities: { given: false, telling: ILL_FORMED },
    customize_hostname_check: {
      given: '[{match_fun,fun option_witness:match/2}]',
      telling: '[{match_fun,fun option_witness:mismatch/2}]',
    },
    server_name_indication: { given: 'two.options.test', telling: '"elsewhere.options.test"' },
    honor_cipher_order: {
      given: true,
      telling: 'false',
      beside: { ciphers: strings([...AES, ...CHACHA]) },
      peer: { ciphers: strings([...CHACHA, ...AES]) },
    },
    client_renegotiation: { given: false, telling: ILL_FORMED },
  };
}

/** The module that the funs among the values are in, as its source. A node needs it from the first connection on. */
export const WITNESS_MODULE = `
-module(option_witness).
-export([accept/3, refuse/3, password/0, no_password/0, match/2, mismatch/2]).
accept(_, {bad_cert, _} = Reason, _) -> {fail, Reason};
accept(_, {extension, _}, State) -> {unknown, State};
accept(_, _, State) -> {valid, State}.
refuse(_, _, _) -> {fail, refused}.
password() -> ${string(KEY_PASSWORD)}.
no_password() -> "wrong".
match(_, _) -> true.
mismatch(_, _) -> false.
`;
