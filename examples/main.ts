import { App } from 'cdktf';

import { AutoscalingStack } from './autoscaling/stack';
import { CouchDbStack } from './couchdb/stack';
import { EjabberdStack } from './ejabberd/stack';
import { ElixirReleaseStack } from './elixir-release/stack';
import { EmqxStack } from './emqx/stack';
import { ErlStack } from './erl/stack';
import { MongooseImStack } from './mongooseim/stack';
import { RabbitMqStack } from './rabbitmq/stack';
import { RelxReleaseStack } from './relx-release/stack';
import { RotationStack } from './rotation/stack';
import { VerneMqStack } from './vernemq/stack';

// Without the examples of shards and of keys on nodes, whose first set-up takes two deploys: each is an app of its own.
const app = new App();
new AutoscalingStack(app, 'autoscaling');
new CouchDbStack(app, 'couchdb');
new EjabberdStack(app, 'ejabberd');
new ElixirReleaseStack(app, 'elixir-release');
new EmqxStack(app, 'emqx');
new ErlStack(app, 'erl');
new MongooseImStack(app, 'mongooseim');
new RabbitMqStack(app, 'rabbitmq');
new RelxReleaseStack(app, 'relx-release');
new RotationStack(app, 'rotation');
new VerneMqStack(app, 'vernemq');
app.synth();
