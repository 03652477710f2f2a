// Three nodes with hand-made certificates, adopted while they call each other. `npm run adoption` starts this after it has installed the npm packages.
//
// Everything happens in a temporary directory that is removed at the end; `KEEP=1` keeps it.
import { execFileSync } from 'node:child_process';

import { erlangTls } from '../../../src/cli/erlang-tls';
import { handMade } from '../../../test/support/adoption/hand-made';
import { availableRuntimes } from '../../../test/support/erlang';
import { isUsable } from '../../../test/support/programs/requires';
import { prepareProviders } from '../../../test/support/terraform';
import { say, title } from '../output';
import { DemoFailed, explain } from '../problems';
import { TerraformSteps } from '../terraform-steps';
import { workspace } from '../workspace';
import { instructionsIn } from './instructions';
import { AdoptedNodes } from './nodes';
import { edited, generationsIn, RETIRED, SIGNS, synthesized } from './stack';

void main();

async function main(): Promise<void> {
  process.exitCode = await walk().catch(explain);
}

/** The exit code: 0 if every step behaved as promised. */
async function walk(): Promise<number> {
  if (!isUsable('erl')) throw new DemoFailed('This walk needs erl, with TLS.');
  const { directory, farewell } = workspace();
  const providers = await prepareProviders();
  say(`Terraform providers: ${providers.description}`);
  const made = handMade(directory, 'openssl', { isInPlace: true });
  const nodes = await AdoptedNodes.start(made, availableRuntimes());
  try {
    await adoptAll(made.directory, nodes, await TerraformSteps.start(providers));
  } finally {
    await nodes.stop();
  }
  say(`\n${farewell}`);
  return 0;
}

async function adoptAll(directory: string, nodes: AdoptedNodes, steps: TerraformSteps): Promise<void> {
  say(title('Before: certificates by a CA that somebody made with openssl'));
  for (const name of nodes.names) say(`  ${name}: OTP ${nodes.versionOf(name)}`);
  say(`\n  ${await nodes.verdict()}.`);

  say(title('The stack: erlang-tls adopt'));
  const { stack, instructions } = await printed(directory);
  const first = edited(stack, [
    // Terraform runs here, and not in a project's cdktf.out.
    ["'out/erl'", `'${steps.path('out')}'`],
    ['certificateAuthority: {', 'certificateAuthority: {\n    rollover: { settleMinutes: 0 },'],
  ]);
  say(
    ...generationsIn(first).map((line) => `    ${line}`),
    '',
    ...instructions.text.map((line) => `    ${line.replaceAll(`${directory}/`, 'nodes/')}`),
  );

  say(title('Refused: 2027 signs at once'));
  await declare(steps, edited(first, SIGNS));
  await steps.refuse();

  say(title('Deploy 1: 2027 is trusted'));
  await declare(steps, first);
  await steps.deploy();
  say('');
  for (const name of nodes.names) {
    for (const command of instructions.commandsFor(name)) {
      execFileSync('sh', ['-c', command.replace('NODE', name)], { cwd: steps.path('out'), stdio: 'pipe' });
    }
    say(`  ${name}: trusts 2027, without a restart`);
  }
  await checkFiles(directory);
  say(`\n  ${await nodes.verdict()}.`);

  say(title('Deploy 2: 2027 signs'));
  const second = edited(first, SIGNS);
  await declare(steps, second);
  await steps.deploy();
  say('');
  // What a node would still show that nobody restarts.
  const left = nodes.copyOfOld();
  for (const name of nodes.names) {
    nodes.install(name, steps.path('out'));
    nodes.nameNewFiles(name, instructions.removalsFor(name));
    await nodes.restart(name);
    say(`  ${name}: restarted with the files of the stack`);
  }
  say(`\n  ${await nodes.verdict()}.`);
  for (const name of nodes.names) {
    if (!(await nodes.letsIn(name, left))) throw new DemoFailed(`${name} refuses a certificate of the hand-made CA.`);
  }
  say('  A node with a certificate of the hand-made CA is let in by each of them.');

  say(title('Deploy 3: the hand-made CA is retired'));
  await declare(steps, edited(second, RETIRED));
  await steps.deploy();
  say('');
  for (const name of nodes.names) {
    nodes.install(name, steps.path('out'));
    await nodes.readAgain(name);
    say(`  ${name}: trusts 2027 alone`);
  }
  say(`\n  ${await nodes.verdict()}.`);
  for (const name of nodes.names) {
    if (await nodes.letsIn(name, left)) throw new DemoFailed(`${name} lets a certificate of the hand-made CA in.`);
  }
  say('  A node with a certificate of the hand-made CA is refused by each of them.');
}

/** What the command line tool says about the nodes. */
async function printed(directory: string): Promise<{ stack: string; instructions: ReturnType<typeof instructionsIn> }> {
  const [oldest] = availableRuntimes();
  const args = ['adopt', `--otp=${oldest?.otp}`, '--signing=2027', '--root=/', directory];
  say(`  erlang-tls ${args.slice(0, -1).join(' ')} nodes > main.ts\n`);
  const texts = { out: '', err: '' };
  const world = {
    ...{ env: {}, now: Date.now(), isTerminal: false },
    out: (text: string) => void (texts.out += text),
    err: (text: string) => void (texts.err += text),
  };
  if ((await erlangTls(args, world)) !== 0) throw new DemoFailed(`adopt found errors:\n${texts.err}`);
  return { stack: texts.out, instructions: instructionsIn(texts.err) };
}

/** The files of the nodes as they are now. */
async function checkFiles(directory: string): Promise<void> {
  const [oldest] = availableRuntimes();
  say('\n  erlang-tls check nodes');
  const texts: string[] = [];
  const world = { ...{ env: {}, now: Date.now(), isTerminal: false }, out: note, err: note };
  if ((await erlangTls(['check', `--otp=${oldest?.otp}`, directory], world)) !== 0)
    throw new DemoFailed(`check found errors:\n${texts.join('')}`);
  say('    no errors');

  function note(text: string): void {
    texts.push(text);
  }
}

async function declare(steps: TerraformSteps, stack: string): Promise<void> {
  say(...generationsIn(stack).map((line) => `  ${line}`));
  await steps.write(synthesized(stack));
}
