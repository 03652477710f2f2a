%% Constant traffic of one node with its peers, and what became of it: numbered calls without pause, each answered before
%% the next, and what the node monitor and `global` say meanwhile.
-module(harness_traffic).
-behaviour(gen_server).
-export([start/0, call/1, leave/1, progress/1, report/0]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

%% Longer than any step here takes, shorter than the net tick: a call that waits this long is lost.
-define(ANSWER_MS, 10000).

start() ->
    {ok, _} = gen_server:start({local, ?MODULE}, ?MODULE, [], []),
    ok.

%% Starts to call a peer, and returns when its global name is known here.
call(Peer) ->
    Caller = spawn(fun() -> number(Peer, 1) end),
    gen_server:call(?MODULE, {watch, Peer, Caller, global_name(Peer)}).

%% Stops to call a peer: what happens to it is nobody's loss from now on.
leave(Peer) -> gen_server:call(?MODULE, {leave, Peer}).

%% Returns when every peer has answered so many more calls.
progress(More) ->
    Before = gen_server:call(?MODULE, answered),
    await(maps:map(fun(_Peer, Number) -> Number + More end, Before)).

%% A line for each peer, and one for each thing that should not have happened.
report() -> gen_server:call(?MODULE, report).

number(Peer, Number) ->
    try gen_server:call({?MODULE, Peer}, {number, node(), Number}, ?ANSWER_MS) of
        Number -> gen_server:cast(?MODULE, {answered, Peer, Number})
    catch exit:{Reason, _} -> gen_server:cast(?MODULE, {event, {lost, Peer, Number, Reason}})
    end,
    %% A breath: six callers that never pause would leave two cores nothing for the rest of the test.
    receive after 1 -> number(Peer, Number + 1) end.

await(Wanted) ->
    Answered = gen_server:call(?MODULE, answered),
    case [Peer || {Peer, Number} <- maps:to_list(Wanted), maps:get(Peer, Answered, 0) < Number] of
        [] -> ok;
        _ -> receive after 5 -> await(Wanted) end
    end.

global_name(Peer) ->
    case global:whereis_name({?MODULE, Peer}) of
        undefined -> receive after 5 -> global_name(Peer) end;
        Name -> Name
    end.

init([]) ->
    ok = net_kernel:monitor_nodes(true, [nodedown_reason]),
    yes = global:register_name({?MODULE, node()}, self()),
    {ok, #{watched => #{}, answered => #{}, heard => #{}, left => [], events => []}}.

handle_call({number, From, Number}, _, State = #{heard := Heard, left := Left}) ->
    Next = State#{heard := Heard#{From => Number}},
    %% A node that left may come again, and counts from one.
    IsBack = Number =:= 1 andalso lists:member(From, Left),
    case maps:get(From, Heard, 0) + 1 of
        Number -> {reply, Number, Next};
        _ when IsBack -> {reply, Number, Next#{left := lists:delete(From, Left)}};
        Expected -> {reply, Number, event({gap, From, Expected, Number}, Next)}
    end;
handle_call({watch, Peer, Caller, Name}, _, State = #{watched := Watched, answered := Answered}) ->
    Monitor = erlang:monitor(process, Name),
    {reply, ok, State#{watched := Watched#{Peer => {Caller, Monitor}}, answered := Answered#{Peer => 0}}};
handle_call({leave, Peer}, _, State = #{watched := Watched, answered := Answered, left := Left}) ->
    {Caller, Monitor} = maps:get(Peer, Watched),
    exit(Caller, kill),
    erlang:demonitor(Monitor, [flush]),
    %% What was heard from it is kept: it goes on to call, in order, until it ends.
    Gone = State#{watched := maps:remove(Peer, Watched), answered := maps:remove(Peer, Answered)},
    {reply, ok, Gone#{left := [Peer | Left]}};
handle_call(answered, _, State = #{answered := Answered}) ->
    {reply, Answered, State};
handle_call(report, _, State = #{watched := Watched, answered := Answered, events := Events}) ->
    Forgotten = [{name_forgotten, Peer} || Peer <- maps:keys(Watched), global:whereis_name({?MODULE, Peer}) =:= undefined],
    Lines =
        [io_lib:format("answered ~ts ~b~n", [Peer, Number]) || {Peer, Number} <- maps:to_list(Answered)] ++
        [io_lib:format("event ~0tp~n", [Event]) || Event <- lists:reverse(Events) ++ Forgotten],
    {reply, Lines, State}.

handle_cast({answered, Peer, Number}, State = #{answered := Answered}) when is_map_key(Peer, Answered) ->
    {noreply, State#{answered := Answered#{Peer := Number}}};
handle_cast({event, {lost, Peer, _, _} = Event}, State = #{watched := Watched}) when is_map_key(Peer, Watched) ->
    {noreply, event(Event, State)};
handle_cast(_LeftMeanwhile, State) ->
    {noreply, State}.

handle_info({nodedown, Node, [{nodedown_reason, Reason}]}, State = #{watched := Watched}) when is_map_key(Node, Watched) ->
    {noreply, event({nodedown, Node, Reason}, State)};
handle_info({'DOWN', _, process, Name, Reason}, State) ->
    {noreply, event({name_lost, node(Name), Reason}, State)};
handle_info(_NodeUpOrLeft, State) ->
    {noreply, State}.

event(Event, State = #{events := Events}) -> State#{events := [Event | Events]}.
