package kubernetes

import (
	"context"
	"encoding/base64"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// secret is a Secret on a server. What somebody else does to it is drift.
type secret struct{ client client }

func (*secret) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_secret_v1"
}

func (s *secret) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if configured, ok := req.ProviderData.(client); ok {
		s.client = configured
	}
}

func (s *secret) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var planned, config model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	content, diags := contentOf(planned, config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	metadata := planned.Metadata[0]
	one := object{Data: content, Type: planned.Type.ValueString(), Immutable: planned.Immutable.ValueBoolPointer()}
	one.Metadata = objectMetadata{
		Name:         metadata.Name.ValueString(),
		GenerateName: metadata.GenerateName.ValueString(),
		Namespace:    metadata.Namespace.ValueString(),
		Labels:       textsOf(metadata.Labels),
		Annotations:  textsOf(metadata.Annotations),
	}
	created, err := s.client.create(ctx, one)
	if err != nil {
		resp.Diagnostics.AddError(err.Error(), "")
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, planned.with(created))...)
}

func (s *secret) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var known model
	resp.Diagnostics.Append(req.State.Get(ctx, &known)...)
	if resp.Diagnostics.HasError() {
		return
	}
	namespace, name := known.place()
	found, err := s.client.read(ctx, namespace, name)
	switch {
	case isNotFound(err):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError(err.Error(), "")
	default:
		resp.Diagnostics.Append(resp.State.Set(ctx, known.with(found))...)
	}
}

// ModifyPlan replaces a Secret whose content cannot be changed.
func (*secret) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var known, planned model
	resp.Diagnostics.Append(req.State.Get(ctx, &known)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	if resp.Diagnostics.HasError() || !known.Immutable.ValueBool() {
		return
	}
	same := map[string]bool{
		"data":        known.Data.Equal(planned.Data),
		"binary_data": known.BinaryData.Equal(planned.BinaryData),
		"immutable":   known.Immutable.Equal(planned.Immutable),
	}
	for name, isSame := range same {
		if !isSame {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root(name))
		}
	}
}

func (s *secret) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var known, planned, config model
	resp.Diagnostics.Append(req.State.Get(ctx, &known)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &planned)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	content, diags := contentOf(planned, config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	operations := []operation{}
	before, after := known.Metadata[0], planned.Metadata[0]
	if !before.Labels.Equal(after.Labels) {
		operations = append(operations, operation{"add", "/metadata/labels", textsOf(after.Labels)})
	}
	if !before.Annotations.Equal(after.Annotations) {
		operations = append(operations, operation{"add", "/metadata/annotations", textsOf(after.Annotations)})
	}
	if !known.Data.Equal(planned.Data) || !known.BinaryData.Equal(planned.BinaryData) ||
		!known.DataWoRevision.Equal(planned.DataWoRevision) || !known.BinaryDataWoRevision.Equal(planned.BinaryDataWoRevision) {
		operations = append(operations, operation{"add", "/data", content})
	}
	if !known.Immutable.Equal(planned.Immutable) {
		operations = append(operations, operation{"add", "/immutable", planned.Immutable.ValueBoolPointer()})
	}
	namespace, name := known.place()
	updated, err := s.client.patch(ctx, namespace, name, operations)
	if err != nil {
		resp.Diagnostics.AddError("Failed to update secret: "+err.Error(), "")
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, planned.with(updated))...)
}

func (s *secret) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var known model
	resp.Diagnostics.Append(req.State.Get(ctx, &known)...)
	if resp.Diagnostics.HasError() {
		return
	}
	namespace, name := known.place()
	if err := s.client.delete(ctx, namespace, name); err != nil {
		resp.Diagnostics.AddError(err.Error(), "")
	}
}

func (m model) place() (namespace, name string) {
	return m.Metadata[0].Namespace.ValueString(), m.Metadata[0].Name.ValueString()
}

// with is what the server has, in the form in which it was asked for. Content that is only written is not read.
func (m model) with(found object) model {
	declared := m.Metadata[0]
	m.ID = types.StringValue(found.Metadata.Namespace + "/" + found.Metadata.Name)
	m.Metadata = []metadataModel{{
		Annotations:     mapOf(found.Metadata.Annotations, declared.Annotations),
		GenerateName:    declared.GenerateName,
		Generation:      types.Int64Value(found.Metadata.Generation),
		Labels:          mapOf(found.Metadata.Labels, declared.Labels),
		Name:            types.StringValue(found.Metadata.Name),
		Namespace:       types.StringValue(found.Metadata.Namespace),
		ResourceVersion: types.StringValue(found.Metadata.ResourceVersion),
		UID:             types.StringValue(found.Metadata.UID),
	}}
	m.Type = types.StringValue(found.Type)
	if found.Immutable != nil || !m.Immutable.IsNull() {
		m.Immutable = types.BoolPointerValue(found.Immutable)
	}
	if m.DataWoRevision.ValueInt64() > 0 || m.BinaryDataWoRevision.ValueInt64() > 0 {
		if m.Data.IsUnknown() {
			m.Data = types.MapNull(types.StringType)
		}
		return m
	}
	text, binary := map[string]string{}, map[string]string{}
	isBinary := textsOf(m.BinaryData)
	for name, content := range found.Data {
		if _, declared := isBinary[name]; declared {
			binary[name] = base64.StdEncoding.EncodeToString(content)
		} else {
			text[name] = string(content)
		}
	}
	m.Data = mapOf(text, m.Data)
	m.BinaryData = mapOf(binary, m.BinaryData)
	return m
}

// contentOf is what the server is to have. Write-only maps are in the configuration alone.
func contentOf(planned, config model) (map[string][]byte, diag.Diagnostics) {
	var diags diag.Diagnostics
	text, binary := textsOf(planned.Data), textsOf(planned.BinaryData)
	if planned.DataWoRevision.ValueInt64() > 0 {
		text = textsOf(config.DataWo)
	}
	if planned.BinaryDataWoRevision.ValueInt64() > 0 {
		binary = textsOf(config.BinaryDataWo)
	}
	content := map[string][]byte{}
	for name, one := range text {
		content[name] = []byte(one)
	}
	for name, one := range binary {
		decoded, err := base64.StdEncoding.DecodeString(one)
		if err != nil {
			diags.AddError("Invalid Base64", name)
		}
		content[name] = decoded
	}
	return content, diags
}

func textsOf(from types.Map) map[string]string {
	texts := map[string]string{}
	for name, value := range from.Elements() {
		if text, ok := value.(types.String); ok {
			texts[name] = text.ValueString()
		}
	}
	return texts
}

// mapOf is null if nothing was declared, and nothing is there.
func mapOf(found map[string]string, declared types.Map) types.Map {
	if len(found) == 0 && (declared.IsNull() || declared.IsUnknown()) {
		return types.MapNull(types.StringType)
	}
	values, _ := types.MapValueFrom(context.Background(), types.StringType, maps.Clone(found))
	return values
}
