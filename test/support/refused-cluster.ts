import { Delivery, OtpRelease, Platform, TlsCluster, type TlsClusterProps } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** A cluster that is fine but for these properties. */
export function cluster(props: Partial<TlsClusterProps>): (scope: Construct) => TlsCluster {
  return (scope) =>
    new TlsCluster(scope, 'cluster', {
      platform: Platform.couchDb(),
      otp: OtpRelease.OTP_27,
      nodes: [{ name: 'couchdb@db1.example.com' }],
      installDirectory: '/etc/couchdb/tls',
      delivery: Delivery.localFiles({ outputDirectory: '/srv/out' }),
      ...props,
    });
}
