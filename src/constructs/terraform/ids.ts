/**
 * The ids of all constructs that this library adds to a user's construct tree, apart from node ids, generation ids and file names.
 *
 * Do not edit. An id is part of a Terraform address. Terraform destroys a resource whose address changes and creates another one, which for
 * a private key is another key.
 */
export const IDS = Object.freeze({
  PRIVATE_KEY: 'PrivateKey',
  REQUEST: 'Request',
  /** The output with a request that waits for its certificate. */
  AWAITED: 'AwaitedRequest',
  /** Of a private key that a user hands in. */
  PUBLIC_KEY: 'PublicKey',
  /** The main resource of a construct. This id does not appear in addresses. */
  RESOURCE: 'Resource',
  CERTIFICATE_AUTHORITY: 'CertificateAuthority',
  CERTIFICATE: 'Certificate',
  OPTION_FILE: 'OptionFile',
  INSTALL_SCRIPT: 'InstallScript',
  KUBERNETES_SECRET: 'KubernetesSecret',
  /** A secret of a secret store, its version where that is a resource of its own, and what the state has of a secret that is write-only. */
  SECRET: 'Secret',
  SECRET_VERSION: 'SecretVersion',
  MANIFEST: 'Manifest',
  SCRIPT_SIZE: 'ScriptSize',
  /** That files are installed on the host of their node. */
  INSTALLED: 'Installed',
  /** Prefix of the id of a host, of those on which the files of the tools or of a shared identity are installed. */
  INSTALLED_ON: 'InstalledOn-',
  ROLLOVER: 'Rollover',
  /** Prefix of a generation's id, like the four that follow. */
  TRUSTED: 'Trusted-',
  IDLE: 'Idle-',
  PHASE: 'Phase-',
  PLACE: 'Place-',
  KNOWN: 'Known-',
  BORN: 'Born',
  DELIVERED: 'Delivered',
  GUARD: 'Guard',
  EXPIRY: 'Expiry',
  /** Conditions on revocation lists. */
  REVOCATION: 'Revocation',
  /** What Terraform reads in a certificate that a user hands in. */
  READ: 'Read',
  /** The local values that keep private keys out of texts that are public. */
  IS_PUBLIC: 'IsPublic',
  PUBLIC_TEXT: 'PublicText',
  /** What another stack of the cluster has handed over. */
  HANDOVER: 'Handover',
  HANDOVER_FILE: 'HandoverFile',
  /** Scope of the certificates of the shards' CAs. */
  SIGNED: 'Signed',
  /** Witness of the list of shards. */
  MEMBERS: 'Members',
  /** Once in a stack, and directly below it, like the next five. */
  TEXTS: 'ErlangTlsTexts',
  SCRIPT_BODY: 'ErlangTlsInstallScript',
  KEY_SCRIPT_BODY: 'ErlangTlsKeyScript',
  SSH_BEGIN: 'ErlangTlsSshBegin',
  SSH_FINISH: 'ErlangTlsSshFinish',
  CLOCK: 'ErlangTlsClock',
  /** It is a directory name, too. */
  TOOLS: 'tools',
});
