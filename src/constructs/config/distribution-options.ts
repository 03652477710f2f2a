/** How nodes listen for each other and find each other, beside TLS. */
export interface DistributionOptions {
  /**
   * Sets the socket buffer of distribution connections to 64 KiB. With the stock buffer, TLS distribution is several times slower than
   * it needs to be up to OTP 27.
   *
   * @default true
   */
  readonly buffers?: boolean;
  /**
   * First port that a node may listen on for other nodes. A firewall needs it fixed.
   *
   * @default - any free port
   */
  readonly firstPort?: number;
  /**
   * Last port that a node may listen on for other nodes.
   *
   * @default - `firstPort`
   */
  readonly lastPort?: number;
  /**
   * IPv4 or IPv6 address of the interface to listen on for other nodes.
   *
   * @default - every interface
   */
  readonly interfaceAddress?: string;
  /**
   * IP address that the epmd started by the node listens on, as `ERL_EPMD_ADDRESS`; the loopback interface is always added by epmd. An epmd
   * that runs already keeps its addresses. epmd speaks plain text to anybody who asks.
   *
   * @default - every interface
   */
  readonly epmdAddress?: string;
  /**
   * Does without epmd: every node of the cluster listens on this port, each at its own address. Tools have to be told the port and not to
   * listen (`-dist_listen false`).
   *
   * @default - nodes find each other through epmd
   */
  readonly portWithoutEpmd?: number;
}
