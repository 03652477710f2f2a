import { App } from 'cdktf';

import { SshStack } from './stack';

const app = new App();
new SshStack(app, 'ssh');
app.synth();
