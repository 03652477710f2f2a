import type { ScriptDeliveryProps } from '../script-delivery';
import type { SshReload } from './reload';

/** A host, as far as it differs from what the delivery says of all hosts. */
export interface SshHost {
  /**
   * Name or address to connect to. May be a token, such as the address of an instance.
   *
   * @default - `host` of the delivery
   */
  readonly host?: string;
  /**
   * Port of the server.
   *
   * @default - `port` of the delivery
   */
  readonly port?: number;
  /**
   * User of the connection.
   *
   * @default - `user` of the delivery
   */
  readonly user?: string;
  /**
   * Public keys of this host, at most one of each type, such as `"ssh-ed25519 AAAA…"`. May be tokens.
   *
   * @default - `hostKeys` of the delivery
   */
  readonly hostKeys?: string[];
}

/** A host through which Terraform reaches the others. */
export interface SshBastion {
  /** Name or address to connect to. May be a token. */
  readonly host: string;
  /**
   * Port of the server.
   *
   * @default 22
   */
  readonly port?: number;
  /**
   * User of the connection.
   *
   * @default - `user` of the delivery
   */
  readonly user?: string;
  /**
   * Private key of that user, as a token.
   *
   * @default - `privateKey` of the delivery, or the agent
   */
  readonly privateKey?: string;
  /**
   * Public keys of the bastion, or of the CA that signed them. The hosts need a key of another type, or the same CA: Terraform compares the bastion
   * with the first key of the host as well.
   *
   * @default - none, which is refused without `unsafeAnyHostKey`
   */
  readonly hostKeys?: string[];
}

/** Properties of `Delivery.ssh`. */
export interface SshProps extends ScriptDeliveryProps {
  /** User of the connection. It needs a home directory that others cannot write to, or a `stagingDirectory`. */
  readonly user: string;
  /**
   * Private key of the user, as a token: a sensitive `TerraformVariable`, an ephemeral one best. The state does not contain it.
   *
   * @default - the agent of whoever runs Terraform (`SSH_AUTH_SOCK`)
   */
  readonly privateKey?: string;
  /**
   * Where to connect to, from the host part of the name of each node and its id: `"{host}.internal"`, `"{id}.example.com"`.
   *
   * @default "{host}"
   */
  readonly host?: string;
  /**
   * Port of the servers.
   *
   * @default 22
   */
  readonly port?: number;
  /**
   * Public keys that every host shows one of: that of the CA that signed the keys of the hosts, such as `"ssh-ed25519 AAAA…"`. May be tokens.
   *
   * @default - each host needs its own, in `hosts`
   */
  readonly hostKeys?: string[];
  /**
   * Hosts by the ids of their nodes, which are the names of the nodes if they have no others: `{ "rabbit@db1": { hostKeys: [KEY] } }`.
   *
   * @default - none
   */
  readonly hosts?: Readonly<Record<string, SshHost>>;
  /**
   * Trusts any machine that answers, where no host key is given: whoever redirects the connection gets the private key of the node.
   *
   * @default false
   */
  readonly unsafeAnyHostKey?: boolean;
  /**
   * A host through which Terraform reaches the others.
   *
   * @default - none
   */
  readonly bastion?: SshBastion;
  /**
   * Runs the install script and the commands as root, by `sudo` without a password.
   *
   * @default false
   */
  readonly sudo?: boolean;
  /**
   * Ids of the hosts that get the files of the tools: of nodes, or of `hosts` with a `host`, such as an admin's machine.
   *
   * @default - the hosts of all nodes
   */
  readonly toolsOn?: string[];
  /**
   * Makes running nodes read renewed files at once. Not after a first installation.
   *
   * @default - nodes read them by themselves within two minutes
   */
  readonly reload?: SshReload;
  /**
   * Command for `sh` on each host that succeeds once its node is well, such as `"rabbitmq-diagnostics check_running"`. Terraform repeats it for
   * `healthSeconds`. Not after a first installation.
   *
   * @default - none
   */
  readonly healthCommand?: string;
  /**
   * Seconds within which `healthCommand` has to succeed.
   *
   * @default 120
   */
  readonly healthSeconds?: number;
  /**
   * Installs on one host after another, in the order of the ids, and the tools last. If one fails, the others keep their files until the next apply.
   *
   * @default false
   */
  readonly oneAtATime?: boolean;
  /**
   * Labels by the ids of hosts. A new label installs the same files again, on a machine that was rebuilt: `{ "rabbit@db1": "2026-11" }`.
   *
   * @default - none
   */
  readonly reinstall?: Readonly<Record<string, string>>;
  /**
   * Seconds for which Terraform tries to connect to a host.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
  /**
   * Absolute directory on the hosts for the script while it runs, which the user of the connection owns. Terraform runs it there, so not on a file system
   * that is mounted `noexec`.
   *
   * @default - the home directory of the user
   */
  readonly stagingDirectory?: string;
}
