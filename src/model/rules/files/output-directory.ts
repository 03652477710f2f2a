import { type Finding, finding } from '../../findings/finding';
import { rule } from '../../findings/rule';

/** Judges two absolute directories. If the output is in the install directory, a running node reads files that Terraform deletes and re-creates. */
export function outputDirectoryFindings(outputDirectory: string, installDirectory: string): readonly Finding[] {
  const isInstalled = `${outputDirectory}/`.startsWith(`${installDirectory}/`);
  if (!isInstalled) return [];
  return [
    finding(OUTPUT_IS_INSTALL_DIRECTORY, {
      subject: 'outputDirectory',
      got: outputDirectory,
      detail: `installDirectory is ${installDirectory}`,
    }),
  ];
}

export const OUTPUT_IS_INSTALL_DIRECTORY = rule({
  code: 'output-is-install-directory',
  severity: 'warning',
  problem: 'lies where the nodes read',
  expected: 'a staging directory of its own',
  remedy:
    'let Terraform write elsewhere and copy the files: it replaces a file by deleting it first, and a node that reads at that moment loses its trust',
  source: 'erlang/otp:lib/ssl/src/ssl_pem_cache.erl, which sees the deleted file; docs/distribution.md',
});
