import { App } from 'cdktf';

import { RabbitMqStack } from './stack';

const app = new App();
new RabbitMqStack(app, 'rabbitmq');
app.synth();
