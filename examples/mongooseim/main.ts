import { App } from 'cdktf';

import { MongooseImStack } from './stack';

const app = new App();
new MongooseImStack(app, 'mongooseim');
app.synth();
