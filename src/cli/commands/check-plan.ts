import { readPlan } from '../../model/observed/terraform/terraform-plan';
import { planFacts, planSummary, planText } from '../../model/report/text/plan-text';
import { judgePlan } from '../../model/rules/check-plan';
import { type Command, type ExitCode, UsageError } from '../command';
import { answerOf, conclude, FINDINGS_OPTIONS, FINDINGS_USAGE } from '../findings';
import { parsed, readJson } from '../input';

/** Between plan and apply: whether the cluster stays connected while its nodes get the new files one after the other. */
export const checkPlan: Command = {
  summary: 'whether a plan keeps every node connected, on the way from old files to new ones',
  usage: `usage: erlang-tls check-plan FILE

  FILE  what terraform show -json wrote of a saved plan, or - for standard input. It holds private keys: pipe it, or delete it.

${FINDINGS_USAGE}`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, FINDINGS_OPTIONS);
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError('one plan is needed');
    const answer = answerOf(values);
    const verdict = judgePlan(readPlan(readJson(file)));
    return conclude(verdict.findings, answer, world, {
      text: `${planText(verdict)}\n\n${planSummary(verdict)}\n`,
      facts: planFacts(verdict),
    });
  },
};
