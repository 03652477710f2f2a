import { type Finding, finding } from '../../errors';

/** Both directories absolute. The same place, or one in the other, means that a running node reads what Terraform deletes and re-creates. */
export function outputDirectoryFindings(outputDirectory: string, installDirectory: string): readonly Finding[] {
  const isInstalled = `${outputDirectory}/`.startsWith(`${installDirectory}/`);
  if (!isInstalled) return [];
  return [
    finding('output-is-install-directory', {
      subject: 'outputDirectory',
      got: outputDirectory,
      detail: `installDirectory is ${installDirectory}`,
    }),
  ];
}
