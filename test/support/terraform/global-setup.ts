import { endWithThisProcess } from '../../../scripts/bootstrap/ends-with.cjs';
import { prepareProviders } from './providers';

/**
 * Runs once before the tests with real programs: decides where the Terraform providers come from, so that no worker
 * builds or probes again. A failure here would stop the tests that need no provider as well, so it is only told; the
 * tests that need one meet the same failure. And what the tests start, in whatever process, ends with this one.
 */
export default async function globalSetup(): Promise<void> {
  // Within a test, `process` is a copy whose events never come.
  endWithThisProcess();
  try {
    const { description } = await prepareProviders();
    console.log(`\nTerraform providers: ${description}`);
  } catch (error) {
    console.log(`\nTerraform providers: none, ${error instanceof Error ? error.message : String(error)}`);
  }
}
