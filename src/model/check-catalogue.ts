/**
 * What the command line tool finds in files and in plans; part of the catalogue in `error-catalogue.ts`. `inErlang` is what a node shows of it:
 * in its log, or by not connecting. It is a table, and longer than a source file should be for that reason alone.
 */
/* eslint-disable max-lines -- one table of data; splitting it would only hide codes from each other */
import { error, warning } from './catalogue-entry';

export const CHECK_ENTRIES = {
  // Plans
  'plan-malformed': error(
    'is not what terraform show -json writes of a plan',
    'the output of: terraform show -json plan.tfplan',
    'save the plan with terraform plan -out=plan.tfplan, and pass the JSON of that file',
  ),
  'state-malformed': error(
    'is not what terraform show -json writes of a state',
    'the output of terraform show -json, without the name of a plan, after an apply',
    'run terraform show -json in the directory of the stack; for a plan there is erlang-tls check-plan',
  ),
  'plan-failed': error(
    'ended with an error',
    'a plan that succeeded',
    'read what terraform plan said, and correct that',
  ),
  'plan-incomplete': warning(
    'does not cover the whole stack',
    'a plan without -target',
    'plan without -target: what this plan leaves out is not judged, and its guards are not asked',
  ),
  'plan-without-members': error(
    'has no node of a cluster in it',
    'a plan of a stack with a TlsCluster, or with node certificates and files that carry them',
    'pass the plan of the stack that declares the cluster',
  ),
  'plan-removes-all': error(
    'leaves no node',
    'at least one node that has a certificate afterwards',
    'if the cluster is to go, destroy it without this check',
  ),
  'plan-cuts-off': error(
    'would be refused while the nodes are updated one after the other',
    'certificates, old and new, of CAs that every other member trusts, before and after',
    'take the steps one by one: trust the CA in one deploy, sign with it in the next, retire the old one in the third (docs/rotation.md)',
  ),
  'plan-changes-versions': error(
    'has no TLS version in common with another node on the way',
    'one version that old and new have in common',
    'take a step in between with TlsVersions.TLS_1_3_AND_1_2, and restart all nodes after it',
  ),
  'plan-changes-protocol': error(
    'changes',
    'the same -proto_dist before and after',
    'a node speaks one protocol: stop all nodes, or take the steps of docs/migration.md',
  ),
  'plan-changes-port': error(
    'would not find another node on the way',
    'one way to find nodes, the same before and after: epmd, or one port for all',
    'put the port back; a change of it takes a stop of all nodes',
  ),
  'plan-changes-algorithms': error(
    'has none in common with another node on the way',
    'at least one that old and new have in common',
    'take a step in between with both, and restart all nodes after it',
  ),
  'plan-key-needs-tls-1-3': error(
    'would speak TLS 1.2 on the way with a certificate of an Ed25519 key',
    'nodes that all speak TLS 1.3 before the first one has such a key',
    'change the versions in one deploy, restart all nodes, and change the keys in the next',
  ),
  'plan-changes-unjudged': warning(
    'changes in a way that this tool does not judge',
    'nothing, or what an old and a new node can have side by side',
    'read the change in the plan, and try it with two nodes, one old and one new',
  ),
  'plan-hides-boot-files': warning(
    'tells the files that nodes read at boot after the apply only',
    'files whose text is known while planning, as in a configuration of cdktf synth without --hcl',
    'keep values that only Terraform knows out of these files; what is in them is not judged',
  ),
  'plan-parts-plain-text': error(
    'could not connect with another node while the nodes are restarted one after the other',
    'one node less in unsafePlainTextMembers with each deploy, after a first deploy with all of them',
    'take the steps of docs/migration.md one by one',
  ),
  'plan-drops-name': warning(
    'no longer holds names that it had',
    'every name under which others still dial the node',
    'rename the node itself at the same time, which takes a restart, or keep the name',
  ),
  'plan-keeps-ended-certificate': warning(
    'has ended before this plan was made',
    'a certificate that is valid',
    'run cdktf deploy without -target, and look why it was not renewed',
  ),
  'plan-keeps-ended-ca': warning(
    'has ended before this plan was made and is still trusted or used',
    'CAs that are valid',
    'where certificates are signed with it, nobody connects: introduce a new generation (docs/rotation.md); where none are, retire it',
  ),
  'plan-reuses-generation': error(
    'was used before, and would now stand for another key',
    'an id that no generation of this CA ever had',
    'leave it retired, and introduce a generation under a new id',
  ),

  // Flags that a VM finds
  'args-file-missing': error(
    'is named by -args_file and cannot be read',
    'a file that the node can read; a relative path counts from where the VM is started',
    'correct the path, or install the file',
    'the VM ends at once: "Failed to open arguments file"',
  ),
  'args-file-loop': error(
    'names itself by -args_file, is named by what it names, or is the last of a thousand',
    'files that end',
    'take that -args_file out',
    'the VM never starts, says nothing and keeps a processor busy',
  ),
  'args-file-byte-order-mark': error(
    'begins with a byte order mark',
    'text whose first character is one of its first flag',
    'save it as UTF-8 without the mark: it is part of the first flag, which is lost',
    'where a flag stands before it, the node may not boot ("bad_environment_value"); else nothing: the first flag is missing, and with it perhaps TLS',
  ),
  'args-file-quote-open': error(
    'has a quote that nothing closes',
    'each quote closed by the same one; inside of quotes a backslash is a character like others',
    'close the quote: every flag after it is part of its value',
    'nothing: the flags after it are missing, and with them perhaps TLS',
  ),
  'node-name-illegal': error(
    'is no name that a node can have',
    'one word, and after -sname one whose host has no dot',
    'use -name where the host has dots (USE_LONGNAME=true where a script makes the flag), and take out what stands behind the name',
    'the node does not boot, or, where there is more than one word, it is no node of a cluster',
  ),
  'node-name-long-and-short': error(
    'has a long name and a short one',
    'either -name or -sname',
    'take one of them out: the short one counts, and names with a dot in the host are illegal then',
    '"System NOT running to use fully qualified hostnames", when it dials',
  ),
  'distribution-without-tls': error(
    'has no -proto_dist',
    '-proto_dist inet_tls, inet6_tls or couch, exactly once',
    'add the flag, or nest the file that has it (-args_file)',
    'nothing: distribution is plain text; a node with TLS logs "unsupported_record_type" when it is dialled',
  ),
  'tools-without-tls': warning(
    'gives -proto_dist to the node, and not to the tools that dial it',
    'the same -proto_dist for both, and an option file for each',
    'give the tools flags of their own, in the same file: they dial as another node does',
    'nothing: the tools say that the node does not answer',
  ),
  'proto-dist-unknown': warning(
    'is no protocol that this tool knows',
    'inet_tls, inet6_tls, or the name of a module of your own without its "_dist"',
    'correct the name; where the module is your own, whether it speaks TLS is not judged here',
    `the node does not boot where there is no such module: "Protocol 'inet_tsl': not supported"`,
  ),
  'node-excepted-from-tls': error(
    'is excepted from TLS by -couch_dist no_tls',
    'no pattern that the name of the node matches',
    'take the flag out, and start the node anew, once every node speaks TLS (docs/migration.md)',
    'nothing: it dials others, and who dials it waits for an answer in TLS and gives up',
  ),
  'flat-option-illegal': error(
    'is nothing that -ssl_dist_opt knows',
    'pairs of words: server_ or client_ with the name of an option, and its value',
    'correct the spelling, or use an option file, which can say more',
    'a crash, "malformed_ssl_dist_opt", with each connection of that side; of a misspelled side nothing: the option is passed over',
  ),
  'option-channels-both': error(
    'are given both',
    'either -ssl_dist_optfile or -ssl_dist_opt',
    'keep the option file: up to OTP 25 it makes the flags void, from 26 on the two are one list',
    'nothing',
  ),
  'tls-options-missing': error(
    'has neither -ssl_dist_optfile nor -ssl_dist_opt',
    'an option file with a server and a client side',
    'name the option file in the flags',
    'nothing at boot; no connection forms. Where the node is dialled, it logs "cert_and_key_required"; up to OTP 25 "Server authenticity is not verified", and a crash',
  ),
  // Option files
  'option-file-missing': error(
    'is not there',
    'the option file where -ssl_dist_optfile says',
    'install it, or correct the path',
    'the node does not boot: {bad_ssl_dist_optfile,…}',
  ),
  'option-file-unreadable': error(
    'cannot be read',
    'a file that the user of the node can read',
    'give it to that user, or make it readable (chmod)',
    'the node does not boot: {bad_ssl_dist_optfile,…}, the same words as for a missing file',
  ),
  'option-file-not-literal': error(
    'is no literal Erlang term',
    'one list of options with a final dot, without a variable or arithmetic',
    'correct the line that is named',
    'a term that cannot be parsed ends the boot: {bad_ssl_dist_optfile,{parse_error,…}}',
  ),
  'option-file-calls': warning(
    'calls a function',
    'one list of options with a final dot, without calls',
    'write the value itself where there is one, and let nobody else change the file: it is code that the VM runs at boot with the rights of the node',
    'nothing: the call is evaluated at each boot',
  ),
  'option-file-shape': error(
    'is no list of a server and a client side',
    '[{server,[…]},{client,[…]}] and a final dot',
    'put the options into the two sides',
    'nothing at boot: the options are not found, and connections fail or are not verified',
  ),
  'option-file-side-missing': error(
    'has no options for one side',
    'options for the connections that a node accepts, and for those that it dials',
    'add the side',
    'nothing at boot; one direction fails or is not verified, and the other one works',
  ),
  'option-file-encoding': warning(
    'has characters beyond ASCII that not every VM reads alike',
    'ASCII, or UTF-8 with the comment %% coding: utf-8 in the first two lines, and such paths as binaries',
    'rename the files, or write the paths as binaries of their UTF-8 bytes',
    'the files are not found, under one locale or the other; of a file that says it is UTF-8 and is not, {bad_ssl_dist_optfile,{encoding_error,…}} at boot',
  ),
  // Options
  'option-given-twice': warning(
    'is given twice on one side',
    'each option once',
    'remove one: up to OTP 25 the first one counts, from 26 on the last one',
    'nothing',
  ),
  'ssl-option-without-effect': warning(
    'is no option that OTP knows',
    'options of the ssl application, spelled as there',
    'check the spelling: on the server side the node goes without it',
    'nothing',
  ),
  'peer-not-verified': error(
    'does not verify the other node',
    '{verify,verify_peer} on both sides',
    'set verify to verify_peer, and cacertfile to the CA of the cluster',
    'nothing: whoever has the cookie gets in',
  ),
  'peer-may-be-anonymous': error(
    'lets nodes in that show no certificate',
    '{fail_if_no_peer_cert,true} on the server side, which OTP 25 and earlier do not imply',
    'add the option',
    'nothing: a node without a certificate gets in, up to OTP 25',
  ),
  'trust-not-given': error(
    'verifies and has nothing to trust',
    'cacertfile with the CA of the cluster',
    'name the CA certificate',
    'no connection forms; from OTP 26 on without a word at the side that dials',
  ),
  'identity-not-given': error(
    'has no certificate to show',
    'certfile, and keyfile where the key is in another file',
    'name the files',
    'where it dials, the other node logs "certificate_required"; where it is dialled, it logs "cert_and_key_required", up to OTP 25 a crash',
  ),
  'versions-not-set': warning(
    'leaves the TLS version to the release',
    "{versions,['tlsv1.3']}, or with 'tlsv1.2' for older nodes",
    'name the versions: the default was 1.2 alone up to OTP 28',
    'nothing',
  ),
  // Files
  'file-missing': error(
    'is not there',
    'the file that the options name',
    'install it, or correct the path',
    'nothing at boot; the node that is dialled logs "no such file or directory", the one that dials often nothing',
  ),
  'file-not-readable': error(
    'cannot be read by the user of the node',
    'a file and directories that this user can read',
    'give the file to that user (chown), and let the user pass through the directory that is named (chmod +x)',
    'nothing at boot; the node that is dialled logs "permission denied" (OTP 29: "decoding error"), the one that dials often nothing',
  ),
  'file-not-examined': error(
    'was not looked at',
    'a regular file that whoever runs the check can read, not larger than 64 MiB, or 1 MiB where flags or options stand',
    'run the check as root or as the user of the node; where the file is no regular one, put one in its place',
  ),
  'file-is-directory': error(
    'is a directory',
    'a file',
    'correct the path',
    'nothing at boot; "illegal operation on a directory" where the node is dialled, and nothing where it dials',
  ),
  'file-linked-to-old': warning(
    'lies behind a symbolic link that is younger than the file',
    'a file that is as young as the links in its path',
    'touch the file, which makes running nodes read it within two minutes',
    'nothing at boot; a node that runs keeps the file that it read before, however long it waits',
  ),
  'file-owned-by-another': warning(
    'belongs to another user',
    'files and directories of root, or of the user that the node runs as (--user)',
    'give it to one of them (chown): who owns a file can change it, and who owns a directory can put another file in its place',
    'nothing',
  ),
  'path-relative': error(
    'is a relative path',
    'an absolute path',
    'write the whole path: it counts from the directory in which the VM was started',
    'nothing at boot; the node that is dialled logs the path that it came to',
  ),
  'directory-writable-by-others': error(
    'can be written by other users',
    'directories in which only the owner can put files, from the file up to the root',
    'take that permission away (chmod go-w): who can replace the option file runs code as the node',
    'nothing',
  ),
  // PEM files
  'pem-damaged': error(
    'is no whole PEM file',
    'blocks of Base64 between BEGIN and END lines',
    'install it again, whole and at once',
    'of a trust bundle "decoding error", where the node is dialled; of a certificate nothing on either side up to OTP 27, and later a crash of pubkey_pem',
  ),
  'pem-without-certificate': error(
    'holds no certificate',
    'a block CERTIFICATE, in PEM form and not DER',
    'correct the path; key and certificate may have been exchanged',
    'where the node is dialled, it logs "decoding error" (OTP 29), "illegal_parameter_in_client_hello" (27) or a crash (25); where it dials, often nobody logs anything',
  ),
  'pem-without-key': error(
    'holds no private key',
    'a block PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY',
    'correct keyfile, or put the key into the file of certfile',
    'nothing where it dials; "Invalid key file" where it is dialled',
  ),
  'key-encrypted': error(
    'is encrypted, and the options have no password',
    'a key that the node can read without asking',
    'decrypt it, with mode 0400: a password in a file beside it protects nothing more',
    'nothing at boot; up to OTP 25 "decoding error", later often nothing on either side',
  ),
  'key-encryption-unsupported': error(
    'is encrypted in a way that OTP cannot read',
    'PBKDF2 with AES, which is the default of openssl pkcs8 -topk8',
    'encrypt it anew without -scrypt, -v1 and other ciphers, or decrypt it',
    'nothing at boot; "decoding error" where the node is dialled, and nothing where it dials; OTP 29: a crash of pubkey_pbe',
  ),
  'key-password-wrong': error(
    'is not decrypted by the password of the options',
    'the password that the key was encrypted with',
    'correct the password, or decrypt the key, with mode 0400',
    'nothing at boot; up to OTP 25 "decoding error" where the node is dialled, later a crash',
  ),
  'pem-with-several-keys': error(
    'holds more than one private key',
    'one private key in the file of keyfile, or of certfile where there is no keyfile',
    'leave the key of the certificate in it alone',
    'nothing where it dials; "Invalid key file" where it is dialled',
  ),
  'key-not-of-certificate': error(
    'is not the key of the certificate',
    'key and certificate of one pair',
    'install both again; one file for both cannot be mixed',
    'the other node logs "Failed to verify CertificateVerify", which does not say it',
  ),
  'certificate-not-first': error(
    'does not begin with the certificate of its key',
    'the certificate of the node first, then each CA that leads to the root',
    'put the certificates into that order',
    'Erlang shows the first one, and has no key for it',
  ),
  // Certificates
  'certificate-not-yet-valid': error(
    'is not valid yet',
    'a certificate that is valid now',
    'look at the clock of this machine and of the one that signed',
    '"Certificate Expired", for this too',
  ),
  'certificate-ended': error(
    'has ended',
    'a certificate that is valid now',
    'renew it (cdktf deploy), install it on the node',
    '"Certificate Expired" with each new connection; connections that stand go on',
  ),
  'certificate-ends-soon': warning(
    'ends soon',
    'enough time to renew it',
    'renew it (cdktf deploy), install it on the node',
    'nothing until then',
  ),
  'ca-ends-soon': warning(
    'ends before the certificates that it signs from now on would',
    'a CA that lasts for as long as the certificates of nodes',
    'introduce the next generation of the CA (docs/rotation.md): that takes three deploys',
    'nothing until then',
  ),
  'certificate-after-issuer': warning(
    'ends later than the CA that signed it',
    'a certificate that ends before its CA',
    'introduce the next CA in time (docs/rotation.md)',
    'nothing until the CA ends; from then on as of a certificate that has ended',
  ),
  'trust-has-ended': warning(
    'has ended and is still trusted',
    'CAs that are valid, in cacertfile',
    'retire that generation of the CA (docs/rotation.md)',
    'nothing: certificates of another CA connect',
  ),
  'trust-has-ended-twin': error(
    'has ended, and its renewal, of the same name and key, is trusted beside it',
    'one certificate for each name and key of a CA',
    'take the one that has ended out of cacertfile: OTP takes one or the other of the two',
    'by chance "Certificate Expired", or nothing',
  ),
  'chain-incomplete': error(
    'does not lead to a CA that signed itself',
    'certfile with the certificate first, then each CA between, and cacertfile with the root',
    'append the missing certificates to certfile',
    '"Unknown CA"',
  ),
  'certificate-before-stranger': error(
    'stands before a certificate that does not lead to its root',
    'behind the first certificate only its CAs, in whatever order',
    'take the other one out of certfile',
    'up to OTP 28 the other node logs "Unknown CA", or "certificate_required"; later releases pass over it',
  ),
  'issuer-not-trusted': error(
    'is of a CA that the same node does not trust',
    'a trust bundle that has the CA of the own certificate: the other nodes have the same',
    'install ca.pem and node.pem of one deploy; take the steps of docs/rotation.md',
    'the other node logs "Unknown CA"',
  ),
  'trust-not-a-ca': warning(
    'is trusted and does not say that it is a CA',
    'CA certificates in cacertfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
    'put the certificate of the CA there',
    'nothing of one that signed itself, which OTP takes for a root as it is; of another one "Unknown CA"',
  ),
  'signer-not-a-ca': error(
    'signed a certificate and is no CA',
    'CAs behind the first certificate in certfile: basic constraints CA:TRUE, and key usage, if any, with keyCertSign',
    'let a CA sign the certificate',
    'the other node logs "missing_basic_constraint"',
  ),
  'certificate-self-issued': error(
    'has the name of its own issuer',
    'a certificate of a CA with another name',
    'let a CA sign it: OTP takes no certificate of a node that signed itself, be it trusted or not',
    'the other node logs "Bad Certificate", from OTP 27 on with "selfsigned_peer"',
  ),
  'host-not-in-certificate': error(
    'does not name the host of the node',
    'a subject alternative name that is the part behind "@" of the node name, no wildcard; for an address DNS and IP Address',
    'issue a certificate with that name; the common name counts up to OTP 25 alone',
    '"hostname_check_failed", or "missing_subject_altnames", at the node that dials; it can dial itself',
  ),
  'certificate-without-use': error(
    'may not be used for one end of a connection',
    'extended key usage, if any, with serverAuth on the server side and with clientAuth on the client side',
    'issue a certificate with both: a node dials and is dialled',
    'the other node logs "invalid_ext_key_usage", from OTP 26 on "invalid_ext_keyusage", in the direction in which the use is missing',
  ),
  'certificate-key-unsupported': error(
    'has a key of a kind that OTP does not shake hands with',
    'ECDSA on P-256, P-384 or P-521, Ed25519, or RSA of 2048 bits or more',
    'issue a certificate with another key',
    'the other node logs "certificate_required" where it is dialled',
  ),
  'certificate-signature-refused': error(
    'has a signature that OTP refuses, if it is with SHA-1 from 27 on',
    'a signature with SHA-256 or more',
    'let the CA sign it anew',
    'the other node logs "unsupported_signature"; with SHA-224 the node that has the certificate crashes',
  ),
  'certificate-critical-extension': error(
    'has a critical extension that OTP does not know',
    'no critical extension but key usage, names, constraints and, from OTP 27 on, policies',
    'issue a certificate without it, or mark it as not critical',
    'the other node logs "Unsupported Certificate"',
  ),
  'ca-path-too-long': error(
    'has more CAs below it than its path length allows',
    'as many CAs between it and the certificate of the node as its basic constraints say',
    'let a CA with a greater path length sign, or leave out the one between',
    'the other node logs "max_path_length_reached"',
  ),
  'chain-deeper-than-depth': error(
    'has more CAs between it and the root than the option depth allows',
    'as many as depth says, on the other side of the connection, which verifies',
    'take the option out, or raise it to the number of CAs between',
    'the node that verifies logs "max_path_length_reached"',
  ),
  'certificate-revoked': error(
    'is on the revocation list of its CA',
    'a certificate that its CA has not revoked',
    'issue another certificate, and install it',
    'the other node logs "Certificate Revoked"',
  ),
  'certificate-cannot-sign': error(
    'may not be used for signatures',
    'key usage with digitalSignature, or none',
    'issue a certificate with digitalSignature',
    'from OTP 27 on the connection is refused',
  ),
  'certificate-name-too-long': error(
    'has a common name of more than 64 characters',
    'at most 64 characters; the common name is not compared with anything',
    'issue a certificate with a shorter common name',
    'OTP 28 before 28.4 and 29.0 before 29.0.3 cannot decode it, and no connection forms; the others do not mind',
  ),
  'certificate-weak': warning(
    'is weak',
    'RSA of 2048 bits or more, or an elliptic curve, and a signature with SHA-256 or more',
    'issue a new certificate with a new key',
    'OTP refuses the weakest, by its version',
  ),
  'certificate-key-without-algorithm': error(
    'has a key that no cipher suite, or no signature algorithm, of the options is for',
    'ciphers and signature_algs, where they are given, with one for the kind of the key',
    'take the option out, or add one for that key',
    '"no_suitable_signature_algorithm" or "no_suitable_ciphers", where the node is dialled',
  ),
  'suites-without-tls-1-3': error(
    'speaks TLS 1.3 beside another version, and names no cipher suite for it',
    'ciphers, where they are given, with a suite of TLS 1.3, such as TLS_AES_256_GCM_SHA384',
    'take ciphers out, name such a suite, or speak TLS 1.2 alone',
    '"no_suitable_cipher" or nothing: with each node that speaks TLS 1.3, this one included',
  ),
  'certificate-needs-tls-1-3': error(
    'has a key that only TLS 1.3 knows',
    "{versions,['tlsv1.3',…]} for Ed25519 and Ed448",
    'name the versions, or take an ECDSA key',
    '"Protocol Version" on both nodes, where the other one speaks TLS 1.3 alone',
  ),
  'host-outside-constraints': error(
    'has a name that its CA may not sign for',
    "names within the CA's name constraints",
    'issue it by another CA, or with another name',
    'refused where the constraint is on a CA between; OTP ignores those of a root',
  ),
  'crl-missing': error(
    'has no revocation list of the CA',
    'one list for each CA, as openssl x509 -subject_hash names it, with .r0',
    'put the list there, or set crl_check to false',
    '{bad_crls,no_relevant_crls}: every node is refused',
  ),
  'crl-issuer-may-not-sign': error(
    'asks for revocation lists of a CA that may not sign any',
    'a CA whose key usage, if any, has cRLSign',
    'issue the CA with cRLSign, or set crl_check to false',
    '{bad_crl,invalid_signature}: every node is refused',
  ),
  'crl-stale': error(
    'has a revocation list that is out of date',
    'a list whose next update is still to come',
    'make a new list and put it there; it is read with the next connection',
    'every node is refused; with crl_check best_effort revoked ones get in',
  ),
  // Nodes together
  'nodes-share-key': error(
    'has the same private key as another node',
    'a key for each node',
    'issue a certificate with a key of its own: who takes one node over takes both',
    'nothing',
  ),
  'node-without-flags': error(
    'has no file of flags',
    'a file that names -proto_dist and the options, as other nodes have one',
    'install the file, and look at its name: *.args, or what the platform reads (docs/check.md)',
  ),
  'node-directory-empty': error(
    'is named after a node and holds no files of one',
    'the files of that node',
    'install them, or take the directory away',
  ),
  'nodes-apart': error(
    'could not be connected with another node',
    'a certificate of a CA that the other one trusts, in both directions',
    'install the files of one deploy on both',
    '"Unknown CA" on one of the two',
  ),
  'nodes-differ-in-protocol': error(
    'has another -proto_dist than another node',
    'the same protocol on every node; couch and inet_tls understand each other',
    'set the same on all',
    'nothing, or "unsupported_record_type"',
  ),
  'nodes-differ-in-versions': error(
    'has no TLS version in common with another node',
    'one version that both name',
    'set the same versions on all',
    '"Protocol Version"',
  ),
  'nodes-differ-in-algorithms': error(
    'has none in common with another node',
    'at least one cipher suite, group and signature algorithm that both name, for the version that they speak',
    'name the same on all, or take the option out',
    '"no_suitable_cipher", "no_suitable_groups" or the like, where the node is dialled',
  ),
  // Nodes that listen
  'probe-without-answer': error(
    'is not reached',
    'a node that listens there, and whose name, if one is given, epmd of that host knows',
    'start the node; look at the port, at -kernel inet_dist_listen_min, and at what stands between',
    'pang at once, or after a while where packets are dropped',
  ),
  'probe-without-tls': error(
    'speaks no TLS',
    'a distribution port of a node with -proto_dist inet_tls, inet6_tls or couch',
    'look at the flags of the running node: init:get_argument(proto_dist)',
    'a node that dials it with TLS waits for 7 seconds and gives up, without a word',
  ),
  'probe-admits-anybody': error(
    'demands no certificate',
    'a handshake that ends where the client shows none: verify_peer and fail_if_no_peer_cert on the server side',
    'set both, and start the node anew: the option file is read at boot',
    'nothing: whoever has the cookie gets in',
  ),
  'probe-shows-other-certificate': warning(
    'shows another certificate than its files hold',
    'the certificate of the files that were given with it',
    'wait two minutes, in which a node looks whether its files have changed, and probe again; then look whether its options name these files, and clear its cache (docs/rotation.md)',
    'nothing',
  ),
  // What an erl at hand says
  'erl-refuses': error(
    'is refused by the erl that was asked',
    'options under which it can shake hands with itself',
    'correct what another finding tells of the same file; where there is none, the words of Erlang in brackets say what to look at',
    'the words in brackets, here and nowhere else: between nodes most of them are lost',
  ),
  'erl-nodes-apart': error(
    'cannot be dialled by another node with the same files',
    'two nodes that dial each other',
    'correct what another finding tells of the same node; where there is none, look at its name and at the resolver: the handshake alone went well',
  ),
  'erl-of-another-release': warning(
    'is of another release than the nodes',
    'an erl of the release that --otp names',
    'call the erl that the nodes run with: what it says is true of its own release',
  ),
  'erl-not-asked': warning(
    'was not shown to the erl that was to be asked',
    'an option file, or -ssl_dist_opt with -proto_dist inet_tls and the name of a host',
    'give the flags and the option file of the node; or start the node, and ask it with --probe',
  ),
  'nothing-to-check': error(
    'holds no files of a node',
    'an install directory, a directory of them, an option file, a file of flags, or an install script',
    'name the directory where the option file lies',
  ),
} as const;
