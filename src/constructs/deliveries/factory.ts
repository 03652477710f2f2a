import type { Construct } from 'constructs';

import { checkCall } from '../../model/api/check-call';
import { refuseTypedKeys } from '../../model/pki/kept-key';
import type { DeliveryRequest, DeliveryResult, IDelivery } from './delivery';
import { InstallScript, type InstallScriptProps } from './install-script';
import { KubernetesSecret, type KubernetesSecretProps } from './kubernetes-secret';
import { LocalFiles, type LocalFilesProps } from './local-files';
import type { SshProps } from './over-ssh/props';
import { Ssh } from './over-ssh/ssh';
import { awsParameterStore, type AwsParameterStoreProps } from './secret-stores/aws-parameter-store';
import { awsSecretsManager, type AwsSecretsManagerProps } from './secret-stores/aws-secrets-manager';
import { azureKeyVault, type AzureKeyVaultProps } from './secret-stores/azure-key-vault';
import { googleSecretManager, type GoogleSecretManagerProps } from './secret-stores/google-secret-manager';
import type { SecretStore } from './secret-stores/secret-store';
import { vaultKv, type VaultKvProps } from './secret-stores/vault-kv';

/** The deliveries of this library, and a base class for your own. */
export abstract class Delivery implements IDelivery {
  /**
   * Plain files on the machine that runs Terraform: a staging directory to copy from, never the directory that a running node reads. The
   * provider replaces a file by deleting and re-creating it. If a node of OTP 28.1 or later finds its trust bundle missing, it refuses
   * every peer from then on.
   *
   * Defines, for each file: a `local_sensitive_file` with mode 0600 if it contains a key, or else a `local_file` with mode 0644. New
   * directories have mode 0700. The Terraform state contains the contents.
   */
  public static localFiles(props: LocalFilesProps): IDelivery {
    checkProps('Delivery.localFiles', props);
    return new LocalFiles(props);
  }

  /**
   * One POSIX `sh` script for each node, which contains all of its files, for running nodes. The script verifies its contents and replaces
   * each file atomically, the trust bundle first. It keeps the previous files for a rollback. It can run again at any time, also after an
   * interruption. `sh FILE --help` says more.
   *
   * Defines, for each node and for the tools: one `local_sensitive_file` with mode 0600. The Terraform state contains the contents.
   */
  public static installScript(props: InstallScriptProps): IDelivery {
    checkProps('Delivery.installScript', props);
    return new InstallScript(props);
  }

  /**
   * One Secret for the cluster, or one for each node, which pods mount as a volume. Each node has a directory of its own in it, and the install
   * directory of the cluster is where the volume is mounted. A rotation reaches running pods without a restart. `pod(cluster)` says what a pod
   * needs (`docs/kubernetes.md`).
   *
   * Defines: one `kubernetes_secret_v1` for the cluster, or with `perNode` one for each node and for the tools. The stack configures the provider
   * `hashicorp/kubernetes`. The Terraform state contains the contents.
   */
  public static kubernetesSecret(props: KubernetesSecretProps): KubernetesSecret {
    checkProps('Delivery.kubernetesSecret', props);
    return KubernetesSecret._with(props);
  }

  /**
   * The script of each node as a parameter of AWS Systems Manager, from which the node fetches it (`docs/secret-stores.md`). The stack configures
   * the provider `hashicorp/aws`.
   *
   * Defines, for each node and for the tools: one `aws_ssm_parameter` of type `SecureString` with the files, at most 8192 bytes; and for all of
   * them in a stack: what the scripts have in common, as two or three of type `String`. Larger than 4096 bytes, a parameter is an advanced one,
   * which AWS charges for. The Terraform state contains the contents, unless `writeOnly` is set.
   */
  public static awsParameterStore(props: AwsParameterStoreProps): SecretStore {
    checkProps('Delivery.awsParameterStore', props);
    return awsParameterStore(props);
  }

  /**
   * The script of each node as a secret of AWS Secrets Manager, from which the node fetches it (`docs/secret-stores.md`). The stack configures the
   * provider `hashicorp/aws`.
   *
   * Defines, for each node and for the tools: `aws_secretsmanager_secret` and `aws_secretsmanager_secret_version`, at most 65,536 bytes. The
   * Terraform state contains the contents, unless `writeOnly` is set.
   */
  public static awsSecretsManager(props: AwsSecretsManagerProps): SecretStore {
    checkProps('Delivery.awsSecretsManager', props);
    return awsSecretsManager(props);
  }

  /**
   * The script of each node as a secret of Google Secret Manager, from which the node fetches it (`docs/secret-stores.md`). The stack configures the
   * provider `hashicorp/google`.
   *
   * Defines, for each node and for the tools: `google_secret_manager_secret` and `google_secret_manager_secret_version`, at most 65,536 bytes. The
   * Terraform state contains the contents, unless `writeOnly` is set.
   */
  public static googleSecretManager(props: GoogleSecretManagerProps): SecretStore {
    checkProps('Delivery.googleSecretManager', props);
    return googleSecretManager(props);
  }

  /**
   * The script of each node as a secret of a key vault of Azure, from which the node fetches it (`docs/secret-stores.md`). The stack configures the
   * provider `hashicorp/azurerm`.
   *
   * Defines, for each node and for the tools: one `azurerm_key_vault_secret` with the files, at most 25,000 bytes; and for all of them in a stack:
   * what the scripts have in common, as another one. The Terraform state contains the contents, unless `writeOnly` is set.
   */
  public static azureKeyVault(props: AzureKeyVaultProps): SecretStore {
    checkProps('Delivery.azureKeyVault', props);
    return azureKeyVault(props);
  }

  /**
   * The script of each node as a secret of KV version 2 in HashiCorp Vault or OpenBao, from which the node fetches it (`docs/secret-stores.md`). The
   * stack configures the provider `hashicorp/vault`.
   *
   * Defines, for each node and for the tools: one `vault_kv_secret_v2`, whose data have the text under `script`. The Terraform state contains the
   * contents, unless `writeOnly` is set.
   */
  public static vaultKv(props: VaultKvProps): SecretStore {
    checkProps('Delivery.vaultKv', props);
    return vaultKv(props);
  }

  /**
   * Terraform brings the install script to the host of each node over ssh and runs it, so that a rollover of the CA waits for the installation
   * itself. The script is in a closed directory while it runs, is removed whatever happens, and appears in no argument and no output. It runs
   * again when its content changes, and only then. The fresh checkout of a CI runner plans nothing. `docs/ssh.md` says more.
   *
   * Defines, for each node, and for each host of the tools: one `terraform_data`. The Terraform state contains the contents without private
   * keys. Needs no provider.
   */
  public static ssh(props: SshProps): IDelivery {
    checkProps('Delivery.ssh', props);
    return new Ssh(props);
  }

  /** Whether each node has a directory of its own below the install directory of the cluster. */
  public readonly directoryPerNode?: boolean;
  /** Minutes from the end of a deploy until every running node uses what it brought. */
  public readonly settleMinutes?: number;

  /** Defines the resources that take these files out of Terraform, below `scope`. */
  public abstract bind(scope: Construct, request: DeliveryRequest): DeliveryResult;
}

/** What a delivery is given ends up in plans, in the state, and often on other machines. */
function checkProps(call: string, props: object): void {
  checkCall(call, props);
  for (const [name, value] of Object.entries(props)) refuseTypedKeys(name, value);
}
