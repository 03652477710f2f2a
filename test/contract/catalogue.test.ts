import { CATALOGUE, type Code } from '../../src/model/catalogue';
import { isRule, type Rule } from '../../src/model/findings/rule';
import { FAULTS } from '../model/rules/faults';
import { REFUSALS } from '../support/refusals';
import { checkout, readRepository } from './repository';

test('every file with rules is listed by the catalogue', () => {
  const files = readRepository('src/model/**/*.ts').filter(({ text }) => /^export const \w+ = rule\(/m.test(text));
  const rules = files.flatMap(({ path }) => rulesOf(path));
  expect(rules.map(({ code }) => code).sort()).toEqual(Object.keys(CATALOGUE).sort());
});

/** Codes that neither a refusal nor a fault shows, by the test that provokes them. */
const SHOWN_ELSEWHERE: Readonly<Record<string, readonly Code[]>> = {
  'test/constructs/keys-on-nodes.test.ts': ['request-missing'],
  'test/constructs/shared-identity.test.ts': ['identity-shared'],
  'test/constructs/ssh.test.ts': ['ssh-id-unknown'],
  'test/cli/commands/check-plan.test.ts': [
    'plan-failed',
    'plan-malformed',
    'plan-incomplete',
    'plan-repeated',
    'plan-without-nodes',
  ],
  'test/cli/commands/check.test.ts': [
    'file-not-examined',
    'flags-not-examined',
    'args-file-loop',
    'tools-without-tls',
    'node-flags-missing',
    'node-directory-empty',
    'nothing-to-check',
  ],
  'test/cli/commands/report.test.ts': ['state-malformed'],
  'test/cli/running/probe.test.ts': ['probe-no-answer'],
  'test/constructs/issuers/provider-issuers.test.ts': ['provider-not-configured'],
  'test/constructs/issuers/signed-outside.test.ts': ['certificate-awaited'],
  'test/constructs/kubernetes-secret.test.ts': ['settle-minutes-short'],
  'test/constructs/tls-provider-version.test.ts': ['provider-version-too-old', 'version-constraint-illegal'],
  'test/constructs/issuers/ca-source.test.ts': ['generation-expired', 'trusted-ca-expires-soon'],
  'test/constructs/issuers/write-only-key.test.ts': [
    'ca-key-of-another-certificate',
    'provider-version-too-old',
    'write-only-key-kept',
  ],
  'test/constructs/remote-backend.test.ts': ['output-on-runner'],
  'test/constructs/refusals.test.ts': [
    'provider-missing',
    'generations-without-rollover',
    'output-is-install-directory',
    'node-names-mixed',
  ],
  'test/model/rules/check-plan-sources.test.ts': [
    'certificate-made-in-apply',
    'certificate-not-signed-here',
    'trust-not-in-plan',
  ],
  'test/model/rules/plans.test.ts': ['delivery-not-read'],
  'test/model/rules/check-plan.test.ts': ['delivery-unfinished', 'generation-id-reused', 'plan-removes-all-nodes'],
  'test/model/rules/flags/application-parameters.test.ts': ['application-parameter-not-examined'],
  'test/model/rules/flags/plain-text-order.test.ts': ['plain-text-order'],
  'test/model/rules/flags/plain-text-partition.test.ts': ['plain-text-partition'],
  'test/model/rules/flags/port-discovery.test.ts': ['port-discovery-mismatch'],
  'test/model/rules/flags/unexamined.test.ts': ['boot-files-unknown', 'plan-change-not-examined'],
  'test/model/rules/options/verification.test.ts': ['peer-verified-less', 'verification-not-examined'],
  'test/model/rules/trust/transition.test.ts': ['certificate-name-removed'],
  'test/real/check-erl.test.ts': [
    'erl-nodes-cannot-connect',
    'erl-not-run',
    'erl-rejects-options',
    'erl-release-differs',
  ],
  'test/real/check.test.ts': ['expired-duplicate-ca'],
  'test/real/node-name-flags.test.ts': ['node-name-illegal'],
  'test/real/probe.test.ts': ['probe-no-tls', 'probe-shows-other-certificate'],
  'test/real/rollover-guards.test.ts': [
    'generation-changed',
    'generation-in-use',
    'generation-not-trusted-yet',
    'generation-removed',
  ],
  'test/real/shards.test.ts': [
    'handover-foreign',
    'handover-missing',
    'handover-of-another-key',
    'handover-outdated',
    'shards-changed-recently',
  ],
};

test('every code is provoked by a refusal, shown by a fault on real nodes, or listed with the test that provokes it', () => {
  const shown = [
    ...REFUSALS.map(({ code }) => code),
    ...FAULTS.flatMap(({ code, also = [] }) => [code, ...also]),
    ...Object.values(SHOWN_ELSEWHERE).flat(),
  ];
  expect([...new Set<string>(shown)].sort()).toEqual(Object.keys(CATALOGUE).sort());
});

test.each(Object.entries(SHOWN_ELSEWHERE))('%s names the codes that are listed for it', (file, codes) => {
  const text = readRepository(file)[0]?.text ?? '';
  expect(codes.filter((code) => !new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(text))).toEqual([]);
});

test.each(Object.entries<Rule>(CATALOGUE))(
  '%s says what is wrong, what is expected and what to do, in one line each',
  (code, rule) => {
    expect(rule.code).toBe(code);
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const text of [rule.problem, rule.expected, rule.remedy]) expect(text).toMatch(/^[^\s.].*[^\s.]$/);
  },
);

test.each(Object.entries<Rule>(CATALOGUE))('%s names the source of its fact', (_code, { source }) => {
  expect(source).toMatch(/^[^\s.].*[^\s.]$/);
});

test('the type of codes allows exactly the codes of the catalogue', () => {
  // @ts-expect-error -- no rule has this code
  const unknown: Code = 'no-such-code';
  expect(CATALOGUE).not.toHaveProperty(unknown);
});

function rulesOf(path: string): Rule[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
  return Object.values(require(`${checkout}/${path}`) as object).filter(isRule);
}
