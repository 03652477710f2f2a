import { NODE_DECLARED_TWICE } from '../cluster/cluster-node';
import { parseNodeName } from '../cluster/node-name';
import { writeArgsFile } from '../erlang/flags/args-file-writer';
import { writeShellWords } from '../erlang/flags/shell-variable-writer';
import { collectedFlag, type VmFlag } from '../erlang/flags/vm-flags';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import { noTlsExpression, noTlsValue } from './couchdb/no-tls';
import { APPLICATION, COUCH, NO_TLS } from './couchdb/reader';
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
   * Nodes of this cluster that do not speak TLS yet, each by its whole name: they listen in plain text, and every member dials them so. It is
   * the way of a running cluster from plain TCP to TLS: first all nodes, then one less with each deploy (`docs/migration.md`).
   *
   * Until the list is empty the cluster is not protected. Whoever reaches a listed node and knows the cookie can run any code on every node,
   * and what goes to and from it can be read on the wire.
   *
   * @default - none: every node of the cluster speaks TLS
   */
  readonly unsafePlainTextMembers?: string[];
  /**
   * Value of `-proto_dist`: `"couch"`, `"inet_tls"` or `"inet6_tls"`. CouchDB's own module is `inet_tls` with exceptions, over IPv4.
   *
   * @default "couch"
   */
  readonly protoDist?: string;
}

const REMSH: IToolProfile = {
  protoDist: 'inet_tls',
  optionFileName: 'remsh.conf',
  bootFiles: () => [],
  command: remshCommand,
};

/** Apache CouchDB 3: `vm.args`, `couch_dist.conf` and `remsh -t`. */
export function couchDb(options: CouchDbOptions = {}): IPlatformProfile {
  const { plainTextNodes = [], unsafePlainTextMembers = [], unsafePlainText = false, protoDist = COUCH } = options;
  checkProtocol(protoDist, [...plainTextNodes, ...unsafePlainTextMembers], unsafePlainText);
  const patterns = plainTextNodes.map(checkPattern);
  checkMembers(unsafePlainTextMembers);
  return {
    name: 'CouchDB',
    protoDist,
    optionFileName: 'couch_dist.conf',
    flags: protoDist === COUCH ? noTlsFlags([...patterns, ...unsafePlainTextMembers], unsafePlainText) : [],
    needsPlainPaths: true, // `remsh -t` hands the path on without quotes.
    plainTextNodes: patterns.map((pattern) => ({ pattern, expression: noTlsExpression(noTlsValue(pattern)) })),
    unsafePlainTextMembers: [...unsafePlainTextMembers],
    // `remsh -t` speaks inet_tls whatever the nodes speak.
    tools: protoDist === 'inet6_tls' ? undefined : REMSH,
    bootFiles: ({ flags }) => [{ name: 'vm.args', text: writeArgsFile(flags) }],
  };
}

function checkProtocol(protoDist: string, excepted: readonly string[], unsafePlainText: boolean): void {
  tlsProtocol('CouchDB', protoDist, [COUCH]);
  const hasPlainText = excepted.length > 0 || unsafePlainText;
  if (protoDist !== COUCH && hasPlainText) {
    refuse(PLAIN_TEXT_NEEDS_OWN_PROTOCOL, { subject: 'protoDist of CouchDB', got: protoDist });
  }
  if (unsafePlainText && excepted.length > 0) {
    refuse(PLAIN_TEXT_GIVEN_TWICE, { subject: 'list of plain-text nodes of CouchDB', got: excepted });
  }
}

export const PLAIN_TEXT_NEEDS_OWN_PROTOCOL = rule({
  code: 'plain-text-needs-own-protocol',
  severity: 'error',
  problem: 'has no exceptions for nodes without TLS',
  expected: "the platform's own protocol where nodes are excepted",
  remedy: 'leave protoDist out, or leave the plain-text nodes out',
  source: 'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md',
});

export const PLAIN_TEXT_GIVEN_TWICE = rule({
  code: 'plain-text-given-twice',
  severity: 'error',
  problem: 'makes no difference beside unsafePlainText',
  expected: 'either the list or unsafePlainText',
  remedy: 'remove one of the two',
  source: 'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md',
});

/** `couch_dist` reads every `no_tls`; older ones crash without any, so the default is written out. */
function noTlsFlags(patterns: readonly string[], unsafePlainText: boolean): VmFlag[] {
  if (patterns.length === 0) return [collectedFlag(APPLICATION, NO_TLS, String(unsafePlainText))];
  return patterns.map((pattern) => collectedFlag(APPLICATION, NO_TLS, noTlsValue(pattern)));
}

/** Names and no patterns: whoever is meant is written down. A name that stands twice would stay when one is taken out. */
function checkMembers(members: readonly string[]): void {
  for (const [index, member] of members.entries()) {
    parseNodeName(member);
    if (members.indexOf(member) < index) {
      refuse(NODE_DECLARED_TWICE, { subject: 'unsafePlainTextMembers of CouchDB', got: member });
    }
  }
}

/** Node name characters and the two wildcards: nothing that a regular expression would take for an operator. */
function checkPattern(pattern: string): string {
  if (!/^[0-9A-Za-z_*?-]+@[0-9A-Za-z_.:*?-]+$/.test(pattern)) {
    refuse(NODE_PATTERN_ILLEGAL, { subject: 'plainTextNodes of CouchDB', got: pattern });
  }
  return pattern;
}

export const NODE_PATTERN_ILLEGAL = rule({
  code: 'node-pattern-illegal',
  severity: 'error',
  problem: 'is no pattern of node names',
  expected: '"name@host" of node name characters, "*" and "?"',
  remedy: 'write the host too, e.g. "clouseau@127.0.0.1": a pattern is compared with the whole name',
  source:
    'apache/couchdb:src/couch_dist/src/couch_dist.erl; docs/platforms/couchdb.md; test/real/plain-text-patterns.test.ts',
});

/** `remsh -t` adds protocol and option file itself. */
function remshCommand({ optionFile, flagsWithoutEpmd }: ToolBoot): string {
  const remsh = `remsh -t ${optionFile}`;
  return flagsWithoutEpmd.length === 0 ? remsh : `ERL_FLAGS="${writeShellWords(flagsWithoutEpmd)}" ${remsh}`;
}
