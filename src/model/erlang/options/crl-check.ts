/** Which certificates nodes look for on revocation lists, and what they do without a list: OTP's option `crl_check`. */
export class CrlCheck {
  /**
   * The certificate of the other node, on the list of the CA that signed it. Without a list that is up to date, every node is refused: the
   * default, because a check that fails open does not protect from anyone who can wait.
   */
  public static readonly PEER = new CrlCheck('peer');
  /** Also the CAs between that certificate and its root: each CA needs a list, and the root as well if there is a CA below it. */
  public static readonly CHAIN = new CrlCheck('true');
  /**
   * As `CHAIN`, but nobody is refused for want of a list. Unsafe, because revoked nodes connect as soon as a list is out of date or gone. OTP's
   * documentation calls it insecure.
   */
  public static readonly UNSAFE_BEST_EFFORT = new CrlCheck('best_effort');

  /** OTP's name of the value: `peer`, `true` or `best_effort`. */
  public readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }
}
