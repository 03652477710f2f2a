package vault

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// secret is a secret of KV version 2. It is written, read back and deleted; another content is another version.
type secret struct {
	client client
}

func (s *secret) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_kv_secret_v2"
}

func (s *secret) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if configured, ok := req.ProviderData.(client); ok {
		s.client = configured
	}
}

func (s *secret) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	place := schema.StringAttribute{
		Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	constant := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	off := schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false)}
	writeOnly, version := path.MatchRoot("data_json_wo"), path.MatchRoot("data_json_wo_version")
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"mount": place,
		"name":  place,
		"namespace": schema.StringAttribute{
			Optional: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"id":   schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: constant},
		"path": schema.StringAttribute{Computed: true, PlanModifiers: constant},
		"data_json": schema.StringAttribute{
			Optional: true, Sensitive: true,
			Validators: []validator.String{stringvalidator.ExactlyOneOf(path.MatchRoot("data_json"), writeOnly)},
		},
		"data_json_wo": schema.StringAttribute{
			Optional: true, Sensitive: true, WriteOnly: true,
			Validators: []validator.String{stringvalidator.AlsoRequires(version)},
		},
		"data_json_wo_version": schema.Int64Attribute{Optional: true},
		"cas":                  schema.Int64Attribute{Optional: true},
		"options":              schema.MapAttribute{Optional: true, ElementType: types.StringType},
		"disable_read":         off,
		"delete_all_versions":  off,
		"data":                 schema.MapAttribute{Computed: true, Sensitive: true, ElementType: types.StringType},
		"metadata":             schema.MapAttribute{Computed: true, ElementType: types.StringType},
	}, Blocks: map[string]schema.Block{
		"custom_metadata": schema.ListNestedBlock{NestedObject: schema.NestedBlockObject{Attributes: map[string]schema.Attribute{
			"cas_required":         schema.BoolAttribute{Optional: true},
			"data":                 schema.MapAttribute{Optional: true, ElementType: types.StringType},
			"delete_version_after": schema.Int64Attribute{Optional: true},
			"max_versions":         schema.Int64Attribute{Optional: true},
		}}},
	}}
}

// settings are the block of a secret: for the secret, and not for one version of it.
type settings struct {
	CasRequired        *bool             `tfsdk:"cas_required" json:"cas_required,omitempty"`
	Data               map[string]string `tfsdk:"data" json:"custom_metadata,omitempty"`
	DeleteVersionAfter *int64            `tfsdk:"delete_version_after" json:"delete_version_after,omitempty"`
	MaxVersions        *int64            `tfsdk:"max_versions" json:"max_versions,omitempty"`
}

func (s *secret) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	s.put(ctx, req.Plan, req.Config, &resp.State, &resp.Diagnostics)
}

func (s *secret) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	s.put(ctx, req.Plan, req.Config, &resp.State, &resp.Diagnostics)
}

// put writes a version. Only the configuration has what is write-only.
func (s *secret) put(ctx context.Context, plan tfsdk.Plan, config tfsdk.Config, state *tfsdk.State, diags *diag.Diagnostics) {
	given := reader{ctx: ctx, from: config}
	content := given.text("data_json")
	if content == "" {
		content = given.text("data_json_wo")
	}
	place := placeOf(&reader{ctx: ctx, from: plan})
	diags.Append(given.diags...)
	var data map[string]any
	if err := json.Unmarshal([]byte(content), &data); err != nil {
		diags.AddError("data_json syntax error", "it is no JSON object")
	}
	if diags.HasError() {
		return
	}
	order := map[string]any{"data": data}
	if version := given.of("cas", number); version != nil {
		order["options"] = map[string]any{"cas": version}
	}
	if _, err := s.client.write(ctx, place.data(), place.namespace, order); err != nil {
		diags.AddError(fmt.Sprintf("error writing secret data to %s", place.data()), err.Error())
		return
	}
	var blocks []settings
	diags.Append(config.GetAttribute(ctx, path.Root("custom_metadata"), &blocks)...)
	for _, block := range blocks {
		if _, err := s.client.write(ctx, place.metadata(), place.namespace, block); err != nil {
			diags.AddError(fmt.Sprintf("error writing custom metadata to %s", place.metadata()), err.Error())
		}
	}
	if diags.HasError() {
		return
	}
	state.Raw = plan.Raw
	diags.Append(state.SetAttribute(ctx, path.Root("id"), place.data())...)
	diags.Append(state.SetAttribute(ctx, path.Root("path"), place.data())...)
	// What stands in the plan has to stand in the state, so only what the plan does not know is taken from the server.
	s.read(ctx, state, place, false, diags)
}

// Read forgets a secret that is gone, and takes over one that somebody else has written.
func (s *secret) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	s.read(ctx, &resp.State, placeOf(&reader{ctx: ctx, from: req.State}), true, &resp.Diagnostics)
}

// read also takes over what was written as write-only, unless reading is disabled: whether the real provider does so depends on its release, and
// a secret that must not be in the state has to be safe with either.
func (s *secret) read(ctx context.Context, state *tfsdk.State, place place, isRefresh bool, diags *diag.Diagnostics) {
	values := reader{ctx: ctx, from: state}
	set := func(name string, value any) {
		diags.Append(state.SetAttribute(ctx, path.Root(name), value)...)
	}
	if values.of("disable_read", flag) == true {
		set("data", map[string]string{})
		set("metadata", map[string]string{})
		return
	}
	answer, err := s.client.call(ctx, http.MethodGet, place.data(), place.namespace, nil)
	if errors.Is(err, errAbsent) {
		state.RemoveResource(ctx)
		return
	}
	if err != nil {
		diags.AddError("error reading from Vault", err.Error())
		return
	}
	set("data", textMap(answer["data"]))
	set("metadata", textMap(answer["metadata"]))
	if before := values.text("data_json"); isRefresh && before != "" && !sameJSON(before, answer["data"]) {
		now, _ := json.Marshal(answer["data"])
		set("data_json", string(now))
	}
}

// Delete deletes the last version, or all of them.
func (s *secret) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	values := reader{ctx: ctx, from: req.State}
	place := placeOf(&values)
	target := place.data()
	if values.of("delete_all_versions", flag) == true {
		target = place.metadata()
	}
	resp.Diagnostics.Append(values.diags...)
	if _, err := s.client.call(ctx, http.MethodDelete, target, place.namespace, nil); err != nil && !errors.Is(err, errAbsent) {
		resp.Diagnostics.AddError(fmt.Sprintf("error deleting %q from Vault", target), err.Error())
	}
}

// place is where a secret lies.
type place struct {
	mount, name, namespace string
}

func placeOf(values *reader) place {
	return place{strings.Trim(values.text("mount"), "/"), values.text("name"), values.text("namespace")}
}

func (p place) data() string { return p.mount + "/data/" + p.name }

func (p place) metadata() string { return p.mount + "/metadata/" + p.name }

func sameJSON(text string, value any) bool {
	var decoded any
	if json.Unmarshal([]byte(text), &decoded) != nil {
		return false
	}
	one, _ := json.Marshal(decoded)
	other, _ := json.Marshal(value)
	return string(one) == string(other)
}

// textMap is a map of an answer, where what is no text is written as JSON.
func textMap(value any) map[string]string {
	texts := map[string]string{}
	entries, _ := value.(map[string]any)
	for name, one := range entries {
		if text, ok := one.(string); ok {
			texts[name] = text
			continue
		}
		encoded, _ := json.Marshal(one)
		texts[name] = string(encoded)
	}
	return texts
}
