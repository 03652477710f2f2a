import { App } from 'cdktf';

import { ParameterStoreStack, VaultKvStack } from './stack';

const app = new App();
new ParameterStoreStack(app, 'parameter-store');
new VaultKvStack(app, 'vault-kv');
app.synth();
