import { App } from 'cdktf';

import { EmqxStack } from './stack';

const app = new App();
new EmqxStack(app, 'emqx');
app.synth();
