package vault

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func (s *signing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"ca_chain": schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
		},
		"id": schema.StringAttribute{
			Optional: true, Computed: true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
	}
	for _, name := range s.kind.texts {
		attributes[name] = schema.StringAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		}
	}
	if s.kind.expires {
		attributes["expiration"] = schema.Int64Attribute{
			Computed:      true,
			PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
		}
		attributes["renew_pending"] = schema.BoolAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
		}
	}
	for name, one := range s.kind.replacing {
		attributes[name] = one.attribute(true)
	}
	for name, one := range s.kind.silent {
		attributes[name] = one.attribute(false)
	}
	resp.Schema = schema.Schema{Attributes: attributes}
}

func (a argument) attribute(replaces bool) schema.Attribute {
	hasDefault := a.fallback != nil
	switch a.of.(type) {
	case []string:
		one := schema.ListAttribute{Optional: true, ElementType: types.StringType}
		if replaces {
			one.PlanModifiers = []planmodifier.List{listplanmodifier.RequiresReplace()}
		}
		return one
	case bool:
		one := schema.BoolAttribute{Optional: true, Computed: hasDefault}
		if hasDefault {
			one.Default = booldefault.StaticBool(a.fallback.(bool))
		}
		if replaces {
			one.PlanModifiers = []planmodifier.Bool{boolplanmodifier.RequiresReplace()}
		}
		return one
	case int64:
		one := schema.Int64Attribute{Optional: true, Computed: hasDefault}
		if hasDefault {
			one.Default = int64default.StaticInt64(a.fallback.(int64))
		}
		if replaces {
			one.PlanModifiers = []planmodifier.Int64{int64planmodifier.RequiresReplace()}
		}
		return one
	default:
		one := schema.StringAttribute{Required: a.required, Optional: !a.required, Computed: hasDefault}
		if hasDefault {
			one.Default = stringdefault.StaticString(a.fallback.(string))
		}
		if replaces {
			one.PlanModifiers = []planmodifier.String{stringplanmodifier.RequiresReplace()}
		}
		return one
	}
}
