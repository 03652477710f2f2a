package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const noPathLength = -1

func (r release) withPathLength(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	if r.isNewer {
		attributes["max_path_length"] = schema.Int64Attribute{
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Int64{pathLength{}},
			Validators:    []validator.Int64{int64validator.AtLeast(noPathLength)},
		}
	}
	return attributes
}

// pathLength replaces a certificate if the configuration asks for another path length. A certificate of a release before
// 4.2 has none in its state, and stays.
type pathLength struct{}

func (pathLength) Description(context.Context) string {
	return "Another path length replaces the resource."
}

func (p pathLength) MarkdownDescription(ctx context.Context) string { return p.Description(ctx) }

func (pathLength) PlanModifyInt64(_ context.Context, req planmodifier.Int64Request, resp *planmodifier.Int64Response) {
	before, isNew := lengthOf(req.StateValue), req.State.Raw.IsNull()
	if !isNew && lengthOf(req.ConfigValue) == before {
		resp.PlanValue = req.StateValue
		return
	}
	resp.PlanValue = types.Int64Value(lengthOf(req.ConfigValue))
	resp.RequiresReplace = !isNew
}

func lengthOf(value types.Int64) int64 {
	if value.IsNull() {
		return noPathLength
	}
	return value.ValueInt64()
}
