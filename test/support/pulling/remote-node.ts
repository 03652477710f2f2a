import { ErlangNode } from '../erlang/node';
import { atom, string } from '../erlang/text';
import type { EvalOptions } from '../erlang/vm';

/** A node that something else has started, such as systemd. It is asked through another node that it is connected to. */
export class RemoteNode extends ErlangNode {
  constructor(
    name: string,
    address: string,
    private readonly through: ErlangNode,
  ) {
    super(name, address, through.vm);
  }

  override eval(expression: string, options?: EvalOptions): Promise<string> {
    return this.through.eval(this.there(expression), options);
  }

  override evalText(expression: string, options?: EvalOptions): Promise<string> {
    return this.through.evalText(this.there(expression), options);
  }

  override log(): never {
    throw new Error(`the log of ${this.name} is with what has started it`);
  }

  override stop(): never {
    throw new Error(`what has started ${this.name} has to stop it`);
  }

  private there(expression: string): string {
    return `{ok, Tokens, _} = erl_scan:string(${string(`${expression}.`)}),
      {ok, Parsed} = erl_parse:parse_exprs(Tokens),
      {value, Value, _} = rpc:call(${atom(this.name)}, erl_eval, exprs, [Parsed, []]),
      Value`;
  }
}
