package kubernetes

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// model is the resource in plans and in the state.
type model struct {
	ID                   types.String    `tfsdk:"id"`
	Metadata             []metadataModel `tfsdk:"metadata"`
	Data                 types.Map       `tfsdk:"data"`
	DataWo               types.Map       `tfsdk:"data_wo"`
	DataWoRevision       types.Int64     `tfsdk:"data_wo_revision"`
	BinaryData           types.Map       `tfsdk:"binary_data"`
	BinaryDataWo         types.Map       `tfsdk:"binary_data_wo"`
	BinaryDataWoRevision types.Int64     `tfsdk:"binary_data_wo_revision"`
	Immutable            types.Bool      `tfsdk:"immutable"`
	Type                 types.String    `tfsdk:"type"`
	WaitForToken         types.Bool      `tfsdk:"wait_for_service_account_token"`
	Timeouts             *timeoutsModel  `tfsdk:"timeouts"`
}

type metadataModel struct {
	Annotations     types.Map    `tfsdk:"annotations"`
	GenerateName    types.String `tfsdk:"generate_name"`
	Generation      types.Int64  `tfsdk:"generation"`
	Labels          types.Map    `tfsdk:"labels"`
	Name            types.String `tfsdk:"name"`
	Namespace       types.String `tfsdk:"namespace"`
	ResourceVersion types.String `tfsdk:"resource_version"`
	UID             types.String `tfsdk:"uid"`
}

type timeoutsModel struct {
	Create types.String `tfsdk:"create"`
}

func (*secret) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	replacing := []planmodifier.String{stringplanmodifier.UseStateForUnknown(), stringplanmodifier.RequiresReplace()}
	texts := func(sensitive, writeOnly bool) schema.MapAttribute {
		return schema.MapAttribute{Optional: true, ElementType: types.StringType, Sensitive: sensitive, WriteOnly: writeOnly}
	}
	data := texts(true, false)
	data.Computed, data.PlanModifiers = true, []planmodifier.Map{mapplanmodifier.UseStateForUnknown()}
	resp.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{
			"id":                      schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
			"data":                    data,
			"data_wo":                 texts(false, true),
			"data_wo_revision":        schema.Int64Attribute{Optional: true},
			"binary_data":             texts(true, false),
			"binary_data_wo":          texts(false, true),
			"binary_data_wo_revision": schema.Int64Attribute{Optional: true},
			"immutable":               schema.BoolAttribute{Optional: true},
			"type": schema.StringAttribute{
				Optional: true, Computed: true,
				Default: stringdefault.StaticString("Opaque"), PlanModifiers: replacing,
			},
			"wait_for_service_account_token": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			},
		},
		Blocks: map[string]schema.Block{
			"metadata": schema.ListNestedBlock{
				Validators: []validator.List{listvalidator.IsRequired(), listvalidator.SizeBetween(1, 1)},
				NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
					"annotations":   texts(false, false),
					"labels":        texts(false, false),
					"generate_name": schema.StringAttribute{Optional: true, PlanModifiers: replacing},
					"name":          schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: replacing},
					"namespace": schema.StringAttribute{
						Optional: true, Computed: true,
						Default: stringdefault.StaticString("default"), PlanModifiers: replacing,
					},
					"generation": schema.Int64Attribute{
						Computed: true, PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
					},
					// Not known before an update. The real provider shows the one of before, which its protocol lets pass.
					"resource_version": schema.StringAttribute{Computed: true},
					"uid":              schema.StringAttribute{Computed: true, PlanModifiers: kept},
				}},
			},
			"timeouts": schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{
				"create": schema.StringAttribute{Optional: true},
			}},
		},
	}
}
