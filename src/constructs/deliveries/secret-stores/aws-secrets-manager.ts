import { AWS_SECRETS_MANAGER } from '../../../model/deliveries/secret-stores/stores';
import { IDS } from '../../terraform/ids';
import { PlainResource } from '../../terraform/plain-resource';
import { SecretStore, type SecretStoreProps } from './secret-store';

/** Properties of `Delivery.awsSecretsManager`. */
export interface AwsSecretsManagerProps extends SecretStoreProps {
  /**
   * Id, ARN or alias of the KMS key that encrypts the secrets.
   *
   * @default - the key of the account for Secrets Manager, `aws/secretsmanager`
   */
  readonly kmsKeyId?: string;
  /**
   * Days for which AWS keeps the secret of a node that is no longer declared: 0, or 7 to 30. As long as it is kept, its name is taken, and a node
   * of that name cannot come back.
   *
   * @default 0 - Terraform can write everything again
   */
  readonly recoveryWindowDays?: number;
  /**
   * Tags of the secrets.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Secrets of AWS Secrets Manager. */
export function awsSecretsManager(props: AwsSecretsManagerProps): SecretStore {
  const { kmsKeyId, recoveryWindowDays = 0, tags, provider } = props;
  return SecretStore._of({
    ...{ facts: AWS_SECRETS_MANAGER, props },
    define: ({ scope, id, name, lifecycle, valueAs }) => {
      const secret = new PlainResource(scope, id, {
        ...{ type: 'aws_secretsmanager_secret', provider },
        attributes: { name, tags, kms_key_id: kmsKeyId, recovery_window_in_days: recoveryWindowDays },
      });
      return new PlainResource(scope, IDS.SECRET_VERSION, {
        ...{ type: 'aws_secretsmanager_secret_version', provider, lifecycle },
        attributes: { secret_id: secret.text('id'), ...valueAs('secret_string') },
      });
    },
  });
}
