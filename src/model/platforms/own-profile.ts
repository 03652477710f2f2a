import { refuseName } from '../api/check-value';
import { publicType } from '../api/value-type';
import { refuse } from '../findings/finding';
import { rule } from '../findings/rule';
import type { IPlatformProfile } from './profile';

/** Checks what the types of a profile do not say. */
export function checkedProfile(profile: IPlatformProfile): IPlatformProfile {
  if (profile.name.trim() === '') refuse(PLATFORM_NAME_EMPTY, { subject: 'name of the platform', got: profile.name });
  const settings = (publicType('DistributionOptions')?.members ?? []).map(({ name }) => name);
  for (const name of Object.keys(profile.settingsElsewhere ?? {})) {
    if (!settings.includes(name)) refuseName({ call: 'Platform.of', path: 'settingsElsewhere' }, name, settings);
  }
  return profile;
}

export const PLATFORM_NAME_EMPTY = rule({
  code: 'platform-name-empty',
  severity: 'error',
  problem: 'is empty',
  expected: 'the name of the server, as its documentation writes it',
  remedy: 'name it: the name is part of the common name of the CA, and of messages',
  source: 'src/constructs/cluster/tls-cluster.ts; test/constructs/refusals.test.ts',
});
