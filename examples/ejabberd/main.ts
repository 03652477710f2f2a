import { App } from 'cdktf';

import { EjabberdStack } from './stack';

const app = new App();
new EjabberdStack(app, 'ejabberd');
app.synth();
