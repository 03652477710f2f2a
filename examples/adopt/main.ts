import { App } from 'cdktf';

import { AdoptStack } from './stack';

const app = new App();
new AdoptStack(app, 'adopt');
app.synth();
