import { App } from 'cdktf';

import { CouchDbChartStack } from './couchdb';
import { EjabberdChartStack } from './ejabberd';
import { ElixirReleaseStatefulSetStack } from './elixir-release';
import { EmqxChartStack } from './emqx';
import { RabbitMqChartStack, RabbitMqOperatorStack } from './rabbitmq';

// Each stack is for itself: keep the one that you need.
const app = new App();
new CouchDbChartStack(app, 'couchdb-chart');
new EjabberdChartStack(app, 'ejabberd-chart');
new ElixirReleaseStatefulSetStack(app, 'elixir-release');
new EmqxChartStack(app, 'emqx-chart');
new RabbitMqChartStack(app, 'rabbitmq-chart');
new RabbitMqOperatorStack(app, 'rabbitmq-operator');
app.synth();
