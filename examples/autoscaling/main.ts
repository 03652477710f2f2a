import { App } from 'cdktf';

import { AutoscalingStack } from './stack';

const app = new App();
new AutoscalingStack(app, 'autoscaling');
app.synth();
