import { App } from 'cdktf';

import { VerneMqStack } from './stack';

const app = new App();
new VerneMqStack(app, 'vernemq');
app.synth();
