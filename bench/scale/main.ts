// What TlsCluster costs, compared with a stack by hand that brings the same files: `npm run bench`.
//
//   npm run bench -- --ci                          a small series; ends with status 1 if an aim is missed
//   npm run bench -- [--sizes=100,300] [--backends=http] [--deadline=SECONDS] [--resume]
//                                                  everything, into bench/results/scale.json, and then the page
//
// Processor time is what ratios are made of, with that of all child processes: other work on the machine hardly changes it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { table } from '../../scripts/demo/output';
import { ownDirectory } from '../../scripts/demo/own-directory';
import { prepareProviders } from '../../test/support/terraform';
import { writePerformancePage } from '../page';
import { failures, judge, type Judgement, valueText } from './aims';
import { type Backend, BACKENDS } from './results';
import { checkSameFiles, measureAll, measureSmall, type Run } from './run';

const { values: given } = parseArgs({
  options: {
    ci: { type: 'boolean', default: false },
    probe: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '100,300,1000,3000' },
    backends: { type: 'string', default: BACKENDS.join() },
    deadline: { type: 'string', default: '1800' },
    resume: { type: 'boolean', default: false },
  },
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const providers = await prepareProviders();
  // Whether the rest could run.
  if (given.probe) return;
  const directory = ownDirectory('bench');
  process.env.TMPDIR = join(directory, 'tmp');
  mkdirSync(process.env.TMPDIR);
  const say = (line: string): void => console.log(line);
  const run: Run = { providers, directory, deadlineSeconds: positive('deadline', given.deadline), say };
  say(`Terraform providers: ${providers.description}`);
  await checkSameFiles(run);
  const results = given.ci ? await measureSmall(run) : await measureAll(run, extent());
  if (!given.ci) writePerformancePage();
  const judgements = judge(results);
  say(`\n${table(['aim', 'at most', 'measured', '', ''], judgements.map(row))}`);
  if (!given.ci) return;
  const failed = failures(results);
  for (const line of failed) console.error(`FAILED: ${line}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function row({ aim, where, value, isReached, isTolerated, why }: Judgement): string[] {
  const excuse = why === undefined ? 'above, within the noise' : 'above, as is known';
  const verdict = isReached ? '' : isTolerated ? excuse : 'MISSED';
  return [aim.what, valueText(aim, aim.most), valueText(aim, value), where, verdict];
}

function extent(): Parameters<typeof measureAll>[1] {
  const backends = given.backends.split(',');
  const unknown = backends.find((one) => !(BACKENDS as readonly string[]).includes(one));
  if (unknown !== undefined) throw new Error(`--backends has "${unknown}", expected ${BACKENDS.join(' or ')}`);
  return {
    sizes: given.sizes.split(',').map((one) => positive('sizes', one)),
    backends: backends as Backend[],
    isResumed: given.resume,
  };
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} has "${text}", expected positive integers`);
  return number;
}
