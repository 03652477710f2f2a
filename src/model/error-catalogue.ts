/**
 * Every refusal and warning of the library: its code, what is wrong, what is allowed, what to do. Codes are contract; `docs/errors.md` is
 * generated from this file. It is one table, and longer than a source file should be for that reason alone.
 */
/* eslint-disable max-lines -- one table of data; splitting it would only hide codes from each other */
import { type CatalogueEntry, error, warning } from './catalogue-entry';
import { CHECK_ENTRIES } from './check-catalogue';

export type ErrorCode = keyof typeof ENTRIES;

const ENTRIES = {
  // Nodes
  'node-name-without-host': error(
    'has no host part',
    '"name@host", e.g. "couchdb@db1.example.com"',
    'add the host under which the other nodes reach it: that part is what TLS verifies',
  ),
  'node-name-illegal-name': error(
    'has a part before "@" that no Erlang VM takes',
    'letters, digits, "_" and "-", not beginning with "-"',
    'rename the node',
  ),
  'node-name-illegal-host': error(
    'has a host that is neither a DNS name nor an IP address',
    'labels of letters, digits, "-" and "_", without a final dot, or an IPv4 or IPv6 literal',
    'write an international name in its ASCII form ("xn--…"), and one node for each host instead of a wildcard',
  ),
  'node-name-not-an-address': error(
    'has a host of digits and dots that is no IPv4 address',
    'four numbers from 0 to 255 without leading zeros',
    'correct the address, or use a DNS name',
  ),
  'node-name-too-long': error(
    'is longer than an Erlang atom can be',
    'at most 255 characters',
    'shorten the name or the host',
  ),
  'node-id-needed': error(
    'has a host that only Terraform knows, and no id',
    'an id of your own beside such a name',
    'add id: "db1" to the node: Terraform addresses and directories are made from it and must be known at synth',
  ),
  'node-id-illegal': error(
    'cannot name a construct and a directory',
    'letters, digits, "_", "-", ".", ":" and "@", not beginning with a sign, and not an id that the cluster uses itself, such as "tools"',
    'choose another id',
  ),
  'node-range-illegal': error(
    'has braces that are no range of numbers',
    'two whole numbers with ".." between them, e.g. "rabbit@rmq-{0..2}.example.com", the first not above the last',
    'correct the range, or list the nodes one by one',
  ),
  'node-range-too-large': error(
    'stands for too many nodes',
    'at most 1000 nodes in one name',
    'correct the range, or split it',
  ),
  'node-range-not-possible': error(
    'has a range beside something that belongs to one node',
    'a range in a name without tokens, and without an id',
    'leave the id out, since each node of a range is called by its own name; list nodes with tokens one by one',
  ),
  'node-declared-twice': error('is declared twice', 'each node once', 'remove one of the two, or rename it'),
  'node-unknown': error(
    'is not in this cluster',
    'the name or id of a declared node',
    'correct the name, or declare the node',
  ),
  'cluster-without-nodes': error('names no node', 'at least one node', 'list the nodes of the cluster'),
  'node-names-mixed': warning(
    'is a short name in a cluster with long ones',
    'one kind in a cluster',
    'give every host its domain: a VM started with -name and one started with -sname refuse to connect',
  ),
  'node-address-family': error(
    'has an address of the other IP version than the distribution protocol',
    'IPv4 literals with inet_tls, IPv6 literals with inet6_tls',
    'use a DNS name, or the other protocol',
  ),
  'otp-release-unknown': error(
    'is no OTP release that this library knows',
    '24 to 29, such as "27" or "27.2"',
    'name the oldest release of the cluster',
  ),

  // Paths and files
  'text-changed-by-terraform': error(
    'holds characters that Terraform would change',
    'text in composed form (Unicode NFC), without halves of characters and without a byte order mark before it',
    'type the characters anew, or rename what is called so: a letter and its accent must be one character',
  ),
  'path-not-absolute': error(
    'is not an absolute path',
    'a path that begins with "/"',
    'give the whole path on the node: the VM resolves a relative one against its working directory, at every connection',
  ),
  'path-not-normalized': error(
    'is not a normalized path',
    'no empty, "." or ".." part and no final "/"',
    'write the path in its shortest form',
  ),
  'path-with-control-character': error(
    'holds a character that cannot be written to a file safely',
    'printable characters',
    'rename the directory',
  ),
  'path-split-by-platform': error(
    'holds a blank or another character that a shell would interpret',
    'letters, digits and _@%/:.,=^~+-',
    'choose another install directory for this platform',
    'the node does not boot: {bad_ssl_dist_optfile,…} with the path in two',
  ),
  'file-written-twice': error(
    'is written by two parts of the configuration',
    'one writer for a path',
    'give one of them another name',
  ),
  'file-outside-install-directory': error(
    'does not lie in the install directory',
    'every file of a node below its install directory',
    'give the file a path below it, or bind it in a delivery of its own',
  ),
  'file-mode-malformed': error(
    'is no file mode',
    'four octal digits such as "0600"',
    'write the mode as chmod takes it, with a leading 0',
  ),
  'key-readable-by-others': error(
    'lets others read a private key',
    '"0600" or tighter',
    'take the permissions of group and others away',
    'nothing',
  ),
  'file-writable-by-others': error(
    'lets others change the file',
    'no write permission for group and others',
    'take it away (chmod go-w): who writes a trust bundle says who is trusted, and the option file is code that the VM runs at boot',
    'nothing',
  ),
  'file-not-for-script': error(
    'cannot be carried by an install script',
    'text that ends with a line break and has no line "END_OF_FILE_" with a number',
    'change the text, or deliver it as a plain file',
  ),
  'owner-illegal': error(
    'is no owner',
    '"user" or "user:group", of letters, digits, "_", "-" and "."',
    'name the user that runs the node',
  ),
  'output-directory-empty': error(
    'is empty',
    'a directory on the machine that runs Terraform',
    'name a directory, such as "out"',
  ),
  'output-is-install-directory': warning(
    'lies where the nodes read',
    'a staging directory of its own',
    'let Terraform write elsewhere and copy the files: it replaces a file by deleting it first, and a node that reads at that moment loses its trust',
  ),

  // Keys and certificates
  'key-too-weak': error(
    'is too weak',
    'RSA of 2048 bits or more, P256, P384 or Ed25519',
    'use KeyAlgorithm.ECDSA_P256, the default',
  ),
  'key-size-unsupported': error(
    'is no size that all programs involved take',
    'a multiple of 1024 up to 8192',
    'use KeyAlgorithm.RSA_3072 or RSA_4096',
  ),
  'key-curve-unsupported': error(
    'is no curve that this library supports',
    '"P256" or "P384"',
    'use KeyAlgorithm.ECDSA_P256, the default',
  ),
  'key-needs-tls-1-3': error(
    'cannot be used with TLS 1.2',
    'TLS 1.3 among the versions with such a key',
    'use TlsVersions.TLS_1_3, or KeyAlgorithm.ECDSA_P256',
  ),
  'common-name-empty': error(
    'has an empty common name',
    'one to 64 characters',
    'leave commonName out, or give it a value',
  ),
  'common-name-too-long': error(
    'has a common name longer than every OTP can decode',
    'at most 64 characters',
    'set commonName to a short name of your choice: the host stays in the SAN, which is what TLS verifies',
  ),
  'common-name-equals-issuer': error(
    'is also the common name of its CA',
    'a name of its own: OTP takes such a certificate for self-issued and refuses it',
    'rename the CA, or set commonName',
  ),
  'san-not-a-dns-name': error(
    'is no DNS name',
    'labels of letters, digits, "-" and "_", without a wildcard',
    'list every name: Erlang distribution does not match wildcards',
  ),
  'hours-not-positive': error(
    'is no number of hours',
    'a whole number from 1 on',
    'give the hours as a number, e.g. 365 * 24',
  ),
  'renewal-not-within-validity': error(
    'is not shorter than the validity',
    'less than validityHours',
    'renew later: otherwise Terraform replaces the certificate at every apply',
  ),
  'certificate-outlives-issuer': error(
    "outlives the CA's certificate",
    "at most the CA's validity",
    'shorten the certificate, or lengthen the CA',
  ),
  'certificate-expires-soon': warning(
    'is about to expire',
    'a certificate that was renewed when a third of its life was left',
    'run cdktf deploy, which renews it, and install the files',
  ),
  'ca-expires-soon': warning(
    'ends before the certificates that it would sign now',
    'a generation that outlives them',
    'introduce the next generation with CaGeneration.trusted(…), as docs/rotation.md says',
  ),
  'generation-id-illegal': error(
    'is no generation id',
    'one to 32 letters, digits, "_" and "-", beginning with a letter or digit',
    'use something like the year, e.g. "2026"',
  ),
  'generation-declared-twice': error(
    'is declared twice',
    'each generation once',
    'remove one of the two, or give the new one an id of its own',
  ),
  'generation-signing-count': error(
    'do not have exactly one that signs',
    'one CaGeneration.signing(…)',
    'decide which generation signs',
  ),
  'generation-unknown': error(
    'is not in the list of generations',
    'the id of a generation that is trusted or signing',
    'correct the id, or add the generation to the list',
  ),
  'generation-retired': error(
    'is retired',
    'the id of a generation that is trusted or signing',
    'sign with another generation: no node trusts this one any more',
  ),
  'generations-without-rollover': error(
    'have more than one that nodes trust or have trusted, and no CaRollover to guard them',
    'a CaRollover with the files of every node, or a TlsCluster, which has one',
    'add new CaRollover(this, …): without it, a step too many in one deploy takes the cluster down',
  ),
  'generation-not-trusted-yet': error(
    'signs certificates, and not every node has trusted it for long enough',
    'a generation that an earlier deploy, long enough ago, has put into every trust bundle',
    'declare it as CaGeneration.trusted(…), deploy, install the files on every node, wait, and only then let it sign',
  ),
  'generation-in-use': error(
    'is retired, and not long enough ago it still signed certificates of this cluster',
    'a generation that nothing has been signed with since an earlier deploy, long enough ago',
    'keep it as CaGeneration.trusted(…), deploy, install the files on every node, wait, and only then retire it',
  ),
  'generation-changed': error(
    'has another certificate than the one that was known under this id',
    'one key and certificate for each id, for ever: an id is never used again, and keyAlgorithm and validityHours of a generation stay',
    'put back what was changed, or retire this id and add a new generation behind it; a CA that has ended needs the steps for one that leaked (docs/rotation.md)',
  ),
  'generation-removed': error(
    'misses ids that it had',
    'every id that was ever in it; ids are retired, never removed',
    'put the id back, as CaGeneration.retired(…) where nothing is signed with it any more',
  ),
  'issuer-after-rollover': error(
    'is asked to sign, and the CaRollover that was made before does not watch over it',
    'every RootCa.issuer(…) before the CaRollover',
    'move new CaRollover(…) behind the certificates, which it waits for anyway',
  ),
  'delivery-without-resource': error(
    'holds no Terraform resource',
    'the resources of deliveries (DeliveryResult.resources), or constructs that hold them',
    'pass what brings the files to the nodes: the rollover has to wait for it',
  ),
  'settle-minutes-illegal': error(
    'is no number of minutes',
    'a whole number from 0 on',
    'leave it out for 10 minutes: nodes read renewed files within two',
  ),

  // TLS options
  'ssl-option-unknown': error(
    'is not in the option table',
    'an option of docs/ssl-options.md',
    'check the spelling: OTP ignores an unknown option on the server side and drops every connection on the client side',
    'nothing: on the server side it is passed over, on the client side every dial fails',
  ),
  'ssl-option-wrong-value': error(
    'has a value of the wrong kind',
    'a value of the kind in docs/ssl-options.md',
    'correct the value',
    'where the node is dialled, "Invalid TLS option", or a crash with "function_clause"; where it dials, often nothing',
  ),
  'ssl-option-form-not-offered': error(
    'has a value of a form that this library does not offer',
    'a value of the form in docs/ssl-options.md',
    'name a function instead of a secret ("fun my_module:password/0"), or choose another value',
  ),
  'ssl-option-written-by-library': error(
    'is written by the library',
    'an option that has no property of its own',
    'set that property instead',
  ),
  'ssl-option-wrong-side': error(
    'belongs to the other side',
    'server options on the server side, client options on the client side',
    'move it to the other side',
    'nothing; up to OTP 25 most are passed over, on later releases every connection of that side fails',
  ),
  'ssl-option-not-in-release': error(
    'has no effect or breaks connections on this release',
    'an option that the release takes with these TLS versions',
    'leave it out, or see docs/ssl-options.md for the releases and versions that take it',
    'nothing on either side',
  ),
  'flat-form-cannot-say': error(
    'cannot be said with -ssl_dist_opt',
    'an option, and a value, that the flat form has',
    'use the option file, or another value (up to OTP 25 the flat form speaks TLS 1.2 alone: TlsVersions.UNSAFE_TLS_1_2_ONLY)',
  ),
  'term-unreadable': error(
    'is no literal Erlang term',
    'one term as file:consult/1 reads it',
    'correct the term; calls and variables are not evaluated here',
  ),

  // Flags of the VM
  'flag-value-looks-like-flag': error(
    'begins with "-" or "+"',
    'a value that does not',
    'choose another value: the VM takes it for a flag whatever its quotes',
  ),
  'args-file-unwritable-value': error(
    'holds a character that the file cannot hold',
    'text without NUL and without halves of characters',
    'remove the character',
  ),
  'shell-word-unwritable-value': error(
    'cannot be said in a variable that is cut at blanks',
    'one or more characters, without blanks and control characters',
    'choose another value: the script that reads the variable knows no quotes',
  ),
  'relx-reference-illegal': error(
    'holds "${" that is no reference to a variable',
    '"${NAME}" or "${NAME:-default}" with a default of letters, digits and _@.:/-',
    'correct the reference: the start script of the release replaces everything up to the next closing brace',
  ),
  'flag-illegal': error(
    'is no flag of the VM',
    'a name of letters, digits and "_" without its dash',
    'correct the name',
  ),
  'flag-given-twice': error(
    'is given twice',
    'each flag once',
    'remove one: a second -proto_dist is silent plain text up to OTP 27.0, a second -ssl_dist_optfile keeps the node from booting',
    '-ssl_dist_optfile twice: the node does not boot, {bad_ssl_dist_optfile,…}; -proto_dist twice: plain text without a word up to OTP 27.0, and "Multiple -proto_dist given to erl, using the first" on later releases',
  ),
  'proto-dist-plain-text': error(
    'carries distribution in plain text',
    'a protocol with TLS',
    'use "inet_tls" or "inet6_tls"',
    'the other nodes log "unsupported_record_type"; of two protocols the node listens with the first one alone, and logs "register/listen error: eaddrinuse" for the second',
  ),
  'proto-dist-illegal': error(
    'is no distribution protocol',
    'the name of a module without its "_dist", e.g. "inet_tls"',
    'correct the name',
    'the node does not boot',
  ),
  'port-out-of-range': error('is no port', 'a whole number from 1 to 65535', 'correct the port'),
  'port-range-empty': error('are no range', 'the first port, and a last one that is not below it', 'correct the range'),
  'port-shared-with-tools': error(
    'leaves no port for the tools',
    'a range of ports on a platform whose tools read the same flags',
    'set firstPort and lastPort to a range with room for the tools that run at the same time',
  ),
  'epmd-settings-in-conflict': error(
    'is set together with ports or an address for epmd',
    'either portWithoutEpmd or the other settings',
    'without epmd every node listens on that one port; leave the others out',
  ),
  'address-not-an-ip': error('is no IP address', 'an IPv4 or IPv6 literal', 'write the address itself, not a name'),

  // Platforms
  'setting-elsewhere': error(
    'is set elsewhere on this platform',
    'nothing here',
    'set it where the platform has its own place for it: here it would be overridden, or given twice',
  ),
  'platform-protocol-unknown': error(
    'is no protocol of this platform',
    'one of those in its documentation page',
    'leave protoDist out for the default',
  ),
  'plain-text-needs-own-protocol': error(
    'has no exceptions for nodes without TLS',
    "the platform's own protocol where nodes are excepted",
    'leave protoDist out, or leave the plain-text nodes out',
  ),
  'plain-text-given-twice': error(
    'makes no difference beside unsafePlainText',
    'either the list or unsafePlainText',
    'remove one of the two',
  ),
  'node-pattern-illegal': error(
    'is no pattern of node names',
    '"name@host" of node name characters, "*" and "?"',
    'write the host too, e.g. "clouseau@127.0.0.1": a pattern is compared with the whole name',
  ),
  'plain-text-matches-own-node': error(
    'matches a node of this cluster',
    'patterns of other nodes only',
    'narrow the pattern: a node whose own name matches listens in plain text for everybody',
  ),

  // Constructs
  'token-not-allowed': error(
    'is known to Terraform only',
    'text that is known at synth',
    'pass a literal: this text is quoted for Erlang, and what cannot be seen cannot be quoted safely',
  ),
  'provider-missing': error(
    'has no provider in its stack',
    'a TlsProvider and a LocalProvider where their resources are used',
    "add new TlsProvider(this, 'tls') from @cdktf/provider-tls/lib/provider and new LocalProvider(this, 'local') from @cdktf/provider-local/lib/provider",
  ),

  ...CHECK_ENTRIES,
} as const satisfies Record<string, CatalogueEntry>;

export const CATALOGUE: Readonly<Record<ErrorCode, CatalogueEntry>> = ENTRIES;
