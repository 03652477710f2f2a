import { GOOGLE_SECRET_MANAGER } from '../../../model/deliveries/secret-stores/stores';
import { IDS } from '../../terraform/ids';
import { PlainResource } from '../../terraform/plain-resource';
import { SecretStore, type SecretStoreProps } from './secret-store';

/** Properties of `Delivery.googleSecretManager`. */
export interface GoogleSecretManagerProps extends SecretStoreProps {
  /**
   * Project of the secrets.
   *
   * @default - that of the provider
   */
  readonly project?: string;
  /**
   * Locations of the secrets, such as `europe-west1`.
   *
   * @default - Google chooses
   */
  readonly locations?: string[];
  /**
   * Resource name of the Cloud KMS key that encrypts the secrets. It must be in the same location as they are, or global if Google chooses.
   *
   * @default - a key of Google's
   */
  readonly kmsKeyName?: string;
  /**
   * Labels of the secrets.
   *
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Secrets of Google Secret Manager. */
export function googleSecretManager(props: GoogleSecretManagerProps): SecretStore {
  const { project, locations, kmsKeyName, labels, provider } = props;
  const encryption = kmsKeyName === undefined ? {} : { customer_managed_encryption: { kms_key_name: kmsKeyName } };
  const replication =
    locations === undefined
      ? { auto: encryption }
      : { user_managed: { replicas: locations.map((location) => ({ location, ...encryption })) } };
  return SecretStore._of({
    ...{ facts: GOOGLE_SECRET_MANAGER, props, container: project },
    define: ({ scope, id, name, lifecycle, valueAs }) => {
      const secret = new PlainResource(scope, id, {
        ...{ type: 'google_secret_manager_secret', provider },
        attributes: { secret_id: name, project, labels, replication },
      });
      return new PlainResource(scope, IDS.SECRET_VERSION, {
        type: 'google_secret_manager_secret_version',
        provider,
        // A new text is a new version. The old one goes after it is there, since nodes ask for the latest.
        lifecycle: { ...lifecycle, createBeforeDestroy: true },
        attributes: { secret: secret.text('id'), ...valueAs('secret_data') },
      });
    },
  });
}
