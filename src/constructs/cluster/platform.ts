import { couchDb, type CouchDbOptions } from '../../model/platforms/couchdb';
import { mongooseIm, type MongooseImOptions } from '../../model/platforms/mongooseim';
import type { PlatformProfile } from '../../model/platforms/profile';
import { concrete } from '../private/tokens';

/** What the nodes run: which protocol module, which files, which flags, which tools. */
export class Platform {
  /**
   * Apache CouchDB 3.x: `couch_dist.conf`, a `vm.args` fragment with `-proto_dist couch`, and a client-only option file for `remsh -t`.
   */
  public static couchDb(options: CouchDbOptions = {}): Platform {
    return new Platform(couchDb(concrete('options of Platform.couchDb', options)));
  }

  /** MongooseIM: `vm.dist.args`, which the server and all of its tools read. */
  public static mongooseIm(options: MongooseImOptions = {}): Platform {
    return new Platform(mongooseIm(concrete('options of Platform.mongooseIm', options)));
  }

  /** As the platform's own documentation writes its name. */
  public readonly name: string;

  private constructor(private readonly profile: PlatformProfile) {
    this.name = profile.name;
  }

  /** @internal */
  public get _profile(): PlatformProfile {
    return this.profile;
  }
}
