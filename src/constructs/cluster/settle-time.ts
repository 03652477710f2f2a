import type { Construct } from 'constructs';

import { settleFindings } from '../../model/pki/rollover-guard';
import { report } from '../terraform/report';
import type { ClusterOptions } from './tls-cluster-props';

/** Warns of a rollover that goes on before the delivery has reached the nodes. */
export function reportSettleTime(scope: Construct, { certificateAuthority, delivery }: ClusterOptions): void {
  const { settleMinutes, unsafeWithoutGuard } = certificateAuthority?.rollover ?? {};
  if (unsafeWithoutGuard !== true) report(scope, settleFindings(settleMinutes, delivery.settleMinutes));
}
