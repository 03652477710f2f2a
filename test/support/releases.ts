/** Real releases for tests: built by `mix release` and `rebar3 release`, started and asked by their own scripts. */
export { type Argument, argumentsOf, ask, protocolTo } from './releases/questions';
export type { Release } from './releases/release';
export { ReleaseNotStarted } from './releases/running-release';
export { type ReleaseSandbox, withReleases } from './releases/sandbox';
export { throughEex, throughRelx } from './releases/templates';
export { type ReleaseTools, releaseToolsFor } from './releases/tools';
