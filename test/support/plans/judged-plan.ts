import {
  CaGeneration,
  type CertificateAuthorityProps,
  Delivery,
  OtpRelease,
  Platform,
  TlsCluster,
  type TlsClusterProps,
} from 'cdktf-erlang-tls';

import { signatures } from '../../../src/crypto/signatures';
import { describe as textOf } from '../../../src/model/findings/finding';
import { readPlan } from '../../../src/model/observed/terraform/terraform-plan';
import { judgePlans, type PlanVerdict } from '../../../src/model/rules/check-plan';
import { type Define, planAfter } from './pretended-terraform';

export const retired = (id: string): CaGeneration => CaGeneration.retired(id);
export const signing = (id: string, options = {}): CaGeneration => CaGeneration.signing(id, options);
export const trusted = (id: string): CaGeneration => CaGeneration.trusted(id);

/** What differs from the default: two CouchDB nodes with install scripts, and no guard, so that there is a plan of every step. */
export interface ClusterProps extends Partial<TlsClusterProps> {
  readonly generations?: CertificateAuthorityProps['generations'];
}

export function cluster(props: ClusterProps = {}, id = 'one'): Define {
  const { generations = [signing('1')], ...rest } = props;
  return (stack) =>
    new TlsCluster(stack, id, {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'a@h1.x.test' }, { name: 'a@h2.x.test' }],
      installDirectory: '/t',
      certificateAuthority: { generations, rollover: { settleMinutes: 0, unsafeWithoutGuard: true } },
      delivery: Delivery.installScript({ outputDirectory: `out/${id}` }),
      ...rest,
    });
}

/** Several definitions in one stack. */
export function together(...defines: readonly Define[]): Define {
  return (stack) => defines.forEach((define) => void define(stack));
}

/** What the tool says of the last stack's plan, after the others have been deployed. */
export function judged(...stacks: readonly Define[]): PlanVerdict {
  return judgedTogether(planAfter(...stacks));
}

/** What it says of one plan, or of several plans together, which are called `1.json` and so on. */
export function judgedTogether(...plans: readonly unknown[]): PlanVerdict {
  const nameOf = (index: number): string | undefined => (plans.length === 1 ? undefined : `${index + 1}.json`);
  return judgePlans(
    plans.map((plan, index) => readPlan(plan, nameOf(index))),
    signatures(),
  );
}

/** Its findings, as text. */
export function found(...stacks: readonly Define[]): readonly string[] {
  return foundIn(planAfter(...stacks));
}

export function foundIn(plan: unknown): readonly string[] {
  return judgedTogether(plan).findings.map(textOf);
}

/** The codes of its findings, each once. */
export function codes(...stacks: readonly Define[]): readonly string[] {
  return [...new Set(judged(...stacks).findings.map(({ code }) => code))];
}
