import { expression, operand } from '../terraform/expression';
import type { RenewalPeriod } from '../terraform/renewal-periods';
import type { CertificateOrder } from './issuer';

/**
 * A name for an order in a service that keeps orders by their names: lower-case letters, digits and hyphens. A new request, and a new period if
 * one is given, has a new name.
 */
export function requestName({ requestPem }: CertificateOrder, period?: RenewalPeriod): string {
  const ofRequest = `substr(sha256(${operand(requestPem)}), 0, 24)`;
  if (period === undefined) return expression(`format("erlang-tls-%s", ${ofRequest})`);
  return expression(`format("erlang-tls-%s-%d", ${ofRequest}, ${operand(period.number)})`);
}
