import { type IResolvable, type IResolveContext, type TerraformResource, TerraformStack, Token } from './cdktf';

/**
 * An attribute of a resource, as a token. The getters of CDKTF's resources give the same, but make a stack trace for each token, which takes
 * longer than everything else about it.
 */
export function attribute(resource: TerraformResource, name: string): string {
  return Token.asString(new Attribute(resource, name));
}

class Attribute implements IResolvable {
  public readonly creationStack: string[] = [];
  private reference?: IResolvable;

  public constructor(
    private readonly resource: TerraformResource,
    private readonly name: string,
  ) {}

  public resolve(context: IResolveContext): unknown {
    if (TerraformStack.of(context.scope) !== TerraformStack.of(this.resource)) return this.fromOtherStack(context);
    const { terraformResourceType: type, friendlyUniqueId: id } = this.resource;
    const expression = `${type}.${id}.${this.name}`;
    return context.suppressBraces === true ? expression : `\${${expression}}`;
  }

  public toString(): string {
    return Token.asString(this);
  }

  public toJSON(): string {
    return '<unresolved-token>';
  }

  /** CDKTF knows references across stacks by their object. */
  private fromOtherStack(context: IResolveContext): unknown {
    this.reference ??= this.resource.interpolationForAttribute(this.name);
    return this.reference.resolve(context);
  }
}
