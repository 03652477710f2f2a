package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"example.test/offline-providers/internal/clock"
)

// signing is a certificate that a server signs when the resource is created. Nothing else about the resource asks the server.
type signing struct {
	kind   kind
	client client
}

func (s *signing) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + s.kind.name
}

func (s *signing) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if configured, ok := req.ProviderData.(client); ok {
		s.client = configured
	}
}

func (s *signing) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	values := reader{ctx: ctx, from: req.Plan}
	order := map[string]any{}
	for _, arguments := range []map[string]argument{s.kind.replacing, s.kind.silent} {
		for name, one := range arguments {
			if value := values.of(name, one); value != nil && !local[name] {
				order[name] = value
			}
		}
	}
	backend, name := strings.Trim(values.text("backend"), "/"), ""
	if s.kind.expires {
		name = values.text("name")
	}
	namespace := values.text("namespace")
	resp.Diagnostics.Append(values.diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	answer, err := s.client.write(ctx, backend+s.kind.path(name), namespace, order)
	if err != nil {
		resp.Diagnostics.AddError(fmt.Sprintf("error creating certificate sign for PKI secret backend %q", backend), err.Error())
		return
	}
	resp.State.Raw = req.Plan.Raw
	set := func(attribute string, value any) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(attribute), value)...)
	}
	set("id", strings.Join([]string{backend, name, values.text("common_name")}, "/"))
	set("ca_chain", textsOf(answer["ca_chain"]))
	for _, attribute := range s.kind.texts {
		text, _ := answer[attribute].(string)
		if attribute == "certificate_bundle" {
			text = fmt.Sprintf("%s\n%s", answer["certificate"], answer["issuing_ca"])
		}
		set(attribute, text)
	}
	if s.kind.expires {
		set("expiration", wholeNumber(answer["expiration"]))
		set("renew_pending", false)
	}
}

// Read marks a certificate that is due.
func (s *signing) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	if !s.kind.expires {
		return
	}
	due, diags := isDue(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("renew_pending"), due)...)
	}
}

// ModifyPlan replaces a certificate that is due, if it renews itself.
func (s *signing) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if !s.kind.expires || req.Plan.Raw.IsNull() || req.State.Raw.IsNull() {
		return
	}
	var renews types.Bool
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("auto_renew"), &renews)...)
	due, diags := isDue(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if due && renews.ValueBool() {
		certificate := path.Root("certificate")
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, certificate, types.StringUnknown())...)
		resp.RequiresReplace = append(resp.RequiresReplace, certificate)
	}
}

// Update signs nothing: what needs a new certificate replaces the resource.
func (s *signing) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete leaves the certificate with the server, and does not revoke it.
func (s *signing) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// values is a plan or a state.
type values interface {
	GetAttribute(ctx context.Context, path path.Path, target any) diag.Diagnostics
}

func isDue(ctx context.Context, from values) (bool, diag.Diagnostics) {
	var end, early types.Int64
	diags := from.GetAttribute(ctx, path.Root("expiration"), &end)
	diags.Append(from.GetAttribute(ctx, path.Root("min_seconds_remaining"), &early)...)
	if diags.HasError() || end.IsNull() || end.IsUnknown() || early.IsUnknown() {
		return false, diags
	}
	now, err := clock.Now()
	if err != nil {
		diags.AddError("Invalid clock", err.Error())
		return false, diags
	}
	return now.Unix() >= end.ValueInt64()-early.ValueInt64(), diags
}

// reader reads arguments and collects what is wrong.
type reader struct {
	ctx   context.Context
	from  values
	diags diag.Diagnostics
}

func (r *reader) text(name string) string {
	text, _ := r.of(name, text).(string)
	return text
}

// of is nil if the argument is not set.
func (r *reader) of(name string, one argument) any {
	switch one.of.(type) {
	case []string:
		var names []string
		r.diags.Append(r.from.GetAttribute(r.ctx, path.Root(name), &names)...)
		if len(names) == 0 {
			return nil
		}
		return strings.Join(names, ",")
	case bool:
		return pointed[bool](r, name)
	case int64:
		return pointed[int64](r, name)
	default:
		return pointed[string](r, name)
	}
}

func pointed[T any](r *reader, name string) any {
	var value *T
	r.diags.Append(r.from.GetAttribute(r.ctx, path.Root(name), &value)...)
	if value == nil {
		return nil
	}
	return *value
}

// wholeNumber is a number of an answer in JSON.
func wholeNumber(value any) int64 {
	switch number := value.(type) {
	case float64:
		return int64(number)
	case json.Number:
		whole, _ := number.Int64()
		return whole
	default:
		return 0
	}
}

// textsOf is a list of an answer, which has none for a CA without a chain.
func textsOf(value any) []string {
	texts := []string{}
	list, _ := value.([]any)
	for _, one := range list {
		text, _ := one.(string)
		texts = append(texts, text)
	}
	return texts
}
