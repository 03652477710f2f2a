import { App } from 'cdktf';

import { ConstructsStack } from './stack';

const app = new App();
new ConstructsStack(app, 'constructs');
app.synth();
