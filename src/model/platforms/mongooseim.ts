import { refuse } from '../errors';
import type { PlatformProfile } from './profile';

/** What a MongooseIM cluster can choose. */
export interface MongooseImOptions {
  /**
   * Puts the TLS options into a file of their own instead of `-ssl_dist_opt`. The flat form is what MongooseIM's documentation shows;
   * the file can say more: two TLS versions, paths with other than ASCII characters, every option of the table.
   *
   * @default false
   */
  readonly optionFile?: boolean;
  /**
   * Value of `-proto_dist`: `"inet_tls"` or `"inet6_tls"`.
   *
   * @default "inet_tls"
   */
  readonly protoDist?: string;
}

const PROTOCOLS: readonly string[] = ['inet_tls', 'inet6_tls'];

/** MongooseIM: `vm.dist.args`, which the server, `mongooseimctl`, `mongooseim debug` and `nodetool` all read. */
export function mongooseIm(options: MongooseImOptions = {}): PlatformProfile {
  const { optionFile = false, protoDist = 'inet_tls' } = options;
  if (!PROTOCOLS.includes(protoDist))
    refuse('platform-protocol-unknown', { subject: 'protoDist of MongooseIM', got: protoDist });
  return {
    name: 'MongooseIM',
    protoDist,
    optionStyle: optionFile ? 'option-file' : 'flat',
    optionFileName: 'ssl_dist.conf',
    argsFileName: 'vm.dist.args',
    flags: [],
    splitsPathsAtBlanks: false,
    toolsShareFlags: true,
    plainTextNodes: [],
  };
}
