import type { Construct } from 'constructs';

import { describe, type Finding, InvalidInput } from '../../model/findings/finding';
import { Annotations } from './cdktf';

/** Runs a construct's checks and definitions; a refusal from the model then names the construct too. */
export function within<T>(scope: Construct, body: () => T): T {
  try {
    return body();
  } catch (error) {
    // The innermost construct is the one to name, and it has been named already when this is not the first.
    if (error instanceof InvalidInput && error.where === undefined) {
      throw new InvalidInput(error.finding, scope.node.path);
    }
    throw error;
  }
}

/** Refuses on the first error, and announces the warnings. */
export function report(scope: Construct, findings: readonly Finding[]): void {
  const error = findings.find(({ severity }) => severity === 'error');
  if (error !== undefined) throw new InvalidInput(error, scope.node.path);
  for (const warning of findings) Annotations.of(scope).addWarning(describe(warning));
}
