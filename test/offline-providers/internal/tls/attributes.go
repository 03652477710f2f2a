package tls

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var (
	replaceString = []planmodifier.String{stringplanmodifier.RequiresReplace()}
	replaceList   = []planmodifier.List{listplanmodifier.RequiresReplace()}
	keepString    = []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
)

// computed stays as it was created until the resource is replaced.
func computed() schema.StringAttribute {
	return schema.StringAttribute{Computed: true, PlanModifiers: keepString}
}

// pemInput is a PEM text from elsewhere in the configuration.
func pemInput(sensitive bool) schema.StringAttribute {
	return schema.StringAttribute{
		Required:      true,
		Sensitive:     sensitive,
		PlanModifiers: []planmodifier.String{replaceIfStateHoldsPEM()},
	}
}

// falseByDefault is a switch on a certificate.
func falseByDefault() schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional:      true,
		Computed:      true,
		Default:       booldefault.StaticBool(false),
		PlanModifiers: []planmodifier.Bool{boolplanmodifier.RequiresReplace()},
	}
}

// names is a list of subject alternative names. It is a list, not a set: another order is another certificate.
func names() schema.ListAttribute {
	return schema.ListAttribute{ElementType: types.StringType, Optional: true, PlanModifiers: replaceList}
}

func nonEmptyNames() schema.ListAttribute {
	list := names()
	list.Validators = []validator.List{listvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))}
	return list
}

// A whole PEM text and nothing else; a bare hash, as old provider versions kept in state, does not match.
var pemText = regexp.MustCompile(`^-----BEGIN [[:alpha:] ]+-----\n(.|\s)+\n-----END [[:alpha:] ]+-----\n?$`)

// replaceIfStateHoldsPEM replaces on a change, but only of a PEM text.
//
// Where the state holds anything else, the change goes into the state and nothing is issued anew.
func replaceIfStateHoldsPEM() planmodifier.String {
	const description = "A change of a PEM text replaces the resource."
	return stringplanmodifier.RequiresReplaceIf(
		func(_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse) {
			resp.RequiresReplace = pemText.MatchString(req.StateValue.ValueString())
		},
		description, description,
	)
}
