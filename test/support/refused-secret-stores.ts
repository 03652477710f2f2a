/** How a user provokes the refusals of secret stores. */
import { Delivery } from 'cdktf-erlang-tls';
import { Construct } from 'constructs';

import type { Refusal } from './refusals';
import { cluster } from './refused-cluster';

const withParameters = (value: string): ((scope: Construct) => unknown) => {
  const flags = [{ name: 'kernel', values: ['x', value] }];
  return (scope) => cluster({ flags, delivery: Delivery.awsParameterStore({ prefix: '/erlang/app' }) })(scope);
};

export const SECRET_STORE_REFUSALS: readonly Refusal[] = [
  {
    code: 'secret-store-name-illegal',
    title: 'for a prefix',
    provoke: () => Delivery.awsParameterStore({ prefix: 'erlang' }),
    says: 'prefix "erlang" cannot be a name in this secret store (Parameter Store of AWS Systems Manager)',
    expected:
      '"/" and up to twelve words of letters, digits, "_", "." and "-" with "/" between them, not beginning with aws or ssm',
  },
  {
    code: 'secret-store-name-illegal',
    title: 'for a name that is too long',
    provoke: () => Delivery.azureKeyVault({ prefix: 'x'.repeat(110), keyVaultId: 'k' }).secretName('a@db1.example.com'),
    says: 'cannot be a name in this secret store (Azure Key Vault)',
    expected: 'at most 127 characters',
  },
  {
    code: 'secret-written-twice',
    provoke: (scope: Construct): unknown => {
      const delivery = Delivery.awsSecretsManager({ prefix: 'erlang/app' });
      cluster({ delivery })(scope);
      return cluster({ delivery })(new Construct(scope, 'other'));
    },
    says: 'secret "erlang/app/couchdb@db1.example.com" is written twice (stack/cluster/couchdb@db1.example.com writes it)',
  },
  {
    code: 'secret-written-twice',
    title: 'for the parts of scripts in two vaults',
    provoke: (scope: Construct): void => {
      for (const keyVaultId of ['one', 'two']) {
        cluster({ delivery: Delivery.azureKeyVault({ prefix: 'app', keyVaultId }) })(new Construct(scope, keyVaultId));
      }
    },
    says: 'prefix "app" is written twice (another secret store of this stack has parts of scripts under the same name)',
  },
  {
    code: 'script-too-large',
    provoke: withParameters('y'.repeat(9000)),
    says: 'script of couchdb@db1.example.com is too large for this secret store',
    expected: 'at most 8192 bytes',
  },
  {
    code: 'script-illegal-in-store',
    provoke: withParameters('{{1,2},3}'),
    says: 'it contains "{{", which Parameter Store of AWS Systems Manager refuses',
  },
];
