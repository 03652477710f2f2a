import type { Construct } from 'constructs';

import { describe, type Finding, InvalidInput } from '../../model/findings/finding';
import { Annotations } from './cdktf';

/** Runs the checks and definitions of a construct, and adds its path to a refusal from the model. */
export function within<T>(scope: Construct, body: () => T): T {
  try {
    return body();
  } catch (error) {
    // The innermost construct is named. An outer one must not overwrite its path.
    if (error instanceof InvalidInput && error.where === undefined) {
      throw new InvalidInput(error.finding, scope.node.path);
    }
    throw error;
  }
}

/** Throws the first error, or else adds the warnings as annotations. */
export function report(scope: Construct, findings: readonly Finding[]): void {
  const error = findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new InvalidInput(error, scope.node.path);
  for (const warning of findings) Annotations.of(scope).addWarning(describe(warning));
}
