// A complete rollover of a CA, step by step. `npm run rotation` starts this after it has installed the npm packages.
//
// Everything happens in a temporary directory that is removed at the end; `KEEP=1` keeps it.
import { availableRuntimes } from '../../../test/support/erlang';
import { installedCertificate } from '../../../test/support/installing/operator';
import { isUsable } from '../../../test/support/programs/requires';
import { prepareProviders } from '../../../test/support/terraform';
import { say, title } from '../output';
import { DemoFailed, explain } from '../problems';
import { workspace } from '../workspace';
import { type RunningNodes, withNodes } from './nodes';
import { type Step, STEPS } from './steps';
import { Walk } from './walk';

void main();

async function main(): Promise<void> {
  process.exitCode = await walk().catch(explain);
}

/** The exit code: 0 if every step behaved as promised. */
async function walk(): Promise<number> {
  const { farewell } = workspace();
  const providers = await prepareProviders();
  say(`Terraform providers: ${providers.description}`);
  const place = await Walk.start(providers);
  const [runtime] = isUsable('erl') ? availableRuntimes() : [];
  if (runtime === undefined) {
    say('No nodes are started: erl is missing, or has no TLS.');
    for (const step of STEPS) await take(place, step);
  } else {
    say(`Three nodes of OTP ${runtime.version} run from the first deploy to the last.`);
    await withNodes(runtime, async (nodes) => {
      for (const step of STEPS) await take(place, step, nodes);
    });
  }
  say(`\n${farewell}`);
  return 0;
}

async function take(place: Walk, step: Step, nodes?: RunningNodes): Promise<void> {
  say(title(step.title));
  const cluster = await place.declare(step);
  if (step.isRefused === true) return place.refuse();
  await place.deploy();

  say('\n  on each node: sh out/rotation/NODE.sh');
  for (const node of cluster.nodes) {
    const names = place.install(node);
    await nodes?.readAgain(node.name);
    const issuer = /OU=(.*)/.exec(installedCertificate(node).issuer)?.[1] ?? 'nobody';
    say(`    ${node.name}: ${names.join(', ') || 'nothing changed'}; certificate of ${issuer}`);
  }
  if (nodes === undefined) return;
  if (step === STEPS[0]) await nodes.start(cluster);
  const { text, isGood } = await nodes.verdict();
  say(`\n  ${text}.`);
  if (!isGood) throw new DemoFailed('The nodes lost each other.');
}
