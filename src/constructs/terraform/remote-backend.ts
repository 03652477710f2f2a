import type { TerraformStack } from './cdktf';
import { Aspects, TerraformBackend } from './cdktf';
import { overridesOf } from './stack-overrides';

/** The backend in which a stack keeps its state on another machine, such as `s3`. Absent if the state is a local file. */
export function remoteBackendOf(stack: TerraformStack): string | undefined {
  const parts = stack.node
    .findAll()
    .filter((one) => TerraformBackend.isBackend(one))
    .map((one) => (one.toTerraform() as BackendJson).terraform);
  return [...parts, overridesOf(stack).terraform].flatMap((terraform) => kindsIn(terraform ?? {}))[0];
}

interface BackendJson {
  readonly terraform?: BackendPart;
}

/** Where the JSON of a stack says where its state is. */
interface BackendPart {
  readonly backend?: unknown;
  readonly cloud?: unknown;
}

function kindsIn({ backend, cloud }: BackendPart): readonly string[] {
  const kinds = Object.entries({ ...(backend as object | undefined), cloud });
  return kinds.flatMap(([kind, given]) => (kind === 'local' || given === undefined || given === null ? [] : [kind]));
}

/** Looks at a stack once it has everything, and before it is written. A user may set the backend after everything else. */
export function beforeSynth(stack: TerraformStack, look: () => void): void {
  Aspects.of(stack).add({
    visit: (one) => {
      if (one === stack) look();
    },
  });
}
