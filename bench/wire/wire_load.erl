%% Load on one connection between two nodes, and what the connection costs in memory. Compiled, because an expression that is evaluated would
%% measure the evaluator where a call takes a tenth of a millisecond.
-module(wire_load).
-export([calls/3, casts/3, connect/1, idle/2, peak/1, sink/1]).

%% Calls with so many bytes, one after the other.
calls(Peer, Size, Milliseconds) ->
    Payload = binary:copy(<<0>>, Size),
    Call = fun() -> Size = erpc:call(Peer, erlang, byte_size, [Payload]) end,
    repeat(Call, Milliseconds).

%% Messages of so many bytes without waiting, until the peer has them all.
casts(Peer, Size, Milliseconds) ->
    Payload = binary:copy(<<0>>, Size),
    Sink = spawn(Peer, ?MODULE, sink, [0]),
    Start = now_us(),
    {Sent, _} = repeat(fun() -> Sink ! Payload end, Milliseconds),
    Sink ! {done, self()},
    receive {Sink, Sent} -> {Sent, now_us() - Start} end.

sink(Count) ->
    receive
        {done, Sender} -> Sender ! {self(), Count};
        Payload when is_binary(Payload) -> sink(Count + 1)
    end.

%% Microseconds until the nodes, which are apart, are connected.
connect(Peer) ->
    {Time, true} = timer:tc(net_kernel, connect_node, [Peer]),
    Time.

%% Bytes of the processes that a connection brings, with the binaries that they hold, when nothing is sent and without their garbage. Before that
%% it carries messages for so long. The nodes are apart.
idle(Peer, Milliseconds) ->
    Before = processes(),
    true = net_kernel:connect_node(Peer),
    _ = casts(Peer, 1 bsl 16, Milliseconds),
    New = processes() -- Before,
    lists:foreach(fun erlang:garbage_collect/1, New),
    Known = [Info || Process <- New, Info <- [process_info(Process, [memory, binary])], Info =/= undefined],
    Binaries = maps:from_list([{Id, Size} || [_, {binary, Held}] <- Known, {Id, Size, _} <- Held]),
    lists:sum([Memory || [{memory, Memory}, _] <- Known]) + lists:sum(maps:values(Binaries)).

%% The most that this node holds more than now, looked up every other millisecond: what arrives faster than it is decrypted waits here.
peak(Milliseconds) ->
    lists:foreach(fun erlang:garbage_collect/1, processes()),
    Now = erlang:memory(total),
    peak(now_us() + Milliseconds * 1000, Now) - Now.

peak(End, Most) ->
    receive after 2 -> ok end,
    More = max(Most, erlang:memory(total)),
    case now_us() of
        Now when Now >= End -> More;
        _ -> peak(End, More)
    end.

repeat(Action, Milliseconds) ->
    Start = now_us(),
    repeat(Action, Start, Start + Milliseconds * 1000, 0).

repeat(Action, Start, End, Count) ->
    Action(),
    case now_us() of
        Now when Now >= End -> {Count + 1, Now - Start};
        _ -> repeat(Action, Start, End, Count + 1)
    end.

now_us() -> erlang:monotonic_time(microsecond).
