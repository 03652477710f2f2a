import { tryReadOptionFile } from '../../../../src/model/erlang/options/option-file-reader';
import { OtpRelease } from '../../../../src/model/otp/otp-release';
import { Releases } from '../../../../src/model/otp/releases';
import { kernelTlsFindings } from '../../../../src/model/rules/options/kernel-tls';

const [AES_128, AES_256] = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384'];

test.each<[options: string, server: boolean, client: boolean]>([
  ["{versions,['tlsv1.3']}", true, true],
  ["{ktls,true},{versions,['tlsv1.3']}", true, true],
  ["{ktls,false},{versions,['tlsv1.2']}", true, true],
  ["{ktls,true},{versions,['tlsv1.2']}", false, false],
  ["{ktls,true},{versions,['tlsv1.2','tlsv1.1']}", false, false],
  // Two nodes with the same file speak TLS 1.3.
  ["{ktls,true},{versions,['tlsv1.3','tlsv1.2']}", true, true],
  // The default of OTP 27 is TLS 1.2 alone.
  ['{ktls,true}', false, false],
  [`{ktls,true},{versions,['tlsv1.3']},{ciphers,["${AES_256}"]}`, true, true],
  [`{ktls,true},{versions,['tlsv1.3']},{ciphers,"${AES_256}:${AES_128}"}`, true, true],
  [`{ktls,true},{versions,['tlsv1.3']},{ciphers,["${AES_128}"]}`, false, false],
  // The dialling side says which one is best.
  [`{ktls,true},{versions,['tlsv1.3']},{ciphers,["${AES_128}","${AES_256}"]}`, true, false],
  // With one version alone, the defaults of the release replace suites that are missing for it.
  ['{ktls,true},{versions,[\'tlsv1.3\']},{ciphers,["ECDHE-ECDSA-AES128-GCM-SHA256"]}', true, true],
])('%s works on the server side: %j, on the client side: %j', (options, ...works) => {
  const settings = tryReadOptionFile(`[{server,[${options}]},{client,[${options}]}].`);
  const found = (['server', 'client'] as const).map((side) =>
    kernelTlsFindings(side, settings?.[side] ?? [], Releases.only(OtpRelease.OTP_27), side).map(({ code }) => code),
  );
  expect(found).toEqual(works.map((one) => (one ? [] : ['ktls-not-possible'])));
});
