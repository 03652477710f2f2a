import { checkCall } from '../../model/api/check-call';
import type { NodeName } from '../../model/cluster/node-name';
import {
  sharedByName,
  sharedByWildcards,
  type SharedIdentity,
  type SharedNames,
} from '../../model/pki/shared-identity';
import { concrete } from '../terraform/tokens';

/** Options of an identity that many nodes share. */
export interface SharedIdentityOptions {
  /**
   * Id of the identity in Terraform addresses and in the output directory. A new id makes a new private key.
   *
   * @default "shared"
   */
  readonly id?: string;
  /**
   * Common name of the certificate, at most 64 characters and different from the CA's. It is only for people: TLS does not verify it.
   *
   * @default - the server name, or the first wildcard
   */
  readonly commonName?: string;
  /**
   * Whether the names of nodes have a domain or an address as their host, so that VMs start with `-name`. Needed if the cluster names no node.
   *
   * @default - as the names of the nodes that the cluster names
   */
  readonly longNames?: boolean;
}

/** Options of `Identity.shared`. */
export interface SharedByNameOptions extends SharedIdentityOptions {
  /** The name in the certificate, such as `"cluster.example.internal"`. No resolver has to know it. */
  readonly serverName: string;
}

/** Options of `Identity.sharedByWildcard`. */
export interface SharedByWildcardOptions extends SharedIdentityOptions {
  /** The names in the certificate, such as `"*.eu-west-1.compute.internal"`. The asterisk stands for one label of a host, and for no part of an address. */
  readonly wildcards: string[];
}

/**
 * The key and certificate that nodes show. By default each node has its own.
 *
 * A shared identity is for machines that come and go, whose names nobody knows beforehand (`docs/autoscaling.md`). **It has a price.** All machines have
 * one private key: whoever takes over one of them takes over all, and to revoke its certificate is to revoke all. Nodes do not tell hosts apart:
 * each machine may answer in the name of another one. After `net_kernel:allow/1`, nodes refuse every connection that others make to them.
 */
export class Identity {
  /**
   * One certificate with a fixed name, which every node expects of every other one, whatever host it dials: names and addresses, IPv4 and IPv6. The
   * option file has `server_name_indication` for it, and is literal. OTP 26 and later: earlier releases always compare the host, so `otp` below
   * 26 is refused. So are platforms that take the options as flags, which cannot say this.
   */
  public static shared(options: SharedByNameOptions): Identity {
    checkCall('Identity.shared', options);
    return new Identity(sharedByName(concrete('serverName', options.serverName)), options);
  }

  /**
   * One certificate with wildcards, which nodes match with the host that they dial. For every OTP release, and for hosts with DNS names alone. OTP
   * matches wildcards only if `customize_hostname_check` has a function, for which the option file has a call,
   * `public_key:pkix_verify_hostname_match_fun(https)`. It is not literal then, and programs that read it with `file:consult/1` fail.
   */
  public static sharedByWildcard(options: SharedByWildcardOptions): Identity {
    checkCall('Identity.sharedByWildcard', options);
    return new Identity(sharedByWildcards(concrete('wildcards', options.wildcards)), options);
  }

  private constructor(
    private readonly names: SharedNames,
    private readonly options: SharedIdentityOptions,
    private readonly nodes: readonly NodeName[] = [],
  ) {}

  /**
   * The same, with a certificate that names the hosts of these nodes as well.
   *
   * @internal
   */
  public _naming(nodes: readonly NodeName[]): Identity {
    return new Identity(this.names, this.options, nodes);
  }

  /**
   * The identity in the form of the model.
   *
   * @internal
   */
  public _shared(): SharedIdentity {
    const { id = 'shared', commonName, longNames } = concrete('identity', { ...this.options });
    return { id, names: this.names, commonName, longNames, nodes: this.nodes };
  }
}
