import type { Construct } from 'constructs';

import { optionFindings } from '../../model/checks/option-checks';
import type { OtpRelease } from '../../model/cluster/otp-release';
import type { DistOptionsInput } from '../../model/erlang/dist-options';
import { TlsVersions } from '../../model/erlang/tls-versions';
import type { SslDistOptions } from '../config/ssl-dist-options';
import { report } from './report';
import { concrete } from './tokens';

/** The options as the model takes them: defaults filled in, free of tokens, judged against the option table. */
export function distOptionsInput(scope: Construct, options: SslDistOptions, otp: OtpRelease): DistOptionsInput {
  const input = {
    otp,
    certfile: concrete('certfile', options.certfile),
    keyfile: concrete('keyfile', options.keyfile),
    cacertfile: concrete('cacertfile', options.cacertfile),
    versions: options.versions ?? TlsVersions.TLS_1_3,
    unsafeVerifyNone: options.unsafeVerifyNone ?? false,
    crlDirectory: concrete('crlDirectory', options.crlDirectory),
    serverOptions: concrete('serverOptions', options.serverOptions ?? {}),
    clientOptions: concrete('clientOptions', options.clientOptions ?? {}),
  };
  report(scope, optionFindings(input));
  return input;
}
