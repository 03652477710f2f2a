import { readPlan } from '../../model/observed/terraform/terraform-plan';
import { planFacts, planSummary, planText } from '../../model/report/text/plan-text';
import { judgePlan } from '../../model/rules/check-plan';
import { type Command, type ExitCode, UsageError } from '../command';
import { answerOf, conclude, FINDINGS_OPTIONS, FINDINGS_USAGE } from '../findings';
import { parsed, readJson } from '../input';

/** Checks a plan before it is applied: whether the cluster stays connected while its nodes get new files one after the other. */
export const checkPlan: Command = {
  summary: 'check that nodes stay connected while a Terraform plan replaces their files',
  usage: `usage: erlang-tls check-plan FILE

  FILE  the output of terraform show -json for a saved plan, or - for standard input.
        It contains private keys: pipe it, or delete it afterwards.

${FINDINGS_USAGE}`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, FINDINGS_OPTIONS);
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError('give exactly one plan');
    const answer = answerOf(values);
    const plan = readPlan(readJson(file));
    // A plan without its time is judged as of now.
    const verdict = judgePlan({ ...plan, timestamp: plan.timestamp ?? new Date(world.now).toISOString() });
    const parts = [planText(verdict), planSummary(verdict)].filter((part) => part !== '');
    const exitCode = conclude(verdict.findings, answer, world, {
      text: parts.length === 0 ? '' : `${parts.join('\n\n')}\n`,
      facts: planFacts(verdict),
    });
    return verdict.clusters.length === 0 ? 2 : exitCode;
  },
};
