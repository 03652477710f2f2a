import { App } from 'cdktf';

import { CouchDbStack } from './stack';

const app = new App();
new CouchDbStack(app, 'couchdb');
app.synth();
