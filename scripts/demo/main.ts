// Deploys and runs the examples. `npm run demo` starts this after it has installed the npm packages.
//
// Everything happens in a temporary directory that is removed at the end; `KEEP=1` keeps it. Only the report pages remain, in `out/demo`.
import { availableRuntimes } from '../../test/support/erlang';
import { isUsable, remedy } from '../../test/support/programs/requires';
import { MissingProgram, prepareProviders, type ProviderSource } from '../../test/support/terraform';
import { certificateTable } from './certificates';
import { checkAndReport } from './checked';
import { deploy } from './deploy';
import { type Example, EXAMPLES, synthesizeExamples } from './examples';
import { fileTable } from './files';
import { say, title } from './output';
import { DemoFailed, explain } from './problems';
import { showCluster } from './running-cluster';
import { type Workspace, workspace } from './workspace';

void main();

async function main(): Promise<void> {
  const start = performance.now();
  const place = workspace();
  process.exitCode = await demonstrate(place).catch(explain);
  say(`\n${((performance.now() - start) / 1000).toFixed(0)} s in total. ${place.farewell}`);
}

/** The exit code: 0 where the examples were deployed and, if they were started, behave as promised. */
async function demonstrate(place: Workspace): Promise<number> {
  const { directory, outputDirectory } = place;
  const providers = await findProviders();
  if (providers === undefined) return showDeclared(directory);
  await deploy(directory, providers);

  say(title('Files'), fileTable(outputDirectory));
  say(title('Certificates'), certificateTable(outputDirectory));
  const failures = await startNodes(directory);
  return failures + (await checkAndReport(place, providers));
}

/** Says in one line which are used, or what is missing. */
async function findProviders(): Promise<ProviderSource | undefined> {
  // The first build of the offline ones is the only long wait that shows nothing.
  const notice = setTimeout(() => console.error('Preparing Terraform providers; the first time takes minutes.'), 5000);
  try {
    const providers = await prepareProviders();
    say(`Terraform providers: ${providers.description}`);
    return providers;
  } catch (error) {
    if (!(error instanceof MissingProgram)) throw new DemoFailed(`No Terraform providers: ${String(error)}`);
    const why = error.program === 'go' ? 'the real ones cannot be reached, and to build the offline ones ' : '';
    say(`Terraform providers: none, ${why}${error.program} is missing. How to get it: ${error.remedy}.`);
    return undefined;
  } finally {
    clearTimeout(notice);
  }
}

/** Shows what is possible without Terraform. */
function showDeclared(directory: string): number {
  say('Nothing can be deployed. This is what the examples declare:');
  for (const { stack, resources } of synthesizeExamples(directory)) say(`  ${stack}: ${resources} resources`);
  if (!isUsable('erl')) say(missingErl());
  return 1;
}

async function startNodes(directory: string): Promise<number> {
  if (!isUsable('erl')) return skipNodes(missingErl());
  if (process.platform !== 'linux') {
    return skipNodes('No nodes are started: that needs Linux, where each can have its own loopback address.');
  }
  let failures = 0;
  for (const example of EXAMPLES) failures += (await startExample(directory, example)) ? 0 : 1;
  return failures === 0 ? 0 : 1;
}

/** Whether the nodes behave as promised. A runtime that is too old does not count as a failure. */
async function startExample(directory: string, example: Example): Promise<boolean> {
  say(title(`${example.name} nodes`));
  const runtimes = availableRuntimes();
  const runtime = runtimes.find(({ otp }) => otp >= example.oldestOtp);
  if (runtime !== undefined) return showCluster(directory, example, runtime);
  say(
    `Not started: its files are for OTP ${example.oldestOtp} and later, and this machine has ` +
      `${runtimes.map(({ version }) => `OTP ${version}`).join(', ')}.`,
    `On a machine with access to Debian packages, scripts/runtimes/erlang-runtimes.sh 27 unpacks a newer one beside it.`,
  );
  return true;
}

function skipNodes(reason: string): number {
  say(title('Nodes'), reason);
  return 0;
}

function missingErl(): string {
  return `No nodes are started, erl is missing or has no TLS. How to get ${remedy(['erl'])}.`;
}
