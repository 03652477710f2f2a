/** AMQP 0-9-1 from within a RabbitMQ node, with the client that its own plugins use, over TCP to that node. */
import type { RabbitMqNode } from './rabbitmq';

/** Declares a queue with a copy on every node. Gives the nodes that have one. */
export async function declareQuorumQueue(node: RabbitMqNode, queue: string): Promise<readonly string[]> {
  const declare = `{'queue.declare', 0, <<"${queue}">>, false, true, false, false, false, ${QUORUM}}`;
  const copies = `[atom_to_list(proplists:get_value(<<"Node Name">>, M)) || M <- rabbit_quorum_queue:status(<<"/">>, <<"${queue}">>)]`;
  const names = await withChannel(
    node,
    `{'queue.declare_ok', _, _, _} = amqp_channel:call(Channel, ${declare})`,
    copies,
  );
  return [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name).sort();
}

const QUORUM = '[{<<"x-queue-type">>, longstr, <<"quorum">>}]';

/** Publishes, and waits until the queue's nodes have confirmed every message. */
export async function publish(node: RabbitMqNode, queue: string, messages: readonly string[]): Promise<void> {
  const published = messages.map(
    (message) => `ok = amqp_channel:cast(Channel, {'basic.publish', 0, <<>>, <<"${queue}">>, false, false},
      {amqp_msg, ${NO_PROPERTIES}, <<"${message}">>})`,
  );
  await withChannel(
    node,
    `{'confirm.select_ok'} = amqp_channel:call(Channel, {'confirm.select', false}), ${published.join(', ')}`,
    `true = amqp_channel:wait_for_confirms(Channel, ${CONFIRM_DEADLINE_S})`,
  );
}

/** The record of a message's properties, all fourteen left out. */
const NO_PROPERTIES = "list_to_tuple(['P_basic' | lists:duplicate(14, undefined)])";
const CONFIRM_DEADLINE_S = 30;

/** Takes that many messages out of a queue. */
export async function consume(node: RabbitMqNode, queue: string, count: number): Promise<readonly string[]> {
  const get = `amqp_channel:call(Channel, {'basic.get', 0, <<"${queue}">>, true})`;
  const taken = await withChannel(
    node,
    'ok',
    `[begin {{'basic.get_ok', _, _, _, _, _}, {amqp_msg, _, Payload}} = ${get}, binary_to_list(Payload) end || _ <- lists:seq(1, ${count})]`,
  );
  return [...taken.matchAll(/"([^"]+)"/g)].map(([, message = '']) => message);
}

/** Evaluates both with `Channel` open, and gives the value of the second. */
async function withChannel(node: RabbitMqNode, first: string, second: string): Promise<string> {
  return node.eval(`begin
    {ok, _} = application:ensure_all_started(amqp_client),
    {ok, Parameters} = amqp_uri:parse("${ADDRESS}"),
    {ok, Connection} = amqp_connection:start(Parameters),
    {ok, Channel} = amqp_connection:open_channel(Connection),
    ${first},
    Result = ${second},
    ok = amqp_connection:close(Connection),
    Result
  end`);
}

/** RabbitMQ 4.3 has left only this of the two mechanisms that the client would try. */
const ADDRESS = 'amqp://guest:guest@127.0.0.1?auth_mechanism=plain';
