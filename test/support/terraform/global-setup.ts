import { prepareProviders } from './providers';

/**
 * Runs once before the tests with real programs: decides where the Terraform providers come from, so that no worker
 * builds or probes again. A failure here would stop the tests that need no provider as well, so it is only told; the
 * tests that need one meet the same failure.
 */
export default async function globalSetup(): Promise<void> {
  try {
    const { description } = await prepareProviders();
    console.log(`\nTerraform providers: ${description}`);
  } catch (error) {
    console.log(`\nTerraform providers: none, ${error instanceof Error ? error.message : String(error)}`);
  }
}
