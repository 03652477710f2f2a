import { AWS_PARAMETER_STORE } from '../../../model/deliveries/secret-stores/stores';
import { PlainResource } from '../../terraform/plain-resource';
import { SecretStore, type SecretStoreProps } from './secret-store';

/** Properties of `Delivery.awsParameterStore`. */
export interface AwsParameterStoreProps extends SecretStoreProps {
  /**
   * Id, ARN or alias of the KMS key that encrypts the parameters of the nodes.
   *
   * @default - the key of the account for Parameter Store, `alias/aws/ssm`
   */
  readonly kmsKeyId?: string;
  /**
   * Tags of the parameters.
   *
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Parameters of AWS Systems Manager. */
export function awsParameterStore(props: AwsParameterStoreProps): SecretStore {
  const { kmsKeyId, tags, provider } = props;
  return SecretStore._of({
    ...{ facts: AWS_PARAMETER_STORE, props },
    define: ({ scope, id, name, isConfidential, lifecycle, valueAs }) =>
      new PlainResource(scope, id, {
        ...{ type: 'aws_ssm_parameter', provider, lifecycle },
        attributes: {
          ...{ name, tags },
          // Terraform keeps the tier that the size of a value needs.
          tier: 'Intelligent-Tiering',
          ...(isConfidential ? { type: 'SecureString', key_id: kmsKeyId } : { type: 'String' }),
          ...valueAs('value'),
        },
      }),
  });
}
