import { signatures } from '../../crypto/signatures';
import { adopt as adoption, type Adoption } from '../../model/adoption/adoption';
import { type FoundCluster, nodesOf } from '../../model/adoption/found-cluster';
import { sideBySideFindings } from '../../model/adoption/side-by-side';
import { stackText } from '../../model/adoption/stack-text';
import { summaryText } from '../../model/adoption/summary';
import { unreadFindings } from '../../model/adoption/unread';
import { documentation } from '../../model/findings/documentation';
import { OtpRelease } from '../../model/otp/otp-release';
import { Releases } from '../../model/otp/releases';
import { findingsIn } from '../../model/report/text/findings';
import type { Judgement } from '../../model/rules/judgement';
import { civilDay } from '../../model/x509/calendar';
import { type Command, type ExitCode, UsageError } from '../command';
import { copiedNodes } from '../files/copied-nodes';
import { parsed, requireFiles } from '../input';

const OPTIONS = {
  otp: { type: 'string' },
  root: { type: 'string' },
  trusted: { type: 'string' },
  signing: { type: 'string' },
  'install-directory': { type: 'string' },
} as const;

/** Prints the stack with which a cluster with TLS of its own begins. */
export const adopt: Command = {
  summary: 'print the stack for a cluster whose TLS was configured by hand',
  usage: `usage: erlang-tls adopt --otp=RELEASE DIRECTORY...

  DIRECTORY                what was copied from a node, one directory for each node, or a directory with one for each,
                           named after the nodes: the files with its flags, its option file, its certificate and its CA.
                           Paths of the node are looked up below it. Its private key is not needed.

  --otp=RELEASE            the oldest OTP release of the nodes, such as 27
  --trusted=ID             id of the generation for the CA of the nodes (default: hand-made)
  --signing=ID             id of the generation that is to follow (default: the year)
  --install-directory=DIR  directory for the new files, on the nodes (default: one beside the files of now)
  --root=DIR               root of the nodes' file system, such as / on a node (default: each DIRECTORY)

The stack goes to standard output. Standard error has what was taken over, what was not and why, what to do on each node
in the first deploy, and what nodes with old files and nodes with new ones would not accept of each other.

exit code: 0 no errors, 1 errors found, 2 no stack could be made
`,
  async run(args, world): Promise<ExitCode> {
    const { values, positionals } = parsed(args, OPTIONS);
    requireFiles(positionals, 'directory');
    if (values.otp === undefined)
      throw new UsageError('give the release of the nodes, such as --otp=27: no file names it');
    const { members, keys, findings: unreadable } = copiedNodes(positionals, values.root);
    const cluster: FoundCluster = {
      ...{ otp: OtpRelease.of(values.otp), members, keys },
      trustedId: values.trusted ?? 'hand-made',
      signingId: values.signing ?? String(civilDay(world.now).year),
      installDirectory: values['install-directory'],
    };
    requireTls(
      cluster,
      unreadable.map(({ message }) => message),
    );
    const judgement = { releases: Releases.only(cluster.otp), now: world.now, notice: 0, signatures: signatures() };
    const found = adoption(cluster, judgement);
    const findings = [...unreadable, ...allFindings(found, judgement)];
    world.out(stackText(found, judgement.signatures.fingerprint));
    world.err(summaryText(found) + findingsIn('text', findings, false));
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function requireTls(cluster: FoundCluster, unreadable: readonly string[]): void {
  const nodes = nodesOf(cluster);
  if (nodes.length === 0) throw new UsageError(['there is no node', ...unreadable].join('; '));
  const plain = nodes.filter(
    ({ installed: { settings = {} } }) => settings.server === undefined && settings.client === undefined,
  );
  if (plain.length > 0) {
    const names = plain.map(({ name, directory }) => `${name} in ${directory}`).join(', ');
    throw new UsageError(
      `no TLS options are found of ${names}: copy its option file, or see ${documentation('migration')} for nodes without TLS`,
    );
  }
}

function allFindings(found: Adoption, judgement: Judgement): readonly ReturnType<typeof sideBySideFindings>[number][] {
  const unread = found.cluster.members.flatMap((one) => unreadFindings(one, judgement.releases));
  return [
    ...new Map(
      [...unread, ...found.plan.findings, ...sideBySideFindings(found, judgement)].map((one) => [one.message, one]),
    ).values(),
  ];
}
