/** Every fault that real nodes are broken by, topic by topic. What Erlang makes of each is in `test/support/broken/seen.json`. */
import type { Fault } from '../../support/broken/fault';
import { CHAIN_FAULTS } from './certificates/chain.faults';
import { HOST_NAMES_FAULTS } from './certificates/host-names.faults';
import { IDENTITY_FAULTS } from './certificates/identity.faults';
import { LEAF_FAULTS } from './certificates/leaf.faults';
import { NAME_CONSTRAINTS_FAULTS } from './certificates/name-constraints.faults';
import { REVOCATION_FAULTS } from './certificates/revocation.faults';
import { VALIDITY_FAULTS } from './certificates/validity.faults';
import { VERIFIERS_FAULTS } from './certificates/verifiers.faults';
import { ACCESS_FAULTS } from './files/access.faults';
import { PRESENCE_FAULTS } from './files/presence.faults';
import { SYMLINKS_FAULTS } from './files/symlinks.faults';
import { ARGS_FILES_FAULTS } from './flags/args-files.faults';
import { NODE_NAMES_FAULTS } from './flags/node-names.faults';
import { OPTION_CHANNELS_FAULTS } from './flags/option-channels.faults';
import { PLAIN_TEXT_LISTENER_FAULTS } from './flags/plain-text-listener.faults';
import { PROTOCOL_FAULTS } from './flags/protocol.faults';
import { REPEATED_FAULTS } from './flags/repeated.faults';
import { AGREEMENT_FAULTS } from './options/agreement.faults';
import { OPTION_FILE_FAULTS } from './options/option-file.faults';
import { VERDICTS_FAULTS } from './options/verdicts.faults';
import { SHARED_KEYS_FAULTS } from './trust/shared-keys.faults';
import { UNTRUSTED_BY_PEER_FAULTS } from './trust/untrusted-by-peer.faults';

export const FAULTS: readonly Fault[] = [
  ...ARGS_FILES_FAULTS,
  ...PROTOCOL_FAULTS,
  ...PLAIN_TEXT_LISTENER_FAULTS,
  ...REPEATED_FAULTS,
  ...OPTION_CHANNELS_FAULTS,
  ...NODE_NAMES_FAULTS,
  ...OPTION_FILE_FAULTS,
  ...VERDICTS_FAULTS,
  ...AGREEMENT_FAULTS,
  ...PRESENCE_FAULTS,
  ...ACCESS_FAULTS,
  ...SYMLINKS_FAULTS,
  ...IDENTITY_FAULTS,
  ...VALIDITY_FAULTS,
  ...CHAIN_FAULTS,
  ...HOST_NAMES_FAULTS,
  ...NAME_CONSTRAINTS_FAULTS,
  ...LEAF_FAULTS,
  ...VERIFIERS_FAULTS,
  ...REVOCATION_FAULTS,
  ...UNTRUSTED_BY_PEER_FAULTS,
  ...SHARED_KEYS_FAULTS,
];
