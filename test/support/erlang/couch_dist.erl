%% A STAND-IN, for tests, for the distribution protocol of Apache CouchDB (`-proto_dist couch`).
%%
%% It is written for this project and is not CouchDB's code. It follows the same dispatch rules, so that the flags that
%% the library renders for CouchDB can be tried on a plain Erlang runtime:
%%
%%  * A connection is plain TCP or TLS by the name of the DIALLED node; a listener by the node's OWN name.
%%  * `-couch_dist no_tls V` may be given several times; one match is enough for plain TCP. No flag at all means TLS.
%%    A flag with two values after `no_tls` counts for nothing.
%%  * `true` matches every node, `false` none. Anything else is a pattern for the whole node name, without the one pair
%%    of double quotes that may surround it: `*` stands for any text, `?` for exactly one character, and every other
%%    character is taken as a regular expression takes it.
-module(couch_dist).
-export([childspecs/0, listen/2, accept/1, accept_connection/5, setup/5, close/1, select/1, is_node_name/1]).
%% For tests of the patterns alone.
-export([is_plain/1]).

childspecs() ->
    inet_tls_dist:childspecs().

listen(Name, Host) ->
    Own = lists:concat([Name, "@", Host]),
    (transport(Own)):listen(Name, Host).

accept(Listener) ->
    (transport(node())):accept(Listener).

accept_connection(Acceptor, Socket, Own, Allowed, SetupTime) ->
    (transport(Own)):accept_connection(Acceptor, Socket, Own, Allowed, SetupTime).

setup(Dialled, Type, Own, LongOrShortNames, SetupTime) ->
    (transport(Dialled)):setup(Dialled, Type, Own, LongOrShortNames, SetupTime).

close(Socket) ->
    inet_tls_dist:close(Socket).

select(Node) ->
    inet_tls_dist:select(Node).

is_node_name(Node) ->
    inet_tls_dist:is_node_name(Node).

transport(Node) ->
    case is_plain(Node) of
        true -> inet_tcp_dist;
        false -> inet_tls_dist
    end.

is_plain(Node) when is_atom(Node) ->
    is_plain(atom_to_list(Node));
is_plain(Node) ->
    lists:any(fun(Value) -> matches(Value, Node) end, no_tls_values()).

no_tls_values() ->
    case init:get_argument(couch_dist) of
        {ok, Flags} -> [Value || ["no_tls", Value] <- Flags];
        error -> []
    end.

matches("true", _Node) -> true;
matches("false", _Node) -> false;
matches(Value, Node) -> re:run(Node, regular_expression(unquoted(Value)), [{capture, none}]) =:= match.

unquoted(Value) ->
    case string:split(Value, "\"", all) of
        ["", Inner, ""] -> Inner;
        _ -> Value
    end.

regular_expression(Pattern) ->
    Parts = [part(Character) || Character <- Pattern],
    {ok, Compiled} = re:compile(["^", Parts, "$"]),
    Compiled.

part($*) -> ".*";
part($?) -> ".";
part(Character) -> [Character].
