import { App } from 'cdktf';

import { CouchDbStack } from './couchdb/stack';
import { MongooseImStack } from './mongooseim/stack';

const app = new App();
new CouchDbStack(app, 'couchdb');
new MongooseImStack(app, 'mongooseim');
app.synth();
