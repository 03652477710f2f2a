import { App } from 'cdktf';

import { ElixirReleaseStack } from './stack';

const app = new App();
new ElixirReleaseStack(app, 'elixir-release');
app.synth();
