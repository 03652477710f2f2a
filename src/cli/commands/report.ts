import { basename, resolve } from 'node:path';

import { refuse } from '../../model/findings/finding';
import { readInstalled } from '../../model/observed/files/installed-node';
import { deployedNodes } from '../../model/observed/terraform/deployed-nodes';
import { renewalsIn } from '../../model/observed/terraform/renewals';
import { readState } from '../../model/observed/terraform/terraform-state';
import { Releases } from '../../model/otp/releases';
import { installedPicture } from '../../model/report/page/installed-picture';
import { reportPage, reportSvg } from '../../model/report/page/page';
import type { TrustPicture } from '../../model/report/page/picture';
import { reportText } from '../../model/report/text/text';
import { installedFindings } from '../../model/rules/check-nodes';
import { NOTHING_TO_CHECK } from '../../model/rules/nodes/survey';
import { DAY } from '../../model/x509/calendar';
import { type Command, type ExitCode, UsageError } from '../command';
import { survey } from '../files/survey';
import { parsed, readJson } from '../input';
import { signatures } from '../signatures';
import { NOTICE_DAYS } from './check';

const OPTIONS = {
  format: { type: 'string' },
  title: { type: 'string' },
  root: { type: 'string' },
  state: { type: 'string' },
} as const;

const FORMATS: Readonly<Record<string, (picture: TrustPicture) => string>> = {
  html: reportPage,
  svg: reportSvg,
  text: reportText,
};

/** At a glance: who trusts what until when. */
export const report: Command = {
  summary: 'who trusts what until when, as a page, a picture or text',
  usage: `usage: erlang-tls report PATH... [--state=FILE] > report.html

  PATH             install directories, directories of them (such as the output directory), or install scripts

  --state=FILE     what terraform show -json wrote of the state, or - for standard input. It says when certificates are renewed, and
                   without a PATH also which nodes there are. It holds private keys: pipe it, or delete it.
  --format=FORMAT  html (default: one page that needs nothing else), svg, or text
  --title=TITLE    what the cluster is called (default: the name of the first path, or of the state's file)
  --root=DIR       takes DIR for the root of the nodes' file system

exit code: 0 written, 2 the question could not be answered; erlang-tls check has exit codes for findings
`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, OPTIONS);
    const write = writerOf(values.format ?? 'html');
    const [name = values.state] = positionals;
    if (name === undefined) throw new UsageError('a path is needed, or --state');
    const resources = values.state === undefined ? [] : readState(readJson(values.state));
    const { nodes, findings } =
      positionals.length === 0
        ? { nodes: deployedNodes(resources).map((one) => readInstalled(one)), findings: [] }
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
      renewals: renewalsIn(resources, judgement.signatures),
    };
    world.out(write(installedPicture(nodes, frame, judgement.signatures)));
    return 0;
  },
};

function writerOf(format: string): (picture: TrustPicture) => string {
  const writer = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (writer === undefined) throw new UsageError(`--format=${format} is none of html, svg and text`);
  return writer;
}

function titleOf(path: string): string {
  return path === '-' ? 'cluster' : basename(resolve(path));
}
