import { VAULT_KV } from '../../../model/deliveries/secret-stores/stores';
import { jsonWith } from '../../../model/terraform/json-texts';
import { withChecksumTokens } from '../../terraform/checksums';
import { PlainResource } from '../../terraform/plain-resource';
import { SecretStore, type SecretStoreProps } from './secret-store';

/** Properties of `Delivery.vaultKv`. */
export interface VaultKvProps extends SecretStoreProps {
  /** Path of the secrets engine, which must be KV version 2, such as `secret`. */
  readonly mount: string;
  /**
   * Namespace of the secrets engine in Vault Enterprise or OpenBao.
   *
   * @default - that of the provider
   */
  readonly vaultNamespace?: string;
  /**
   * Number of versions that Vault keeps of each secret. Earlier ones contain earlier private keys.
   *
   * @default - as many as the secrets engine is set to keep, usually 10
   */
  readonly maxVersions?: number;
}

/** Secrets of KV version 2 in HashiCorp Vault or OpenBao. */
export function vaultKv(props: VaultKvProps): SecretStore {
  const { mount, vaultNamespace: namespace, maxVersions, provider, writeOnly } = props;
  return SecretStore._of({
    ...{ facts: VAULT_KV, props, container: JSON.stringify([namespace, mount]) },
    define: ({ scope, id, name, lifecycle, valueAs }) =>
      new PlainResource(scope, id, {
        ...{ type: 'vault_kv_secret_v2', provider, lifecycle },
        attributes: {
          ...{ mount, name, namespace },
          // Of a node that is no longer declared, no version stays.
          delete_all_versions: true,
          // Some releases of the provider would read the write-only text back into the state.
          disable_read: writeOnly,
          custom_metadata: maxVersions === undefined ? undefined : { max_versions: maxVersions },
          ...valueAs('data_json', (text) => jsonWith('script', withChecksumTokens(text))),
        },
      }),
  });
}
