/** Everything that looks like a fault and is none, topic by topic. */
import type { Harmless } from '../../support/broken/fault';
import { HARMLESS_CERTIFICATES } from './certificates/harmless';
import { HARMLESS_FLAGS } from './flags/harmless';
import { HARMLESS_OPTIONS } from './options/harmless';
import { HARMLESS_TRUST } from './trust/harmless';

export const HARMLESS: readonly Harmless[] = [
  ...HARMLESS_FLAGS,
  ...HARMLESS_OPTIONS,
  ...HARMLESS_CERTIFICATES,
  ...HARMLESS_TRUST,
];
