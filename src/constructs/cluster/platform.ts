import { checkCall } from '../../model/api/check-call';
import { couchDb, type CouchDbOptions } from '../../model/platforms/couchdb';
import { ejabberd, type EjabberdOptions } from '../../model/platforms/ejabberd';
import { elixirRelease, type ElixirReleaseOptions } from '../../model/platforms/elixir-release';
import { emqx, type EmqxOptions } from '../../model/platforms/emqx';
import { mongooseIm, type MongooseImOptions } from '../../model/platforms/mongooseim';
import { checkedProfile } from '../../model/platforms/own-profile';
import { erl, type ErlOptions } from '../../model/platforms/plain-erl';
import type { IPlatformProfile } from '../../model/platforms/profile';
import { rabbitMq, type RabbitMqOptions } from '../../model/platforms/rabbitmq';
import { relxRelease, type RelxReleaseOptions } from '../../model/platforms/relx-release';
import { verneMq, type VerneMqOptions } from '../../model/platforms/vernemq';
import { concrete } from '../terraform/tokens';

/** The server that the nodes run. It determines the protocol module, the files, the flags and the tools. */
export class Platform {
  /**
   * Apache CouchDB 3.x: `couch_dist.conf`, a `vm.args` fragment with `-proto_dist couch`, and a client-only option file for `remsh -t`.
   */
  public static couchDb(options: CouchDbOptions = {}): Platform {
    return new Platform(couchDb(given('Platform.couchDb', options)));
  }

  /** MongooseIM: `vm.dist.args`, which the server and all of its tools read. */
  public static mongooseIm(options: MongooseImOptions = {}): Platform {
    return new Platform(mongooseIm(given('Platform.mongooseIm', options)));
  }

  /** Plain Erlang nodes, started with `erl -args_file`: `ssl_dist.conf` and `vm.args`. */
  public static erl(options: ErlOptions = {}): Platform {
    return new Platform(erl(given('Platform.erl', options)));
  }

  /** RabbitMQ 3.10 to 4: `inter_node_tls.config`, and `rabbitmq-env.conf` for the server and for `rabbitmqctl`. */
  public static rabbitMq(options: RabbitMqOptions = {}): Platform {
    return new Platform(rabbitMq(given('Platform.rabbitMq', options)));
  }

  /** ejabberd: `ssl_dist.conf` and `vm.args`, which the server and `ejabberdctl` read. */
  public static ejabberd(options: EjabberdOptions = {}): Platform {
    return new Platform(ejabberd(given('Platform.ejabberd', options)));
  }

  /** EMQX 5: `ssl_dist.conf`, `cluster.proto_dist` for `emqx.conf`, and lines for `vm.args`. */
  public static emqx(options: EmqxOptions = {}): Platform {
    return new Platform(emqx(given('Platform.emqx', options)));
  }

  /** VerneMQ: `ssl_dist.conf` and lines for `vm.args`. The command of the tools passes the flags that `vmq-admin` lacks. */
  public static verneMq(options: VerneMqOptions = {}): Platform {
    return new Platform(verneMq(given('Platform.verneMq', options)));
  }

  /** A release made by `mix release`: `vm.args` and `remote.vm.args`, or the templates of both. */
  public static elixirRelease(options: ElixirReleaseOptions = {}): Platform {
    return new Platform(elixirRelease(given('Platform.elixirRelease', options)));
  }

  /** A release made by `rebar3 release`: `vm.args`, or the template `vm.args.src`. */
  public static relxRelease(options: RelxReleaseOptions = {}): Platform {
    return new Platform(relxRelease(given('Platform.relxRelease', options)));
  }

  /** A server that this library does not know, described by a profile. */
  public static of(profile: IPlatformProfile): Platform {
    checkCall('Platform.of', profile);
    return new Platform(checkedProfile(profile));
  }

  /** Name of the platform, as its own documentation writes it. */
  public readonly name: string;

  private constructor(private readonly profile: IPlatformProfile) {
    this.name = profile.name;
  }

  /** @internal */
  public get _profile(): IPlatformProfile {
    return this.profile;
  }
}

/** The options of a factory, of the right types and without tokens. */
function given<T>(factory: string, options: T): T {
  checkCall(factory, options);
  return concrete(`options of ${factory}`, options);
}
