/** What a fault is, and what only looks like one. They stand beside the rules: `test/model/rules/<topic>/`. */
import type { Code } from '../../../src/model/catalogue';
import type { Site } from './site';

/** One way to break one of two nodes. The resulting behaviour of Erlang is in `seen.json`. */
export interface Fault {
  /** The finding that comes first. */
  readonly code: Code;
  readonly title: string;
  readonly breakIt: (site: Site) => void;
  readonly env?: Readonly<Record<string, string>>;
  /** The release given to the check, if 27 would not show the fault. */
  readonly otp?: 25 | 29;
  /** The user that the check takes the nodes to run as. Real ones are root without its privileges, to whom owners and modes matter. */
  readonly user?: string;
  /** Findings that this fault has beside its own. */
  readonly also?: readonly Code[];
}

/** Real nodes connect in both directions all the same, and the check reports no more than what is true. */
export interface Harmless {
  readonly title: string;
  readonly change: (site: Site) => void;
  /** The first release that accepts it. */
  readonly from?: number;
  /** Warnings that are true of it. */
  readonly found?: readonly Code[];
}
