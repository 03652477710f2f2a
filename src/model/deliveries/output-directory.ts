/** Rules about the directories of deliveries. */
import { DOCUMENTATION } from '../findings/documentation';
import { rule } from '../findings/rule';

export const FILE_OUTSIDE_INSTALL_DIRECTORY = rule({
  code: 'file-outside-install-directory',
  severity: 'error',
  problem: 'does not lie in the install directory',
  expected: 'every file of a node below its install directory',
  remedy: 'give the file a path below it, or bind it in a delivery of its own',
  source: 'test/constructs/refusals.test.ts',
});

export const OUTPUT_DIRECTORY_EMPTY = rule({
  code: 'output-directory-empty',
  severity: 'error',
  problem: 'is empty',
  expected: 'a directory on the machine that runs Terraform',
  remedy: 'name a directory, such as "out"',
  source: 'docs/decisions/0013-a-relative-output-directory-counts-from-the-project.md',
});

/** Files that Terraform writes for a stack whose state is elsewhere. A runner that starts from nothing has the state and lacks the files. */
export const OUTPUT_ON_RUNNER = rule({
  code: 'output-on-runner',
  severity: 'warning',
  problem: 'has its state in a remote backend, and its files on the machine that runs Terraform',
  expected:
    'a machine that keeps the files, or a delivery that leaves none there: ssh, a Kubernetes Secret or a secret store',
  remedy: `choose such a delivery where each run has a fresh checkout: otherwise every plan there writes all files again, and a nightly plan that is to be empty never is (${DOCUMENTATION}ci.md)`,
  source: 'docs/ci.md; test/real/ci.test.ts',
});
