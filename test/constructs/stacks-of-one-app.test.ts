import { App, TerraformStack } from 'cdktf';
import { Delivery, type IDelivery } from 'cdktf-erlang-tls';

import { cluster } from '../support/refused-cluster';

const DELIVERIES: Readonly<Record<string, () => IDelivery>> = {
  'Kubernetes Secret': () => Delivery.kubernetesSecret({ namespace: 'shop' }),
  'Parameter Store': () => Delivery.awsParameterStore({ prefix: '/erlang/app' }),
  Vault: () => Delivery.vaultKv({ prefix: 'erlang/app', mount: 'secret' }),
};

/** Each stack configures its own provider: another account, another cluster of Kubernetes. */
test.each(Object.entries(DELIVERIES))('stacks for staging and production have the same names: %s', (_, delivery) => {
  const app = new App();
  const resourcesOf = ['staging', 'production'].map((id) => {
    const stack = new TerraformStack(app, id);
    cluster({ delivery: delivery() })(stack);
    return (stack.toTerraform() as { resource: object }).resource;
  });
  const [staging = {}, production] = resourcesOf.map((one) => Object.keys(one));
  expect(staging).not.toHaveLength(0);
  expect(production).toEqual(staging);
});
