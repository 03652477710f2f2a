import type { Construct } from 'constructs';

import { DefaultTokenResolver, StringConcat, Tokenization } from './cdktf';

/** A value as CDKTF will synthesize it, with the expressions of Terraform that its tokens stand for. Only for synth itself: tokens may be late. */
export function resolved(scope: Construct, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}
