/** Names of objects in Kubernetes. */
import { refuse } from '../../findings/finding';
import { rule } from '../../findings/rule';

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const NAME = new RegExp(`^${LABEL}(?:[.]${LABEL})*$`);
const LONGEST_NAME = 253;
const LONGEST_LABEL = 63;

/** The name of a Secret, as Kubernetes allows it. */
export function secretName(name: string): string {
  return NAME.test(name) && name.length <= LONGEST_NAME
    ? name
    : refuse(SECRET_NAME_ILLEGAL, { subject: 'name of the Secret', got: name });
}

/** The name of a namespace or of a volume, as Kubernetes allows it. */
export function labelName(subject: string, name: string): string {
  return new RegExp(`^${LABEL}$`).test(name) && name.length <= LONGEST_LABEL
    ? name
    : refuse(KUBERNETES_LABEL_ILLEGAL, { subject, got: name });
}

export const SECRET_NAME_ILLEGAL = rule({
  code: 'secret-name-illegal',
  severity: 'error',
  problem: 'cannot name a Secret',
  expected: `at most ${LONGEST_NAME} lower-case letters, digits, "-" and ".", with a letter or digit at both ends`,
  remedy:
    'set name in Delivery.kubernetesSecret: without it, the name begins with the id of the cluster; that of a Secret per node ends with the directory of the node',
  source:
    'RFC 1123; NameIsDNSSubdomain in kubernetes/kubernetes:staging/src/k8s.io/apimachinery/pkg/api/validation/generic.go',
});

export const KUBERNETES_LABEL_ILLEGAL = rule({
  code: 'kubernetes-label-illegal',
  severity: 'error',
  problem: 'is no label as Kubernetes wants it',
  expected: `at most ${LONGEST_LABEL} lower-case letters, digits and "-", with a letter or digit at both ends`,
  remedy: 'correct the name',
  source:
    'RFC 1123; IsDNS1123Label in kubernetes/kubernetes:staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go',
});

export const SECRET_DECLARED_TWICE = rule({
  code: 'secret-declared-twice',
  severity: 'error',
  problem: 'is written by two parts of the configuration',
  expected: 'one Secret of a name in a namespace',
  remedy: 'give each cluster a Delivery.kubernetesSecret with a name of its own',
  source: 'test/support/refusals.ts',
});

export const POD_NOT_KNOWN = rule({
  code: 'pod-not-known',
  severity: 'error',
  problem: 'cannot be described: this delivery has no such volume',
  expected: 'a TlsCluster or TlsClusterShard that is defined with this delivery, and with perNode the id of a node',
  remedy: 'define the cluster first, and pass it to pod() of the delivery that it has',
  source: 'test/support/refusals.ts',
});
