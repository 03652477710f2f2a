/** Settings for the ports and addresses on which nodes listen, for epmd, and for socket buffers. */
export interface DistributionOptions {
  /**
   * Sets the buffer in which a node takes data from the socket of a distribution connection to 256 KiB. With OTP's own, distribution over TLS
   * is several times slower up to OTP 27, and slower on OTP 29. For another size, set this to false, and give `inet_dist_listen_options`
   * and `inet_dist_connect_options` as flags.
   *
   * @default true
   */
  readonly buffers?: boolean;
  /**
   * First port on which a node may listen for other nodes. Set it for firewalls.
   *
   * @default - any free port
   */
  readonly firstPort?: number;
  /**
   * Last port on which a node may listen for other nodes.
   *
   * @default - `firstPort`
   */
  readonly lastPort?: number;
  /**
   * IPv4 or IPv6 address on which a node listens for other nodes.
   *
   * @default - every interface
   */
  readonly interfaceAddress?: string;
  /**
   * IP address on which epmd listens if the node starts it (`ERL_EPMD_ADDRESS`). epmd always adds the loopback interface. An epmd that
   * already runs keeps its addresses. epmd answers every client in plain text.
   *
   * @default - every interface
   */
  readonly epmdAddress?: string;
  /**
   * Port on which every node of the cluster listens, each at its own address, without epmd. Tools need the same port, and must not listen
   * on it (`-dist_listen false`).
   *
   * @default - nodes find each other through epmd
   */
  readonly portWithoutEpmd?: number;
}
