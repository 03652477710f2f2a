import { shellQuoted } from '../../erlang/flags/shell-variable-writer';
import { terraformLiteral } from '../../terraform/terraform-literal';
import { SSH_BEGIN } from './begin.generated';
import { SSH_FINISH } from './finish.generated';

/** What happens on a host, apart from the install script itself. */
export interface StepInput {
  /** Directory on the host in which the script arrives: relative to the home directory of the user, or absolute. It does not exist before. */
  readonly directory: string;
  /** Seconds after which the script is removed if no step comes. */
  readonly limit: number;
  readonly installDirectory: string;
  readonly sudo: boolean;
  /** File for the script of a node that keeps its key, which has no secret. Absent if the script has one. */
  readonly kept?: string;
  /** Whether the node waits for its certificate, so that its request is made. */
  readonly isWaiting: boolean;
  /** Command for files that have replaced others. Empty for none. */
  readonly reload: string;
  /** Command that has to succeed before the next node. Empty for none. */
  readonly health: string;
  readonly healthSeconds: number;
}

/** What the steps do after their first lines, as Terraform strings. */
export interface StepTexts {
  readonly begin: string;
  /** The install script. */
  readonly install: string;
  readonly finish: string;
}

/** The first and the last step are the same on every host, apart from variables. */
export const BEGIN_BODY = terraformLiteral(SSH_BEGIN);
export const FINISH_BODY = terraformLiteral(SSH_FINISH);

/** A script that Terraform uploads and runs. */
export interface Step {
  /** Where Terraform writes it on the host. Not quoted by Terraform, so it has plain characters only. */
  readonly path: string;
  /** As a Terraform string. */
  readonly text: string;
}

/**
 * The steps in their order. Terraform uploads each of them to a file that everybody may read, so that the first one makes a closed directory for the
 * others. A step with a secret in its text prints nothing, so that the last one, whose words matter, has none.
 */
export function steps(input: StepInput, texts: StepTexts): readonly [Step, Step, Step] {
  const { directory } = input;
  return [
    { path: `${directory}.sh`, text: script({ directory, limit: String(input.limit) }, texts.begin) },
    { path: `${directory}/bring`, text: terraformLiteral(BRING) + texts.install },
    { path: `${directory}/run`, text: script(finishVariables(input), texts.finish) },
  ];
}

/** The first lines before the install script, as it arrives: it moves away, because Terraform empties the file of a step. Later they do nothing. */
const BRING = '#!/bin/sh\ncase $0 in */bring) exec mv "$0" "${0%/*}/install.sh" ;; esac\n';

function finishVariables(input: StepInput): Readonly<Record<string, string>> {
  const { directory, installDirectory, sudo, kept = '', isWaiting, reload, health, healthSeconds } = input;
  return {
    directory,
    sudo: sudo ? 'yes' : '',
    install_directory: installDirectory,
    kept,
    is_waiting: isWaiting ? 'yes' : '',
    ...{ reload, health, health_seconds: String(healthSeconds) },
  };
}

function script(variables: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${shellQuoted(value)}\n`);
  return terraformLiteral(`#!/bin/sh\n${lines.join('')}`) + body;
}
