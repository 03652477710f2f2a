/** Rules about the directories of deliveries. */
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
