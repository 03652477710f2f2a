import { App } from 'cdktf';

import { KeysOnNodesStack } from './stack';

const app = new App();
new KeysOnNodesStack(app, 'keys-on-nodes');
app.synth();
