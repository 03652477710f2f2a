import { rule } from '../../findings/rule';
/** What a pair of real nodes, started with the files that are checked, can show. */

export const ERL_REJECTS_OPTIONS = rule({
  code: 'erl-rejects-options',
  severity: 'error',
  problem: 'is refused by the erl that was asked',
  expected: 'options under which it can shake hands with itself',
  remedy:
    'correct what another finding tells of the same file; where there is none, the words of Erlang in brackets say what to look at',
  inErlang: 'the words in brackets, here and nowhere else: between nodes most of them are lost',
});

export const ERL_NODES_CANNOT_CONNECT = rule({
  code: 'erl-nodes-cannot-connect',
  severity: 'error',
  problem: 'cannot be dialled by another node with the same files',
  expected: 'two nodes that dial each other',
  remedy:
    'correct what another finding tells of the same node; where there is none, look at its name and at the resolver: the handshake alone went well',
});

export const ERL_RELEASE_DIFFERS = rule({
  code: 'erl-release-differs',
  severity: 'warning',
  problem: 'is of another release than the nodes',
  expected: 'an erl of the release that --otp names',
  remedy: 'call the erl that the nodes run with: what it says is true of its own release',
});

export const ERL_NOT_RUN = rule({
  code: 'erl-not-run',
  severity: 'warning',
  problem: 'was not shown to the erl that was to be asked',
  expected: 'an option file, or -ssl_dist_opt with -proto_dist inet_tls and the name of a host',
  remedy: 'give the flags and the option file of the node; or start the node, and ask it with --probe',
});
