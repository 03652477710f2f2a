import { writeArgsFile } from '../erlang/args-file-writer';
import { writeShellWords } from '../erlang/shell-variable-writer';
import { collectedFlag, type VmFlag } from '../erlang/vm-flags';
import { refuse } from '../errors';
import type { IPlatformProfile, IToolProfile, ToolBoot } from './profile';
import { tlsProtocol } from './tls-protocol';

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

const REMSH: IToolProfile = {
  protoDist: 'inet_tls',
  optionFileName: 'remsh.conf',
  bootFiles: () => [],
  command: remshCommand,
};

/** Apache CouchDB 3: `vm.args`, `couch_dist.conf` and `remsh -t`. */
export function couchDb(options: CouchDbOptions = {}): IPlatformProfile {
  const { plainTextNodes = [], unsafePlainText = false, protoDist = COUCH } = options;
  checkProtocol(protoDist, plainTextNodes, unsafePlainText);
  const patterns = plainTextNodes.map(checkPattern);
  return {
    name: 'CouchDB',
    protoDist,
    optionFileName: 'couch_dist.conf',
    flags: protoDist === COUCH ? noTlsFlags(patterns, unsafePlainText) : [],
    needsPlainPaths: true, // `remsh -t` hands the path on without quotes.
    plainTextNodes: patterns.map((pattern) => ({ pattern, expression: plainTextExpression(pattern) })),
    // `remsh -t` speaks inet_tls whatever the nodes speak.
    tools: protoDist === 'inet6_tls' ? undefined : REMSH,
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

function checkProtocol(protoDist: string, plainTextNodes: readonly string[], unsafePlainText: boolean): void {
  tlsProtocol('CouchDB', protoDist, [COUCH]);
  const hasPlainText = plainTextNodes.length > 0 || unsafePlainText;
  if (protoDist !== COUCH && hasPlainText) {
    refuse('plain-text-needs-own-protocol', { subject: 'protoDist of CouchDB', got: protoDist });
  }
  if (unsafePlainText && plainTextNodes.length > 0) {
    refuse('plain-text-given-twice', { subject: 'plainTextNodes of CouchDB', got: plainTextNodes });
  }
}

/** `couch_dist` reads every `no_tls`; older ones crash without any, so the default is written out. */
function noTlsFlags(patterns: readonly string[], unsafePlainText: boolean): VmFlag[] {
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

/** `remsh -t` adds protocol and option file itself. */
function remshCommand({ optionFile, flagsWithoutEpmd }: ToolBoot): string {
  const remsh = `remsh -t ${optionFile}`;
  return flagsWithoutEpmd.length === 0 ? remsh : `ERL_FLAGS="${writeShellWords(flagsWithoutEpmd)}" ${remsh}`;
}
