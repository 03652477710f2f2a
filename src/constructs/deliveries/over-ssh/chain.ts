import type { TerraformData } from '../../terraform/terraform-data';

/** A resource, and what its place in the order depends on. */
interface Link {
  readonly resource: TerraformData;
  readonly isOfTools: boolean;
}

/** Resources of one stack, one after another: nodes in the order of their ids, then tools. Which one is before another is known at synth. */
export class Chain {
  private readonly links: Link[] = [];
  private ordered: readonly Link[] = [];

  public add(link: Link): void {
    this.links.push(link);
  }

  /** The resource before that one. Absent for the first. */
  public before(resource: TerraformData | undefined): TerraformData | undefined {
    if (this.ordered.length !== this.links.length) this.ordered = [...this.links].sort(byPlace);
    return this.ordered[this.ordered.findIndex((link) => link.resource === resource) - 1]?.resource;
  }
}

function byPlace(one: Link, other: Link): number {
  if (one.isOfTools !== other.isOfTools) return one.isOfTools ? 1 : -1;
  return one.resource.node.path < other.resource.node.path ? -1 : 1;
}
