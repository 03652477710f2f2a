%% The control channel of a virtual machine under test: evaluates expressions that the test sends.
%%
%% It talks over two file descriptors that the test opened, so it needs no distribution, no listener and no shell. When
%% the test's end of the channel closes, for whatever reason, the machine ends: a crashed test leaves nothing behind.
-module(harness_control).
-export([start/0]).

-define(REQUESTS, 3).
-define(ANSWERS, 4).

%% Started by `-s`, which waits for the function to return.
start() ->
    spawn(fun() ->
        Port = open_port({fd, ?REQUESTS, ?ANSWERS}, [{packet, 4}, binary, eof]),
        answer(Port, 0, $r, <<>>),
        loop(Port)
    end).

loop(Port) ->
    receive
        {Port, {data, <<Id:32, Form:8, Text/binary>>}} ->
            %% One process each: an expression that hangs does not block the next.
            spawn(fun() -> serve(Port, Id, Form, Text) end),
            loop(Port);
        {Port, eof} ->
            erlang:halt(0, [{flush, false}])
    end.

serve(Port, Id, Form, Text) ->
    {Verdict, Answer} =
        try {$v, render(Form, evaluate(Text))}
        catch Class:Reason:Stack -> {$e, render($t, {Class, Reason, lists:sublist(Stack, 3)})}
        end,
    answer(Port, Id, Verdict, Answer).

answer(Port, Id, Verdict, Answer) ->
    port_command(Port, [<<Id:32, Verdict:8>>, Answer]).

evaluate(Text) ->
    {ok, Tokens, _} = erl_scan:string(unicode:characters_to_list(Text)),
    {ok, Expressions} = erl_parse:parse_exprs(Tokens),
    {value, Value, _} = erl_eval:exprs(Expressions, erl_eval:new_bindings()),
    Value.

%% $t: the term as Erlang writes it, on one line. $c: the value is text already.
render($t, Value) -> unicode:characters_to_binary(io_lib:format("~0tp", [Value]));
render($c, Value) when is_binary(Value) -> Value;
render($c, Value) -> <<_/binary>> = unicode:characters_to_binary(Value).
