/**
 * The id of every construct that a user's construct tree gets from this library, beside node ids, generation ids and file names.
 *
 * Do not edit. An id is part of a Terraform address, and a changed address is a destroyed and re-created resource: for a private key,
 * another key.
 */
export const IDS = Object.freeze({
  PRIVATE_KEY: 'PrivateKey',
  REQUEST: 'Request',
  /** The main resource of a construct; constructs leave this id out of addresses. */
  RESOURCE: 'Resource',
  CERTIFICATE_AUTHORITY: 'CertificateAuthority',
  CERTIFICATE: 'Certificate',
  OPTION_FILE: 'OptionFile',
  INSTALL_SCRIPT: 'InstallScript',
  ROLLOVER: 'Rollover',
  /** Before the id of a generation, as are the four that follow. */
  TRUSTED: 'Trusted-',
  IDLE: 'Idle-',
  PHASE: 'Phase-',
  PLACE: 'Place-',
  KNOWN: 'Known-',
  BORN: 'Born',
  GUARD: 'Guard',
  EXPIRY: 'Expiry',
  /** Also the name of a directory. */
  TOOLS: 'tools',
});
