import type { Construct } from 'constructs';

import type { DistOptionsInput } from '../../model/erlang/options/dist-options';
import { TlsVersions } from '../../model/erlang/options/tls-versions';
import type { OtpRelease } from '../../model/otp/otp-release';
import type { TlsSpec } from '../../model/plan/cluster-spec';
import { optionFindings } from '../../model/rules/options/declared-options';
import { report } from '../terraform/report';
import { concrete } from '../terraform/tokens';
import type { SslDistOptions, TlsOptions } from './ssl-dist-options';

/** The options in the form of the model, with defaults and without tokens, checked against the option table. */
export function distOptionsInput(scope: Construct, options: SslDistOptions, otp: OtpRelease): DistOptionsInput {
  const input = {
    otp,
    certfile: concrete('certfile', options.certfile),
    keyfile: concrete('keyfile', options.keyfile),
    cacertfile: concrete('cacertfile', options.cacertfile),
    sharedNames: options.identity?._shared().names,
    ...tlsSpec(options),
  };
  report(scope, optionFindings(input));
  return input;
}

/** The options without the files in the form of the model, with defaults and without tokens. */
export function tlsSpec(options: TlsOptions): TlsSpec {
  return {
    versions: options.versions ?? TlsVersions.TLS_1_3,
    unsafeVerifyNone: options.unsafeVerifyNone ?? false,
    crlDirectory: concrete('crlDirectory', options.crlDirectory),
    crlCheck: options.crlCheck,
    serverOptions: concrete('serverOptions', options.serverOptions ?? {}),
    clientOptions: concrete('clientOptions', options.clientOptions ?? {}),
  };
}
