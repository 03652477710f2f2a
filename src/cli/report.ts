import { basename, resolve } from 'node:path';

import { installedFindings } from '../model/checks/installed-checks';
import { DAY } from '../model/pki/calendar';
import { installedPicture } from '../model/report/installed-picture';
import { reportPage, reportSvg } from '../model/report/page';
import type { TrustPicture } from '../model/report/picture';
import { reportText } from '../model/report/text';
import { nodesAt, NOTICE_DAYS } from './check';
import { type Command, type ExitCode, UsageError, type World } from './command';
import { parsed } from './input';
import { signatures } from './signatures';

const OPTIONS = {
  format: { type: 'string' },
  title: { type: 'string' },
  root: { type: 'string' },
} as const;

const FORMATS: Readonly<Record<string, (picture: TrustPicture) => string>> = {
  html: reportPage,
  svg: reportSvg,
  text: reportText,
};

/** At a glance: who trusts what until when. */
export const report: Command = {
  summary: 'who trusts what until when, as a page, a picture or text',
  usage: `usage: erlang-tls report PATH... > report.html

  PATH             install directories, directories of them (such as the output directory), or install scripts

  --format=FORMAT  html (default: one page that needs nothing else), svg, or text
  --title=TITLE    what the cluster is called (default: the name of the first path)
  --root=DIR       takes DIR for the root of the nodes' file system

exit code: 0 written, 2 the question could not be answered; erlang-tls check has exit codes for findings
`,
  run(args, world): ExitCode {
    const { values, positionals } = parsed(args, OPTIONS);
    const [first] = positionals;
    if (first === undefined) throw new UsageError('a path is needed');
    const format = values.format ?? 'html';
    const write = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
    if (write === undefined) throw new UsageError(`--format=${format} is none of html, svg and text`);
    world.out(write(pictureOf(positionals, values.title ?? basename(resolve(first)), values.root ?? '/', world)));
    return 0;
  },
};

function pictureOf(paths: readonly string[], title: string, root: string, world: World): TrustPicture {
  const nodes = [...nodesAt(paths, root, world).values()].flat();
  const judgement = { now: world.now, notice: NOTICE_DAYS * DAY, signatures: signatures() };
  const findings = installedFindings(nodes, judgement);
  return installedPicture(nodes, { title, now: world.now, findings }, judgement.signatures);
}
