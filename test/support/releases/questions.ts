/** What a test asks a running release, by the release's own `rpc` or `eval`, and how the answer is read. */
import type { ReleaseKind } from './builds';
import type { Release } from './release';

/** A flag with its values, as the virtual machine has it. */
export type Argument = readonly [flag: string, values: readonly string[]];

/** The flags of these names that the node was started with, in order: `init:get_arguments/0`. */
export async function argumentsOf(kind: ReleaseKind, release: Release, names: readonly string[]): Promise<Argument[]> {
  const answer = await ask(kind, release, ARGUMENTS[kind]);
  const words = answer.split('\n').map((line) => line.split(' '));
  return words
    .filter(([flag = '']) => names.includes(flag))
    .map(([flag = '', ...values]) => [flag, values.map((value) => Buffer.from(value, 'base64').toString('utf8'))]);
}

/** Dials another node, and gives the protocol of the connection, as the virtual machine names it: `tls`, `tcp`, or `none`. */
export async function protocolTo(kind: ReleaseKind, release: Release, node: string): Promise<string> {
  const name = kind === 'elixir' ? `:"${node}"` : `'${node}'`;
  return ask(kind, release, PROTOCOL[kind].replaceAll('NODE', name));
}

/** The answer of the node, by its tools. */
export async function ask(kind: ReleaseKind, release: Release, expression: string): Promise<string> {
  const { status, stdout, stderr } = await release.run(kind === 'elixir' ? 'rpc' : 'eval', expression);
  if (status !== 0) throw new Error(`${expression} ended with ${status ?? 'no status'}:\n${stdout}${stderr}`);
  // After what the expression printed, relx prints its value.
  return (kind === 'elixir' ? stdout : stdout.replace(/ok\n$/, '')).trimEnd();
}

/** In Base64, so that a value may hold whatever separates lines and words. */
const ARGUMENTS: Readonly<Record<ReleaseKind, string>> = {
  elixir: `
    for {flag, values} <- :init.get_arguments() do
      encoded = for value <- values, do: Base.encode64(List.to_string(value))
      IO.puts(Enum.join([flag | encoded], " "))
    end`,
  relx: `
    lists:foreach(fun({Flag, Values}) ->
      Encoded = [base64:encode_to_string(unicode:characters_to_binary(Value)) || Value <- Values],
      io:put_chars([lists:join(" ", [atom_to_list(Flag) | Encoded]), "\\n"])
    end, init:get_arguments()).`,
};

const PROTOCOL: Readonly<Record<ReleaseKind, string>> = {
  elixir: `
    case :net_kernel.connect_node(NODE) do
      true ->
        {:ok, info} = :net_kernel.node_info(NODE)
        IO.puts(elem(info[:address], 3))
      false -> IO.puts("none")
    end`,
  relx: `
    case net_kernel:connect_node(NODE) of
      true ->
        {ok, Info} = net_kernel:node_info(NODE),
        io:put_chars(atom_to_list(element(4, proplists:get_value(address, Info))));
      false -> io:put_chars("none")
    end.`,
};
