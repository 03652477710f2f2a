// `npm run adoption`: works in a fresh clone, so it installs the npm packages first.
import { endWithParent } from './ends-with-parent.mjs';
import { installIfNeeded } from './install-if-needed.mjs';
import { tsx, tsxEnvironment } from './paths.mjs';
import { run } from './run.mjs';

endWithParent();
await installIfNeeded();
process.exitCode = await run(tsx('scripts/demo/adoption/main.ts', ...process.argv.slice(2)), { env: tsxEnvironment });
