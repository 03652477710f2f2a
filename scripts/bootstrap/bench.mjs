// `npm run bench`: measures the compiled package, so it compiles it first.
import { endWithParent } from './ends-with-parent.mjs';
import { installIfNeeded } from './install-if-needed.mjs';
import { inRoot, tsx, tsxEnvironment } from './paths.mjs';
import { run } from './run.mjs';

endWithParent();
await installIfNeeded();
const built = await run([process.execPath, [inRoot('scripts/build/build.mjs')]]);
process.exitCode =
  built === 0 ? await run(tsx('bench/scale/main.ts', ...process.argv.slice(2)), { env: tsxEnvironment }) : built;
