%% The command line as the virtual machine understood it, for a reader that is not Erlang.
-module(harness_arguments).
-export([all/0]).

%% One flag a line, in order: the flag's code points in decimal with commas, then a blank and each value in the same
%% way. An empty value is an empty field, so every line has one field more than the flag has values.
all() ->
    lists:join($\n, [flag(Flag, Values) || {Flag, Values} <- init:get_arguments()]).

flag(Flag, Values) ->
    lists:join($\s, [code_points(Text) || Text <- [atom_to_list(Flag) | Values]]).

%% What is not valid in the locale's encoding the runtime keeps as an error: U+FFFD stands for it and all after it.
code_points({_Kind, Valid, _Rest}) ->
    code_points(unicode:characters_to_list(Valid) ++ [16#FFFD]);
code_points(Text) ->
    lists:join($,, [integer_to_list(CodePoint) || CodePoint <- Text]).
