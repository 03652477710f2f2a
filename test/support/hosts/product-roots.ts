/** Which unpacked Debians with real products this system has: what `scripts/runtimes/product-roots.sh` built. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cacheDirectory } from '../erlang/runtimes';

/** One Debian suite's products, and the OTP that they were built for. */
export interface ProductRoot {
  /** Major release of OTP: 25, 27, 29. */
  readonly otp: number;
  /** Directory that hosts start from. */
  readonly path: string;
  /** What Debian calls the packages' versions, such as `4.0.5-8`. */
  readonly versions: Readonly<Record<Product, string>>;
}

/** A package that is in each of them. */
export type Product = 'rabbitmq-server' | 'ejabberd' | 'elixir';

/** The releases that the script builds. */
export const PRODUCT_RELEASES = [25, 27, 29];

/** Every root that is there, oldest OTP first. */
export function availableProductRoots(): readonly ProductRoot[] {
  return PRODUCT_RELEASES.map(productRoot).filter((root) => root !== undefined);
}

function productRoot(otp: number): ProductRoot | undefined {
  const path = join(cacheDirectory(), 'products', String(otp));
  return existsSync(join(path, 'usr', 'sbin', 'rabbitmqctl')) ? { otp, path, versions: versionsIn(path) } : undefined;
}

/** Debian's own list of what is installed: one paragraph for each package. */
function versionsIn(root: string): Record<Product, string> {
  const paragraphs = readFileSync(join(root, 'var', 'lib', 'dpkg', 'status'), 'utf8').split('\n\n');
  const versionOf = (product: Product): string => {
    const paragraph = paragraphs.find((one) => one.startsWith(`Package: ${product}\n`));
    return /^Version: (.+)$/m.exec(paragraph ?? '')?.[1] ?? 'unknown';
  };
  return {
    'rabbitmq-server': versionOf('rabbitmq-server'),
    ejabberd: versionOf('ejabberd'),
    elixir: versionOf('elixir'),
  };
}
