import { signatures } from '../../crypto/signatures';
import { readPlan, type TerraformPlan } from '../../model/observed/terraform/terraform-plan';
import { planFacts, planSummary, planText } from '../../model/report/text/plan-text';
import { judgePlans } from '../../model/rules/check-plan';
import { checkStacks } from '../../model/rules/plans';
import type { Command, ExitCode } from '../command';
import { answerOf, conclude, FINDINGS_OPTIONS, FINDINGS_USAGE } from '../findings';
import { at, fileText, parsed, readJson, requireFiles } from '../input';

/** Checks plans before they are applied: whether the cluster stays connected while its nodes get new files one after the other. */
export const checkPlan: Command = {
  summary: 'check that nodes stay connected while a Terraform plan replaces their files',
  usage: `usage: erlang-tls check-plan FILE...

  FILE  the output of terraform show -json for a saved plan, or - for standard input.
        Plans of several stacks are checked together: nodes of one cluster may be in several.
        They contain private keys: pipe them, or delete them afterwards.

${FINDINGS_USAGE}`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, FINDINGS_OPTIONS);
    requireFiles(positionals, 'plan');
    const answer = answerOf(values);
    const plans = positionals.map((file) => planIn(file, positionals.length > 1));
    checkStacks(plans);
    // A plan without its time is judged as of now.
    const now = new Date(world.now).toISOString();
    const verdict = judgePlans(
      plans.map((plan) => ({ ...plan, timestamp: plan.timestamp ?? now })),
      signatures(),
    );
    const parts = [planText(verdict), planSummary(verdict)].filter((part) => part !== '');
    const exitCode = conclude(verdict.findings, answer, world, {
      text: parts.length === 0 ? '' : `${parts.join('\n\n')}\n`,
      facts: planFacts(verdict),
    });
    return verdict.clusters.length === 0 ? 2 : exitCode;
  },
};

/** Where there are several plans, messages name the one that they are about. */
function planIn(file: string, isOneOfSeveral: boolean): TerraformPlan {
  const json = readJson(file);
  if (!isOneOfSeveral) return readPlan(json);
  const name = fileText(file);
  return at(name, () => readPlan(json, name));
}
