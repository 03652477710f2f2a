import type { FlagUse } from '../../erlang/flags/flag-use';
import { couchDb } from '../couchdb';
import { ipv6ProtocolIn, type PlatformRecognition, seenBy } from '../reader';
import { COUCH, COUCHDB_READER } from './reader';

const hasItsFiles = seenBy('couchdb', 'couch_dist.conf', 'couch_ssl_dist.conf');

/** Recognises nodes that were configured by hand. */
export const COUCHDB_RECOGNITION: PlatformRecognition = {
  factory: 'couchDb',
  page: 'couchdb',
  isSeenIn: (node) => node.protocol === COUCH || hasItsFiles(node),
  propertiesIn: (flags) => ({ ...protocolIn(flags), ...exceptionsIn(flags) }),
  profileWith: couchDb,
};

/** Its own protocol is the default. */
function protocolIn(flags: readonly FlagUse[]): { readonly protoDist?: string } {
  const isOtps = flags.some(({ name, values }) => name === 'proto_dist' && values[0] === 'inet_tls');
  return isOtps ? { protoDist: 'inet_tls' } : ipv6ProtocolIn(flags);
}

/** Patterns of nodes without TLS, as the factory takes them. */
function exceptionsIn(flags: readonly FlagUse[]): { readonly plainTextNodes?: readonly string[] } {
  const values = COUCHDB_READER.protocol?.exceptions?.valuesIn(flags) ?? [];
  const patterns = values.map((value) => value.replace(/^"([^"]*)"$/, '$1').replaceAll('[.]', '.'));
  const plainTextNodes = [...new Set(patterns)].filter((one) => one !== 'true' && one !== 'false');
  return plainTextNodes.length === 0 ? {} : { plainTextNodes };
}
