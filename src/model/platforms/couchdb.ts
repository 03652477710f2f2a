import type { DistributionInput } from '../erlang/distribution-flags';
import { collectedFlag, type VmFlag } from '../erlang/vm-flags';
import { refuse } from '../errors';
import type { PlatformProfile } from './profile';

/** What a CouchDB cluster can choose. */
export interface CouchDbOptions {
  /**
   * Nodes that are reached without TLS, by the name they are dialled under: `"clouseau@127.0.0.1"` for the search node. `*` stands for
   * any sequence of characters, `?` for exactly one; everything else stands for itself.
   *
   * The traffic to them is in clear: keep it on the loopback interface. Refused: patterns without a host (they match nothing) and
   * patterns that match a node of the cluster (it would listen in plain text for everybody).
   *
   * @default - none: every connection is TLS
   */
  readonly plainTextNodes?: string[];
  /**
   * `no_tls true`: every connection in plain text, for a cluster that is configured for TLS and has not switched yet.
   *
   * @default false
   */
  readonly unsafePlainText?: boolean;
  /**
   * Value of `-proto_dist`: `"couch"`, `"inet_tls"` or `"inet6_tls"`. CouchDB's own module is `inet_tls` with exceptions, over IPv4.
   *
   * @default "couch"
   */
  readonly protoDist?: string;
}

/** The module of `src/couch_dist/src/couch_dist.erl`. */
const COUCH = 'couch';
const PROTOCOLS: readonly string[] = [COUCH, 'inet_tls', 'inet6_tls'];

/** Apache CouchDB 3: `vm.args`, `couch_dist.conf` and `remsh -t`. */
export function couchDb(options: CouchDbOptions = {}): PlatformProfile {
  const { plainTextNodes = [], unsafePlainText = false, protoDist = COUCH } = options;
  checkProtocol(protoDist, plainTextNodes, unsafePlainText);
  const patterns = plainTextNodes.map(checkPattern);
  return {
    name: 'CouchDB',
    protoDist,
    optionStyle: 'option-file',
    optionFileName: 'couch_dist.conf',
    argsFileName: 'vm.args',
    flags: protoDist === COUCH ? noTlsFlags(patterns, unsafePlainText) : [],
    splitsPathsAtBlanks: true, // `remsh -t` hands the path on without quotes.
    toolsShareFlags: false,
    // `remsh -t` speaks inet_tls whatever the nodes speak.
    tool: protoDist === 'inet6_tls' ? undefined : { optionFileName: 'remsh.conf', command: remshCommand },
    plainTextNodes: patterns.map((pattern) => ({ pattern, expression: plainTextExpression(pattern) })),
  };
}

function checkProtocol(protoDist: string, plainTextNodes: readonly string[], unsafePlainText: boolean): void {
  const subject = 'protoDist of CouchDB';
  if (!PROTOCOLS.includes(protoDist)) refuse('platform-protocol-unknown', { subject, got: protoDist });
  const hasPlainText = plainTextNodes.length > 0 || unsafePlainText;
  if (protoDist !== COUCH && hasPlainText) refuse('plain-text-needs-own-protocol', { subject, got: protoDist });
  if (unsafePlainText && plainTextNodes.length > 0) {
    refuse('plain-text-given-twice', { subject: 'plainTextNodes of CouchDB', got: plainTextNodes });
  }
}

/** `couch_dist` reads every `no_tls`; older ones crash without any, so the default is written out. */
function noTlsFlags(patterns: readonly string[], unsafePlainText: boolean): readonly VmFlag[] {
  if (patterns.length === 0) return [collectedFlag('couch_dist', 'no_tls', String(unsafePlainText))];
  return patterns.map((pattern) => collectedFlag('couch_dist', 'no_tls', noTlsValue(pattern)));
}

/**
 * The double quotes make the value an Erlang term: `couch_dist` is an application too, and the VM does not boot when a parameter of an
 * application is no term. `couch_dist` takes them off and compiles the rest as an anchored regular expression after turning `*` into `.*`
 * and `?` into `.`; a bracketed dot is the way to say a dot that needs no backslash, which four readers would each treat in their own way.
 */
function noTlsValue(pattern: string): string {
  return `"${pattern.replaceAll('.', '[.]')}"`;
}

/** Node name characters and the two wildcards: nothing that a regular expression would take for an operator. */
function checkPattern(pattern: string): string {
  if (!/^[0-9A-Za-z_*?-]+@[0-9A-Za-z_.:*?-]+$/.test(pattern)) {
    refuse('node-pattern-illegal', { subject: 'plainTextNodes of CouchDB', got: pattern });
  }
  return pattern;
}

/** `couch_dist` anchors the expression. */
function plainTextExpression(pattern: string): string {
  const source = pattern.replace(
    /[.*?]/g,
    (character) => ({ '.': '[.]', '*': '.*', '?': '.' })[character] ?? character,
  );
  return `^${source}$`;
}

/** Without epmd, the tool has to be told the port, and not to listen on it itself. */
function remshCommand(optionFile: string, { portWithoutEpmd }: DistributionInput): string {
  const remsh = `remsh -t ${optionFile}`;
  if (portWithoutEpmd === undefined) return remsh;
  return `ERL_FLAGS="-start_epmd false -erl_epmd_port ${portWithoutEpmd} -dist_listen false" ${remsh}`;
}
