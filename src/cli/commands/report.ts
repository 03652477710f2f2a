import { basename, resolve } from 'node:path';

import { signatures } from '../../crypto/signatures';
import { type Finding, refuse } from '../../model/findings/finding';
import { type InstalledNode, readInstalled } from '../../model/observed/files/installed-node';
import type { KnownPem } from '../../model/observed/files/material';
import { deployedNodes } from '../../model/observed/terraform/deployed-nodes';
import { renewalsIn } from '../../model/observed/terraform/renewals';
import { readState } from '../../model/observed/terraform/terraform-state';
import { waitingAt } from '../../model/observed/terraform/waiting';
import { Releases } from '../../model/otp/releases';
import { installedPicture } from '../../model/report/page/installed-picture';
import { reportPage, reportSvg } from '../../model/report/page/page';
import type { TrustPicture } from '../../model/report/page/picture';
import { reportText } from '../../model/report/text/text';
import { waitingFindings } from '../../model/rules/certificates/keys-on-nodes';
import { installedFindings } from '../../model/rules/check-nodes';
import { NOTHING_TO_CHECK } from '../../model/rules/nodes/survey';
import { unfinishedFindings } from '../../model/rules/unfinished';
import type { TerraformResource } from '../../model/terraform/resources';
import { DAY } from '../../model/x509/calendar';
import { type Command, type ExitCode, UsageError } from '../command';
import { survey, withOwnLabels } from '../files/survey';
import { at, fileText, parsed, readJson, requireFiles } from '../input';
import { NOTICE_DAYS } from './check';

const OPTIONS = {
  format: { type: 'string' },
  title: { type: 'string' },
  root: { type: 'string' },
  state: { type: 'string', multiple: true },
} as const;

const FORMATS: Readonly<Record<string, (picture: TrustPicture) => string>> = {
  html: reportPage,
  svg: reportSvg,
  text: reportText,
};

/** Writes a report of certificates, their validity and trust. */
export const report: Command = {
  summary: 'show certificates, their validity and trust as a page, a picture or text',
  usage: `usage: erlang-tls report PATH... [--state=FILE] > report.html

  PATH             install directories, directories of install directories (such as the output directory), or install scripts

  --state=FILE     the output of terraform show -json for the state, or - for standard input. It adds the times of
                   renewal, and without a PATH the nodes themselves. It contains private keys: pipe it, or delete it
                   afterwards. Can be repeated, for a cluster in several stacks.
  --format=FORMAT  html (default: one self-contained page), svg, or text
  --title=TITLE    name of the cluster (default: the name of the first path, or of the file of the state)
  --root=DIR       root of the nodes' file system (default: /)

exit code: 0 report written, 2 it could not be written; for exit codes that depend on findings use erlang-tls check
`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, OPTIONS);
    const write = writerOf(values.format ?? 'html');
    const files = values.state ?? [];
    const [name = files[0]] = positionals;
    if (name === undefined) throw new UsageError('give a path, or --state');
    if (files.length > 0) requireFiles(files, 'state');
    const states = files.map((file) => stateIn(file, files.length > 1));
    const { nodes, findings } =
      positionals.length === 0
        ? { nodes: nodesOf(states), findings: deliveryFindings(states) }
        : survey(positionals, { root: values.root ?? '/', env: world.env });
    if (nodes.length === 0) refuse(NOTHING_TO_CHECK, { subject: name });
    const judgement = {
      releases: Releases.EVERY,
      now: world.now,
      notice: NOTICE_DAYS * DAY,
      signatures: signatures(),
    };
    const frame = {
      title: values.title ?? titleOf(name),
      now: world.now,
      findings: [...findings, ...installedFindings(nodes, judgement)],
      renewals: renewalsIn(
        states.flatMap(({ resources }) => resources),
        judgement.signatures,
      ),
    };
    world.out(write(installedPicture(nodes, frame, judgement.signatures)));
    return 0;
  },
};

interface State {
  readonly file: string;
  readonly resources: readonly TerraformResource[];
}

/** Where there are several states, messages name the one that they are about. */
function stateIn(file: string, isOneOfSeveral: boolean): State {
  const json = readJson(file);
  const read = (): State => ({ file: fileText(file), resources: readState(json) });
  return isOneOfSeveral ? at(fileText(file), read) : read();
}

/** The nodes of all states. Those that are called the same are told apart by their states. */
function nodesOf(states: readonly State[]): readonly InstalledNode[] {
  const known: KnownPem = new Map();
  const sources = states.flatMap(({ file, resources }) =>
    deployedNodes(resources).map((source) => ({ ...source, place: `${source.label} (${file})` })),
  );
  return withOwnLabels(sources).map((source) => readInstalled(source, known));
}

function deliveryFindings(states: readonly State[]): readonly Finding[] {
  return states.flatMap(({ resources }) => [
    ...waitingFindings(waitingAt('before', resources)),
    ...unfinishedFindings(resources),
  ]);
}

function writerOf(format: string): (picture: TrustPicture) => string {
  const writer = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (writer === undefined) throw new UsageError(`--format=${format} is unknown: use html, svg or text`);
  return writer;
}

function titleOf(path: string): string {
  return path === '-' ? 'cluster' : basename(resolve(path));
}
