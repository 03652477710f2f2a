import { isAbsolute, posix, relative, resolve } from 'node:path';

import type { Construct } from 'constructs';

import { App } from './cdktf';

/**
 * The way from the directory in which Terraform runs, `cdktf.out/stacks/<stack>`, to the directory of the project, with `cdktf.json`. It depends on
 * where the project has its output directory and not on where the project is, so that a stack is the same in every checkout.
 */
export function projectDirectory(scope: Construct): string {
  const { root } = scope.node;
  return posix.join('../..', App.isApp(root) ? fromOutput(root.outdir) : '..');
}

/** Tests synthesize to a directory of the system's: it stands for one in the project. */
function fromOutput(outdir: string): string {
  const isOutside = relative('', outdir).startsWith('..') && isAbsolute(outdir);
  return isOutside && process.env.CDKTF_OUTDIR === undefined ? '..' : relative(resolve(outdir), '');
}
