import { App } from 'cdktf';

import { RotationStack } from './stack';

const app = new App();
new RotationStack(app, 'rotation');
app.synth();
