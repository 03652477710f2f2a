package local

import (
	"context"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Every change of an input replaces the file.
var replace = []planmodifier.String{stringplanmodifier.RequiresReplace()}

func (f file) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"filename":             schema.StringAttribute{Required: true, PlanModifiers: replace},
		"file_permission":      permission(f.defaultPermission),
		"directory_permission": permission(f.defaultPermission),
		"id":                   schema.StringAttribute{Computed: true},
	}
	for name := range checksums(nil) {
		attributes[name] = schema.StringAttribute{Computed: true}
	}
	for _, name := range f.contents {
		attributes[name] = f.content(name)
	}
	resp.Schema = schema.Schema{Attributes: attributes}
}

// content is one of the attributes of which a file needs exactly one.
func (f file) content(name string) schema.StringAttribute {
	var others []path.Expression
	for _, other := range f.contents {
		if other != name {
			others = append(others, path.MatchRoot(other))
		}
	}
	attribute := schema.StringAttribute{
		Optional:      true,
		Sensitive:     f.sensitive && name != contentSource,
		PlanModifiers: replace,
		Validators:    []validator.String{stringvalidator.ExactlyOneOf(others...)},
	}
	if name == contentSensitive {
		attribute.Sensitive = true
		attribute.DeprecationMessage = "Use local_sensitive_file instead"
	}
	return attribute
}

func permission(byDefault string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:      true,
		Computed:      true,
		Default:       stringdefault.StaticString(byDefault),
		PlanModifiers: replace,
		Validators:    []validator.String{octal{}},
	}
}

// octal is three or four octal digits up to 0777.
type octal struct{}

func (octal) Description(context.Context) string { return "three or four octal digits, at most 0777" }

func (o octal) MarkdownDescription(ctx context.Context) string { return o.Description(ctx) }

func (o octal) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	text := req.ConfigValue.ValueString()
	mode, err := strconv.ParseUint(text, 8, 32)
	if len(text) < 3 || len(text) > 4 || err != nil || mode > 0o777 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid file permission",
			"Expected "+o.Description(ctx)+", got "+strconv.Quote(text))
	}
}
