/** Chains that the other node takes for too long. */
import type { Fault } from '../../../support/broken/fault';

export const VERIFIERS_FAULTS: readonly Fault[] = [
  {
    code: 'chain-exceeds-depth',
    title: 'a depth of 0, and an intermediate CA for the other node',
    breakIt: (site) => {
      const between = site.intermediate();
      site.reissueOther({}, between, [between]);
      site.bothSides({ depth: '0' });
    },
  },
  {
    code: 'chain-exceeds-depth',
    title: 'an intermediate CA, and a depth of 0',
    breakIt: (site) => {
      const between = site.intermediate();
      site.reissueBoth({}, between, [between]);
      site.bothSides({ depth: '0' });
    },
  },
];
