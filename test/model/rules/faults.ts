/** Every fault that real nodes are broken by, topic by topic. What Erlang makes of each is in `test/support/broken/seen.json`. */
import type { Fault } from '../../support/broken/fault';
import { CHAIN_FAULTS } from './certificates/chain.faults';
import { EXTENSIONS_FAULTS } from './certificates/extensions.faults';
import { HOST_NAMES_FAULTS } from './certificates/host-names.faults';
import { KEY_TYPES_FAULTS } from './certificates/key-types.faults';
import { KEY_USES_FAULTS } from './certificates/key-uses.faults';
import { LEAF_FAULTS } from './certificates/leaf.faults';
import { NAME_CONSTRAINTS_FAULTS } from './certificates/name-constraints.faults';
import { PEM_FILES_FAULTS } from './certificates/pem-files.faults';
import { PRIVATE_KEY_FAULTS } from './certificates/private-key.faults';
import { REVOCATION_FAULTS } from './certificates/revocation.faults';
import { SIGNATURES_FAULTS } from './certificates/signatures.faults';
import { TRUST_BUNDLE_FAULTS } from './certificates/trust-bundle.faults';
import { VALIDITY_FAULTS } from './certificates/validity.faults';
import { VERIFIERS_FAULTS } from './certificates/verifiers.faults';
import { ACCESS_FAULTS } from './files/access.faults';
import { PRESENCE_FAULTS } from './files/presence.faults';
import { SYMLINKS_FAULTS } from './files/symlinks.faults';
import { APPLICATION_PARAMETERS_FAULTS } from './flags/application-parameters.faults';
import { ARGS_FILES_FAULTS } from './flags/args-files.faults';
import { LISTENING_FAULTS } from './flags/listening.faults';
import { NODE_NAMES_FAULTS } from './flags/node-names.faults';
import { OPTION_CHANNELS_FAULTS } from './flags/option-channels.faults';
import { PLAIN_TEXT_LISTENER_FAULTS } from './flags/plain-text-listener.faults';
import { PROTOCOL_FAULTS } from './flags/protocol.faults';
import { REPEATED_FAULTS } from './flags/repeated.faults';
import { AGREEMENT_FAULTS } from './options/agreement.faults';
import { OPTION_FILE_FAULTS } from './options/option-file.faults';
import { VERDICTS_FAULTS } from './options/verdicts.faults';
import { VERIFICATION_FAULTS } from './options/verification.faults';
import { SHARED_KEYS_FAULTS } from './trust/shared-keys.faults';
import { UNTRUSTED_BY_PEER_FAULTS } from './trust/untrusted-by-peer.faults';

export const FAULTS: readonly Fault[] = [
  ...ARGS_FILES_FAULTS,
  ...APPLICATION_PARAMETERS_FAULTS,
  ...PROTOCOL_FAULTS,
  ...PLAIN_TEXT_LISTENER_FAULTS,
  ...REPEATED_FAULTS,
  ...OPTION_CHANNELS_FAULTS,
  ...NODE_NAMES_FAULTS,
  ...LISTENING_FAULTS,
  ...OPTION_FILE_FAULTS,
  ...VERDICTS_FAULTS,
  ...VERIFICATION_FAULTS,
  ...AGREEMENT_FAULTS,
  ...PRESENCE_FAULTS,
  ...ACCESS_FAULTS,
  ...SYMLINKS_FAULTS,
  ...PEM_FILES_FAULTS,
  ...PRIVATE_KEY_FAULTS,
  ...TRUST_BUNDLE_FAULTS,
  ...VALIDITY_FAULTS,
  ...CHAIN_FAULTS,
  ...HOST_NAMES_FAULTS,
  ...NAME_CONSTRAINTS_FAULTS,
  ...KEY_USES_FAULTS,
  ...KEY_TYPES_FAULTS,
  ...LEAF_FAULTS,
  ...SIGNATURES_FAULTS,
  ...EXTENSIONS_FAULTS,
  ...VERIFIERS_FAULTS,
  ...REVOCATION_FAULTS,
  ...UNTRUSTED_BY_PEER_FAULTS,
  ...SHARED_KEYS_FAULTS,
];
