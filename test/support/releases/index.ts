/** Real releases for tests: built by `mix release` and `rebar3 release`, started and asked by their own scripts. */
export { type Argument, argumentsOf, ask, protocolTo } from './questions';
export type { Release } from './release';
export { ReleaseNotStarted } from './running-release';
export { type ReleaseSandbox, withReleases } from './sandbox';
export { throughEex, throughRelx } from './templates';
export { type ReleaseTools, releaseToolsFor } from './tools';
