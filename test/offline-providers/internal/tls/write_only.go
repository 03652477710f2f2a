package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// release is what a resource has from a release of the provider on.
type release struct {
	// isNewer: 4.4, with write-only keys and path lengths.
	isNewer bool
}

// withKey adds the attributes of a private key. From 4.4 on there are two ways to give one: as it was, in the state; or
// write-only, where a new version is all that tells of a new key.
func (r release) withKey(name string, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	plain := pemInput(true)
	if r.isNewer {
		writeOnly, version := path.MatchRoot(name+"_wo"), path.MatchRoot(name+"_wo_version")
		plain.Required, plain.Optional = false, true
		plain.Validators = []validator.String{stringvalidator.ExactlyOneOf(path.MatchRoot(name), writeOnly)}
		attributes[name+"_wo"] = schema.StringAttribute{
			Optional:   true,
			Sensitive:  true,
			WriteOnly:  true,
			Validators: []validator.String{stringvalidator.AlsoRequires(version)},
		}
		attributes[name+"_wo_version"] = schema.Int64Attribute{
			Optional:      true,
			PlanModifiers: []planmodifier.Int64{int64planmodifier.RequiresReplace()},
		}
	}
	attributes[name] = plain
	return attributes
}

// keyIn is the private key of a configuration, in either form. No plan and no state has the write-only one.
func (r release) keyIn(ctx context.Context, config tfsdk.Config, name string) (string, diag.Diagnostics) {
	var key types.String
	diags := config.GetAttribute(ctx, path.Root(name), &key)
	if key.IsNull() && r.isNewer {
		diags.Append(config.GetAttribute(ctx, path.Root(name+"_wo"), &key)...)
	}
	return key.ValueString(), diags
}
