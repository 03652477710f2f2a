import { isSystemError, systemErrorText } from '../../src/cli/system-error';
import { MissingProgram } from '../../test/support/terraform';

/** The demo cannot continue, and the message states the complete reason. */
export class DemoFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemoFailed';
  }
}

/** One message for problems that a user can fix; anything else is a bug and keeps its stack trace. Returns the exit code. */
export function explain(error: unknown): number {
  const isExpected = error instanceof DemoFailed || error instanceof MissingProgram;
  if (isExpected) console.error(`\n${error.message}`);
  else if (isSystemError(error)) console.error(`\n${error.path ?? 'the demo'}: ${systemErrorText(error)}`);
  else console.error(error);
  return 1;
}
