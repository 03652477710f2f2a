import { App } from 'cdktf';

import { CompanyCaStack } from './stack';

const app = new App();
new CompanyCaStack(app, 'company-ca');
app.synth();
