import { signatures } from '../../crypto/signatures';
import type { Finding } from '../../model/findings/finding';
import { OtpRelease } from '../../model/otp/otp-release';
import { Releases } from '../../model/otp/releases';
import { installedFacts, installedSummary } from '../../model/report/text/installed-text';
import { probeFacts, probeText } from '../../model/report/text/probe-text';
import { diallersAmong } from '../../model/rules/certificates/verifiers';
import { installedFindings } from '../../model/rules/check-nodes';
import { NOTHING_TO_CHECK } from '../../model/rules/nodes/survey';
import { probeFindings } from '../../model/rules/probe/probe';
import { staleCertificateFindings } from '../../model/rules/probe/stale-certificate';
import { DAY } from '../../model/x509/calendar';
import { type Command, type ExitCode, UsageError } from '../command';
import { serviceUser } from '../files/service-user';
import { survey } from '../files/survey';
import { answerOf, conclude, FINDINGS_OPTIONS, FINDINGS_USAGE } from '../findings';
import { parsed } from '../input';
import { type ErlResult, tryWithErl } from '../running/erl';
import { probe, probeTarget } from '../running/probe';

const OPTIONS = {
  ...FINDINGS_OPTIONS,
  otp: { type: 'string' },
  days: { type: 'string' },
  root: { type: 'string' },
  user: { type: 'string' },
  probe: { type: 'string', multiple: true },
  erl: { type: 'string' },
} as const;

/** Days before expiry at which a certificate becomes a warning: somebody has to notice, and to find time. */
export const NOTICE_DAYS = 21;

/** Checks the files of nodes before the nodes start. */
export const check: Command = {
  summary: 'check the files of nodes before the nodes start',
  usage: `usage: erlang-tls check PATH... [--probe=NODE]...

  PATH           an install directory, a directory of install directories (such as the output directory), an option
                 file, a file of flags, or an install script. ERL_FLAGS, ERL_AFLAGS and ERL_ZFLAGS of this shell are
                 read together with the flags.

  --otp=RELEASE  OTP release of the nodes, such as 27: checks the options for that release
  --user=USER    user that the nodes run as, by name, number, or number:group,group: checks that it can read the files
  --root=DIR     root of the nodes' file system (default: /)
  --probe=NODE   performs TLS handshakes with running nodes, as a client without a certificate. NODE is name@host (its
                 port is looked up in epmd), host:port, [address]:port, or a host (every node that its epmd knows). Can be
                 repeated, and used without a PATH. With a PATH it also checks that the nodes present the certificates in their files.
  --erl=PROGRAM  lets a real erl try the files, such as --erl=erl: it evaluates the option file, completes a handshake
                 with itself, and starts two nodes that dial each other. Run this on the machine and as the user of the
                 node.
  --days=DAYS    warns of certificates that expire within this many days (default: ${NOTICE_DAYS})

${FINDINGS_USAGE}
Without --erl no file is evaluated. Private keys are never printed.
`,
  async run(args, world): Promise<ExitCode> {
    const { values, positionals } = parsed(args, OPTIONS);
    const targets = (values.probe ?? []).map((text) => probeTarget(text, world.env));
    if (positionals.length + targets.length === 0) throw new UsageError('give a path, or a node to probe');
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
    const diallers = diallersAmong(nodes);
    const tried = values.erl === undefined ? NOT_TRIED : await tryWithErl(values.erl, nodes, judgement.releases);
    const found = [
      ...findings,
      ...installedFindings(nodes, judgement),
      ...probed.flatMap((node) => probeFindings(node, judgement, diallers)),
      ...staleCertificateFindings(probed, nodes, judgement),
      ...tried.findings,
    ];
    const judged = nodes.length + probed.length;
    const exitCode = conclude(found, answer, world, {
      text: [
        ...probed.map(probeText),
        tried.text,
        ...(positionals.length > 0 ? [installedSummary(nodes, found)] : []),
      ].join(''),
      facts: { nodes: nodes.map(installedFacts), probed: probed.map(probeFacts) },
    });
    return answered(findings, judged, exitCode);
  },
};

/** Where there was nothing to judge, there is no answer. */
function answered(findings: readonly Finding[], judged: number, exitCode: ExitCode): ExitCode {
  return judged === 0 && findings.some(({ code }) => code === NOTHING_TO_CHECK.code) ? 2 : exitCode;
}

const NOT_TRIED: ErlResult = { findings: [], text: '' };

function days(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text))
    throw new UsageError(`--days=${text} is not a number of days: use a whole number, such as ${NOTICE_DAYS}`);
  return number;
}
