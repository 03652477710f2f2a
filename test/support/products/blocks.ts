/** Blocks of tests that are run once with the products of every Debian suite that this system has. */
import { availableProductRoots, type ProductRoot } from '../hosts';
import { PRODUCT_RELEASES } from '../hosts/product-roots';
import { isUsable } from '../programs/requires';

/**
 * One `describe` for each suite. One that is not there is a skipped block, which the end of the run tells of. Where this system cannot play
 * several hosts, the `requires` around this says so, and nothing is said twice.
 */
export function onEachProductRoot(title: string, define: (root: ProductRoot) => void): void {
  if (!isUsable('hosts')) return;
  for (const otp of PRODUCT_RELEASES) {
    const root = availableProductRoots().find((one) => one.otp === otp);
    if (root === undefined) describe.skip(`${title} on OTP ${otp} ${skipped(otp)}`, () => test.todo('is not run'));
    else describe(`${title} on OTP ${otp}`, () => define(root));
  }
}

/** In the form that the skip reporter reads. */
function skipped(otp: number): string {
  return `[skipped: needs products-${otp}: scripts/runtimes/product-roots.sh ${otp}]`;
}
