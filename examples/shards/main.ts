import { App } from 'cdktf';

import { defineShards } from './stack';

const app = new App();
defineShards(app);
app.synth();
