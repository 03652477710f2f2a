/** Rules about what real nodes show that are started with the files being checked (`--erl`). */
import { rule } from '../../findings/rule';

export const ERL_REJECTS_OPTIONS = rule({
  code: 'erl-rejects-options',
  severity: 'error',
  problem: 'is rejected by the given erl',
  expected: 'options with which erl can complete a handshake with itself',
  remedy:
    'fix the other findings about the same file first; if there are none, the message of Erlang in brackets names the cause',
  inErlang: 'the message in brackets, in this check alone: between nodes most of it is lost',
  source: 'test/real/check-erl.test.ts',
});

export const ERL_NODES_CANNOT_CONNECT = rule({
  code: 'erl-nodes-cannot-connect',
  severity: 'error',
  problem: 'cannot be dialled by another node with the same files',
  expected: 'two nodes that can dial each other',
  remedy:
    'fix the other findings about the same node first; if there are none, check its name and the resolver: the TLS handshake by itself succeeds',
  source: 'test/real/check-erl.test.ts',
});

export const ERL_RELEASE_DIFFERS = rule({
  code: 'erl-release-differs',
  severity: 'warning',
  problem: 'is of another release than the nodes',
  expected: 'an erl of the release that --otp names',
  remedy: 'use the erl that the nodes run with: each release judges options in its own way',
  source: 'docs/ssl-options.md',
});

export const ERL_NOT_RUN = rule({
  code: 'erl-not-run',
  severity: 'warning',
  problem: 'was not tried with the given erl',
  expected: 'an option file, or -ssl_dist_opt with -proto_dist inet_tls and the name of a host',
  remedy: 'give the flags and the option file of the node; or start the node and use --probe',
  source: 'docs/check.md',
});
