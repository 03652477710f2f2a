import { AZURE_KEY_VAULT } from '../../../model/deliveries/secret-stores/stores';
import { PlainResource } from '../../terraform/plain-resource';
import { SecretStore, type SecretStoreProps } from './secret-store';

/** Properties of `Delivery.azureKeyVault`. */
export interface AzureKeyVaultProps extends SecretStoreProps {
  /** Resource id of the key vault. */
  readonly keyVaultId: string;
  /**
   * Tags of the secrets.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Secrets of a key vault of Azure. */
export function azureKeyVault(props: AzureKeyVaultProps): SecretStore {
  const { keyVaultId, tags, provider } = props;
  return SecretStore._of({
    ...{ facts: AZURE_KEY_VAULT, props, container: keyVaultId },
    define: ({ scope, id, name, lifecycle, valueAs }) =>
      new PlainResource(scope, id, {
        ...{ type: 'azurerm_key_vault_secret', provider, lifecycle },
        attributes: { name, tags, key_vault_id: keyVaultId, content_type: 'text/x-shellscript', ...valueAs('value') },
      }),
  });
}
