/** The examples in the demo, and how to start their nodes. */
import { join } from 'node:path';

import { App, type TerraformStack, Testing } from 'cdktf';
import { TlsCluster } from 'cdktf-erlang-tls';

import { CouchDbStack } from '../../examples/couchdb/stack';
import { MongooseImStack } from '../../examples/mongooseim/stack';
import { couchDistDirectory, type Runtime } from '../../test/support/erlang';

/** An example and what starting its nodes takes. */
export interface Example {
  /** As its documentation writes it. */
  readonly name: string;
  /** Of its stack. */
  readonly stack: string;
  readonly define: (app: App) => TerraformStack;
  /** First OTP release that takes the files the example writes. */
  readonly oldestOtp: number;
  /** Arguments beside the deployed ones. */
  readonly moreArgs?: (runtime: Runtime) => readonly string[];
  /** The part of the example that is only a stand-in. */
  readonly caveat?: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    name: 'CouchDB',
    stack: 'couchdb',
    define: (app) => new CouchDbStack(app, 'couchdb'),
    oldestOtp: 24,
    moreArgs: (runtime) => ['-pa', couchDistDirectory(runtime)],
    caveat: 'The module for `-proto_dist couch` is a stand-in of this project: the real one comes with CouchDB.',
  },
  {
    name: 'MongooseIM',
    stack: 'mongooseim',
    define: (app) => new MongooseImStack(app, 'mongooseim'),
    // `server_versions` in the flat form: OTP 25 does not know it.
    oldestOtp: 26,
  },
];

/** The cluster of an example as the stack in `directory` declares it. */
export function clusterOf({ define, stack }: Example, directory: string): TlsCluster {
  const declared = inDirectory(directory, () => define(newApp(directory)));
  const cluster = declared.node.findAll().find((construct) => construct instanceof TlsCluster);
  if (cluster === undefined) throw new Error(`the stack ${stack} has no TlsCluster`);
  return cluster;
}

/** Every example with the number of its resources, with every validation run. */
export function synthesizeExamples(directory: string): { readonly stack: string; readonly resources: number }[] {
  return EXAMPLES.map(({ define, stack }) => {
    const text = inDirectory(directory, () => Testing.synth(define(newApp(directory)), true));
    const { resource } = JSON.parse(text) as { resource: Record<string, object> };
    const counts = Object.values(resource).map((ofOneType) => Object.keys(ofOneType).length);
    return { stack, resources: counts.reduce((sum, count) => sum + count, 0) };
  });
}

function newApp(directory: string): App {
  return new App({ outdir: join(directory, 'cdktf.out') });
}

/** A relative output directory is relative to the directory in which synth runs. */
function inDirectory<T>(directory: string, body: () => T): T {
  const before = process.cwd();
  process.chdir(directory);
  try {
    return body();
  } finally {
    process.chdir(before);
  }
}
