import { App } from 'cdktf';

import { ErlStack } from './stack';

const app = new App();
new ErlStack(app, 'erl');
app.synth();
