import { App } from 'cdktf';

import { VaultStack } from './stack';

const app = new App();
new VaultStack(app, 'vault');
app.synth();
