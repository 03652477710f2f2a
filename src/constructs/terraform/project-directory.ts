import { posix, relative, resolve } from 'node:path';

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

/** `Testing.app()` of CDKTF synthesizes to a temporary directory of this name. It stands for a directory in the project. */
const OF_A_TEST = /(?:^|\/)cdktf\.outdir\.[^/]*$/;

function fromOutput(outdir: string): string {
  return OF_A_TEST.test(outdir) ? '..' : relative(resolve(outdir), '');
}
