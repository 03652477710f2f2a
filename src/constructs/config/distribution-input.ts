import type { DistributionInput } from '../../model/erlang/flags/distribution-flags';
import type { OtpRelease } from '../../model/otp/otp-release';
import { concrete } from '../terraform/tokens';
import type { DistributionOptions } from './distribution-options';

/** The settings in the form of the model, with defaults and without tokens. */
export function distributionInput(options: DistributionOptions | undefined, otp: OtpRelease): DistributionInput {
  const given = concrete('distribution', options ?? {});
  return { ...given, buffers: given.buffers ?? true, otp };
}
