%% What the virtual machine itself says about a distribution connection.
-module(harness_tls).
-export([connection/1]).

%% One line of text: `none`, `tcp`, or the TLS version, the cipher suite and the peer's certificate in Base64.
%% The controller of a TLS connection is a process, that of a plain one is a port.
connection(Node) ->
    case lists:keyfind(Node, 1, erlang:system_info(dist_ctrl)) of
        false -> "none";
        {Node, Port} when is_port(Port) -> "tcp";
        {Node, Sender} -> tls(Sender)
    end.

tls(Sender) ->
    Connection = connection_process(Sender),
    {ok, Facts} = ssl_gen_statem:connection_information(Connection, false),
    {protocol, Version} = lists:keyfind(protocol, 1, Facts),
    {selected_cipher_suite, Suite} = lists:keyfind(selected_cipher_suite, 1, Facts),
    lists:join(" ", ["tls", atom_to_list(Version), ssl:suite_to_str(Suite), peer_certificate(Connection)]).

%% The controller only sends. The process that knows what was negotiated is its sibling under one supervisor: this holds
%% for every release from 25 to 29, while the ways to get a socket from the controller come and go.
connection_process(Sender) ->
    {dictionary, Dictionary} = process_info(Sender, dictionary),
    {'$ancestors', [Supervisor | _]} = lists:keyfind('$ancestors', 1, Dictionary),
    {receiver, Connection, _, _} = lists:keyfind(receiver, 1, supervisor:which_children(Supervisor)),
    Connection.

%% A server that asks for no certificate gets none.
peer_certificate(Connection) ->
    case ssl_gen_statem:peer_certificate(Connection) of
        {ok, <<Certificate/binary>>} -> base64:encode_to_string(Certificate);
        _ -> "-"
    end.
