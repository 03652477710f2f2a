import { App } from 'cdktf';

import { RelxReleaseStack } from './stack';

const app = new App();
new RelxReleaseStack(app, 'relx-release');
app.synth();
