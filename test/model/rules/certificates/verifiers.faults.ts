/** Chains that the other node takes for too long. */
import type { Fault } from '../../../support/broken/fault';

export const VERIFIERS_FAULTS: readonly Fault[] = [
  {
    code: 'chain-exceeds-depth',
    title: 'a depth of 0, and a CA between for the other node',
    breakIt: (site) => {
      const between = site.intermediate();
      site.reissueOther({}, between, [between]);
      site.bothSides({ depth: '0' });
    },
  },
  {
    code: 'chain-exceeds-depth',
    title: 'a CA between, and a depth of 0',
    breakIt: (site) => {
      const between = site.intermediate();
      site.reissueBoth({}, between, [between]);
      site.bothSides({ depth: '0' });
    },
  },
];
