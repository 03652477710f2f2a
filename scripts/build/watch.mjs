// Compiles on every change; the stamp of scripts/build/build.mjs would go stale, so it is removed first.
import { rmSync } from 'node:fs';

import { inRoot, nodeModule } from '../bootstrap/paths.mjs';
import { run } from '../bootstrap/run.mjs';

rmSync(inRoot('lib', '.sources.sha256'), { force: true });
process.exitCode = await run(nodeModule('jsii/bin/jsii', ['--watch']));
