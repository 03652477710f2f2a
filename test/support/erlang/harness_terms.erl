%% Terms as the real reader of option files reads them.
-module(harness_terms).
-export([consult/2]).

%% Reads the files `Directory/0` to `Directory/Count - 1`. One line each: `ok`, then `~w`, `~p` and the external term
%% format, or `error` and the reason; every field after the first in Base64.
consult(Directory, Count) ->
    lists:join($\n, [consult_one(filename:join(Directory, integer_to_list(N))) || N <- lists:seq(0, Count - 1)]).

consult_one(File) ->
    try ssl_dist_sup:consult(File) of
        Term ->
            fields("ok", [text("~tw", Term), text("~0tp", Term), term_to_binary(Term, [{minor_version, 2}])])
    catch
        _:Reason -> fields("error", [text("~0tp", Reason)])
    end.

text(Format, Term) ->
    unicode:characters_to_binary(io_lib:format(Format, [Term])).

fields(Verdict, Fields) ->
    lists:join($\s, [Verdict | [base64:encode_to_string(Field) || Field <- Fields]]).
