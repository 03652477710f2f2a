import { rule } from '../findings/rule';

export const ORDER_BEYOND_ISSUER = rule({
  code: 'order-beyond-issuer',
  severity: 'error',
  problem: 'cannot be ordered from this issuer',
  expected: 'an order that the issuer can fill',
  remedy: 'change the property that is named, or choose another issuer',
  source: 'docs/issuers.md',
});
