import { OtpRelease } from '../../model/otp/otp-release';
import { Releases } from '../../model/otp/releases';
import { installedFacts, installedSummary } from '../../model/report/text/installed-text';
import { probeFacts, probeText } from '../../model/report/text/probe-text';
import { installedFindings } from '../../model/rules/check-nodes';
import { probeFindings } from '../../model/rules/probe/probe';
import { staleCertificateFindings } from '../../model/rules/probe/stale-certificate';
import { DAY } from '../../model/x509/calendar';
import { type Command, type ExitCode, UsageError } from '../command';
import { serviceUser } from '../files/service-user';
import { survey } from '../files/survey';
import { answerOf, conclude, FINDINGS_OPTIONS, FINDINGS_USAGE } from '../findings';
import { parsed } from '../input';
import { askErl, type ErlAnswer } from '../running/erl';
import { probe, probeTarget } from '../running/probe';
import { signatures } from '../signatures';

const OPTIONS = {
  ...FINDINGS_OPTIONS,
  otp: { type: 'string' },
  days: { type: 'string' },
  root: { type: 'string' },
  user: { type: 'string' },
  probe: { type: 'string', multiple: true },
  erl: { type: 'string' },
} as const;

/** How long before its end a certificate is worth a word: somebody has to notice, and to find time. */
export const NOTICE_DAYS = 21;

/** Before a node starts: whether what lies there would work. */
export const check: Command = {
  summary: 'whether the files of nodes would work, before the nodes start',
  usage: `usage: erlang-tls check PATH... [--probe=NODE]...

  PATH          an install directory, a directory of them (such as the output directory), an option file, a file of flags,
                or an install script. ERL_FLAGS, ERL_AFLAGS and ERL_ZFLAGS of this shell are read with the flags.

  --otp=RELEASE the release of the nodes, such as 27: options are judged by it
  --user=USER   who the nodes run as, by name, number, or number:group,group: whether it can read the files
  --root=DIR    takes DIR for the root of the nodes' file system
  --probe=NODE  name@host, asked for at epmd, or host:port, or a host with all nodes that its epmd knows: shakes hands with running
                nodes as a client without a certificate; can be given several times, also without a PATH. With one, whether
                they show the certificates of their files
  --erl=PROGRAM an erl that has the last word, such as --erl=erl: it evaluates the option file, shakes hands with itself, and
                two nodes of it dial each other. For the machine of the node, as the node's user
  --days=DAYS   warn of certificates that end within so many days (default: ${NOTICE_DAYS})

${FINDINGS_USAGE}
Without --erl nothing is evaluated. No key is printed.
`,
  async run(args, world): Promise<ExitCode> {
    const { values, positionals } = parsed(args, OPTIONS);
    const targets = (values.probe ?? []).map((text) => probeTarget(text, world.env));
    if (positionals.length + targets.length === 0) throw new UsageError('a path is needed, or a node to probe');
    const answer = answerOf(values);
    const judgement = {
      releases: values.otp === undefined ? Releases.EVERY : Releases.only(OtpRelease.of(values.otp)),
      now: world.now,
      notice: days(values.days ?? String(NOTICE_DAYS)) * DAY,
      signatures: signatures(),
      user: values.user === undefined ? undefined : serviceUser(values.user, values.root ?? '/'),
    };
    const { nodes, findings } = survey(positionals, { root: values.root ?? '/', env: world.env });
    const probed = (await Promise.all(targets.map(probe))).flat();
    const asked = values.erl === undefined ? NOT_ASKED : await askErl(values.erl, nodes, judgement.releases);
    const found = [
      ...findings,
      ...installedFindings(nodes, judgement),
      ...probed.flatMap((node) => probeFindings(node, judgement)),
      ...staleCertificateFindings(probed, nodes, judgement),
      ...asked.findings,
    ];
    return conclude(found, answer, world, {
      text: [
        ...probed.map(probeText),
        asked.text,
        ...(positionals.length > 0 ? [installedSummary(nodes, found)] : []),
      ].join(''),
      facts: { nodes: nodes.map(installedFacts), probed: probed.map(probeFacts) },
    });
  },
};

const NOT_ASKED: ErlAnswer = { findings: [], text: '' };

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text)) throw new UsageError(`--days=${text} is no number of days`);
  return number;
}
