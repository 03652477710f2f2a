/**
 * An address is contract: a changed one destroys a resource and makes another, and for a key that is another key. `addresses/` has those of
 * every example, one a line; nothing writes these files anew.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { App, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

import { AdoptStack } from '../../examples/adopt/stack';
import { AutoscalingStack } from '../../examples/autoscaling/stack';
import { CompanyCaStack } from '../../examples/company-ca/stack';
import { ConstructsStack } from '../../examples/constructs/stack';
import { CouchDbStack } from '../../examples/couchdb/stack';
import { EjabberdStack } from '../../examples/ejabberd/stack';
import { ElixirReleaseStack } from '../../examples/elixir-release/stack';
import { EmqxStack } from '../../examples/emqx/stack';
import { ErlStack } from '../../examples/erl/stack';
import { KeysOnNodesStack } from '../../examples/keys-on-nodes/stack';
import { CouchDbChartStack } from '../../examples/kubernetes/couchdb';
import { EjabberdChartStack } from '../../examples/kubernetes/ejabberd';
import { ElixirReleaseStatefulSetStack } from '../../examples/kubernetes/elixir-release';
import { EmqxChartStack } from '../../examples/kubernetes/emqx';
import { RabbitMqChartStack, RabbitMqOperatorStack } from '../../examples/kubernetes/rabbitmq';
import { MongooseImStack } from '../../examples/mongooseim/stack';
import { RabbitMqStack } from '../../examples/rabbitmq/stack';
import { RelxReleaseStack } from '../../examples/relx-release/stack';
import { RotationStack } from '../../examples/rotation/stack';
import { ParameterStoreStack, VaultKvStack } from '../../examples/secret-stores/stack';
import { defineShards } from '../../examples/shards/stack';
import { SshStack } from '../../examples/ssh/stack';
import { VaultStack } from '../../examples/vault/stack';
import { VerneMqStack } from '../../examples/vernemq/stack';
import { Template } from '../support/stacks/template';

type Stack = new (scope: Construct, id: string) => TerraformStack;

const EXAMPLES: Readonly<Record<string, Stack>> = {
  adopt: AdoptStack,
  autoscaling: AutoscalingStack,
  'company-ca': CompanyCaStack,
  constructs: ConstructsStack,
  couchdb: CouchDbStack,
  ejabberd: EjabberdStack,
  'elixir-release': ElixirReleaseStack,
  emqx: EmqxStack,
  erl: ErlStack,
  'keys-on-nodes': KeysOnNodesStack,
  'kubernetes-couchdb-chart': CouchDbChartStack,
  'kubernetes-ejabberd-chart': EjabberdChartStack,
  'kubernetes-elixir-release': ElixirReleaseStatefulSetStack,
  'kubernetes-emqx-chart': EmqxChartStack,
  'kubernetes-rabbitmq-chart': RabbitMqChartStack,
  'kubernetes-rabbitmq-operator': RabbitMqOperatorStack,
  mongooseim: MongooseImStack,
  rabbitmq: RabbitMqStack,
  'parameter-store': ParameterStoreStack,
  'relx-release': RelxReleaseStack,
  rotation: RotationStack,
  ssh: SshStack,
  vault: VaultStack,
  'vault-kv': VaultKvStack,
  vernemq: VerneMqStack,
};

const recorded = (name: string): string[] =>
  readFileSync(join(__dirname, 'addresses', name), 'utf8')
    .trimEnd()
    .split('\n');

test.each(Object.entries(EXAMPLES))(
  'the Terraform addresses of the example %s are as recorded',
  (name, ExampleStack) => {
    const stack = new ExampleStack(new App({ stackTraces: false }), name);
    expect(Template.fromStack(stack).addresses()).toEqual(recorded(name));
  },
);

test.each(defineShards(new App({ stackTraces: false })).map((stack) => [stack.node.id, stack] as const))(
  'the Terraform addresses of the stack %s of the example shards are as recorded',
  (name, stack) => {
    expect(Template.fromStack(stack).addresses()).toEqual(recorded(name));
  },
);
