/** Every platform, over IPv4. */
import { Platform } from 'cdktf-erlang-tls';

export const EVERY_PLATFORM: Readonly<Record<string, Platform>> = {
  CouchDB: Platform.couchDb(),
  ejabberd: Platform.ejabberd(),
  'Elixir release': Platform.elixirRelease(),
  EMQX: Platform.emqx(),
  Erlang: Platform.erl(),
  MongooseIM: Platform.mongooseIm(),
  'MongooseIM with an option file': Platform.mongooseIm({ optionFile: true }),
  RabbitMQ: Platform.rabbitMq(),
  'relx release': Platform.relxRelease(),
  VerneMQ: Platform.verneMq(),
};
