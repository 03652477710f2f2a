import { requires } from '../programs/requires';
import { OFFLINE_SOURCES } from './offline-providers';
import { mustSucceed } from './plan';
import { type ProgramResult, runProgram } from './program';
import { runGo } from './terraform-program';

/** Compiles the plugin framework when the build cache is cold. */
const BUILD_MS = 600_000;

requires('go')('the Go module of the offline providers', () => {
  const go = (...args: string[]): Promise<ProgramResult> => runGo(args, { cwd: OFFLINE_SOURCES, timeoutMs: BUILD_MS });

  test('passes its own tests', async () => void mustSucceed(await go('test', './...')), BUILD_MS);

  test('passes go vet', async () => void mustSucceed(await go('vet', './...')), BUILD_MS);

  test('is formatted by gofmt', async () => {
    const listed = await runProgram('gofmt', ['-l', '.'], { cwd: OFFLINE_SOURCES });
    expect(mustSucceed(listed).stdout).toBe('');
  });
});
