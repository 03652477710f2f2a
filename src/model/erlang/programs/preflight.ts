import { firstMajorWith } from '../../otp/behaviour';

/**
 * Programs for a local `erl`, as text for `-eval`. Most print lines of `word reason`, and each ends the VM. Keys and passwords are removed from
 * reasons: secrets by their names, bytes by their number. The option file is evaluated, as at every boot: it is code.
 */

const HELPERS = `
  Secrets = [password, key, private_key, certs_keys, cert],
  IsBytes = fun(L) -> length(L) > 16 andalso lists:all(fun(B) -> is_integer(B) andalso B >= 0 andalso B < 256 end, L)
                        andalso (not io_lib:printable_list(L) orelse string:find(L, "-----BEGIN") =/= nomatch) end,
  Hidden = fun Hide(T) when is_tuple(T), tuple_size(T) =:= 2 ->
                 case lists:member(element(1, T), Secrets) of
                   true -> {element(1, T), hidden};
                   false -> {Hide(element(1, T)), Hide(element(2, T))}
                 end;
               %% What could not be parsed stands beside the line, and may be anything.
               Hide({Line, Parser, _}) when Parser =:= erl_parse; Parser =:= erl_scan -> {Line, Parser, hidden};
               Hide(Map) when is_map(Map) -> maps:from_list([Hide(Pair) || Pair <- maps:to_list(Map)]);
               Hide(Bytes) when is_binary(Bytes), byte_size(Bytes) > 16 -> {bytes, byte_size(Bytes)};
               Hide(L) when is_list(L), length(L) > 0 ->
                 case IsBytes(L) of true -> {bytes, length(L)}; false -> [Hide(E) || E <- L] end;
               Hide([H | T]) -> [Hide(H) | Hide(T)];
               Hide(T) when is_tuple(T) -> list_to_tuple(Hide(tuple_to_list(T)));
               Hide(Other) -> Other
           end,
  Say = fun(Word, Reason) -> io:format("~ts ~0tp~n", [Word, Hidden(Reason)]) end,
`;

/**
 * Arguments: an option file and a host. Reads the file as the VM does at boot, and completes a handshake with itself using these options, with the calls
 * of `inet_tls_dist` (`erlang/otp:lib/ssl/src/inet_tls_dist.erl`).
 */
export const HANDSHAKE_PROGRAM = `
  ${HELPERS}
  [File, Host] = init:get_plain_arguments(),
  {ok, _} = application:ensure_all_started(ssl),
  logger:set_primary_config(level, none),
  Options = try ssl_dist_sup:consult(File) catch _:Why -> Say("file", Why), halt(0) end,
  %% Distribution puts its own state into this function; without it, the handshake would fail here and not there.
  IsOwn = fun({verify_fun, {Fun, _}}) when is_function(Fun) -> erlang:fun_info(Fun, module) =:= {module, inet_tls_dist}; (_) -> false end,
  Old = list_to_integer(erlang:system_info(otp_release)) < ${firstMajorWith('speaksTls13ByDefault')},
  Side = fun(Name) ->
    Given = [Option || Option <- proplists:get_value(Name, Options, []), not IsOwn(Option)],
    case Old andalso not proplists:is_defined(versions, Given) of
      true -> [{versions, ['tlsv1.2']} | Given];
      false -> Given
    end
  end,
  {ok, Listen} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}, binary]),
  {ok, Port} = inet:port(Listen),
  Self = self(),
  spawn(fun() ->
    {ok, Tcp} = gen_tcp:accept(Listen),
    Result = try ssl:handshake(Tcp, Side(server), 5000) catch _:Reason -> {error, Reason} end,
    Self ! {server, Result},
    receive stop -> ok end
  end),
  {ok, Dialled} = gen_tcp:connect({127, 0, 0, 1}, Port, [{active, false}, binary]),
  Client =
    try ssl:connect(Dialled, [{server_name_indication, Host} | Side(client)], 5000) of
      %% In TLS 1.3 a refusal of the client's certificate comes after the client is done.
      {ok, Tls} -> case ssl:recv(Tls, 0, 500) of {error, timeout} -> ok; Other -> Other end;
      Error -> Error
    catch _:Crash -> {error, Crash}
    end,
  Say("client", Client),
  receive {server, {ok, _}} -> Say("server", ok); {server, Refused} -> Say("server", Refused)
  after 6000 -> Say("server", timeout)
  end,
  halt(0).
`;

/** Argument: the name of the other node. Waits to be dialled, then dials in turn. */
export const ANSWER_PROGRAM = `
  ${HELPERS}
  [Other] = [list_to_atom(Name) || Name <- init:get_plain_arguments()],
  ok = net_kernel:monitor_nodes(true),
  Say("ready", node()),
  receive {nodedown, Other} -> Say("dials", net_adm:ping(Other)) after 30000 -> ok end,
  halt(0).
`;

/** Argument: the name of the other node. Dials it, breaks the connection, and waits to be dialled. */
export const DIAL_PROGRAM = `
  ${HELPERS}
  [Other] = [list_to_atom(Name) || Name <- init:get_plain_arguments()],
  ok = net_kernel:monitor_nodes(true),
  Say("dials", net_adm:ping(Other)),
  receive {nodeup, Other} -> erlang:disconnect_node(Other) after 0 -> halt(0) end,
  receive {nodedown, Other} -> ok after 10000 -> ok end,
  receive {nodeup, Other} -> Say("dialled", pong) after 15000 -> Say("dialled", pang) end,
  halt(0).
`;

/** Prints the number of the release. */
export const RELEASE_PROGRAM = 'io:format("~s~n", [erlang:system_info(otp_release)]), halt(0).';
