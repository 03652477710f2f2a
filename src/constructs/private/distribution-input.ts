import type { OtpRelease } from '../../model/cluster/otp-release';
import type { DistributionInput } from '../../model/erlang/distribution-flags';
import type { DistributionOptions } from '../config/distribution-options';
import { concrete } from './tokens';

/** The settings as the model takes them: defaults filled in, free of tokens. */
export function distributionInput(options: DistributionOptions | undefined, otp: OtpRelease): DistributionInput {
  const given = concrete('distribution', options ?? {});
  return { ...given, buffers: given.buffers ?? true, otp };
}
