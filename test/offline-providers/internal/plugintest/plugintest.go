// Package plugintest drives a provider over the plugin protocol, as Terraform does, but within a test.
package plugintest

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values are attributes by name: nil, string, bool, int, []any or Values for a nested block.
type Values map[string]any

// Resource is one resource type of a provider.
type Resource struct {
	t        *testing.T
	server   tfprotov5.ProviderServer
	typeName string
	schema   *tfprotov5.Schema
}

// Plan is what the provider answered to a configuration.
type Plan struct {
	State State
	// Replaces are the attributes that force a replacement.
	Replaces []string
	private  []byte
	config   *tfprotov5.DynamicValue
}

// State is a resource as Terraform keeps it. The zero State is: no resource.
type State struct {
	value    tftypes.Value
	resource Resource
}

// New finds a resource type.
func New(t *testing.T, provider provider.Provider, typeName string) Resource {
	t.Helper()
	server, schemas := serve(t, provider)
	return found(t, server, typeName, schemas.ResourceSchemas)
}

// NewData finds a data source.
func NewData(t *testing.T, provider provider.Provider, typeName string) Resource {
	t.Helper()
	server, schemas := serve(t, provider)
	return found(t, server, typeName, schemas.DataSourceSchemas)
}

func serve(t *testing.T, provider provider.Provider) (tfprotov5.ProviderServer, *tfprotov5.GetProviderSchemaResponse) {
	t.Helper()
	server := providerserver.NewProtocol5(provider)()
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov5.GetProviderSchemaRequest{})
	must(t, err, schemas.Diagnostics)
	return server, schemas
}

func found(t *testing.T, server tfprotov5.ProviderServer, typeName string, in map[string]*tfprotov5.Schema) Resource {
	t.Helper()
	schema, ok := in[typeName]
	if !ok {
		t.Fatalf("the provider has no %s", typeName)
	}
	return Resource{t: t, server: server, typeName: typeName, schema: schema}
}

// TryReadData reads a data source, and also returns what the provider has to say.
func (r Resource) TryReadData(config Values) (State, []*tfprotov5.Diagnostic) {
	r.t.Helper()
	request := &tfprotov5.ReadDataSourceRequest{TypeName: r.typeName, Config: r.dynamic(r.value(config))}
	answer, err := r.server.ReadDataSource(context.Background(), request)
	must(r.t, err, nil)
	return r.state(answer.State), answer.Diagnostics
}

// Validate is what the provider finds wrong with a configuration.
func (r Resource) Validate(config Values) []*tfprotov5.Diagnostic {
	r.t.Helper()
	request := &tfprotov5.ValidateResourceTypeConfigRequest{
		TypeName: r.typeName, Config: r.dynamic(r.value(config)),
		// Terraform 1.11 and later.
		ClientCapabilities: &tfprotov5.ValidateResourceTypeConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	}
	answer, err := r.server.ValidateResourceTypeConfig(context.Background(), request)
	must(r.t, err, nil)
	return answer.Diagnostics
}

// Plan asks what a configuration would make of a state.
func (r Resource) Plan(prior State, config Values) Plan {
	r.t.Helper()
	if prior.resource.schema == nil {
		prior.value = tftypes.NewValue(r.objectType(), nil)
	}
	configured := r.value(config)
	answer, err := r.server.PlanResourceChange(context.Background(), &tfprotov5.PlanResourceChangeRequest{
		TypeName:         r.typeName,
		PriorState:       r.dynamic(prior.value),
		ProposedNewState: r.dynamic(r.proposed(prior.value, configured)),
		Config:           r.dynamic(configured),
	})
	must(r.t, err, answer.Diagnostics)
	plan := Plan{State: r.state(answer.PlannedState), private: answer.PlannedPrivate, config: r.dynamic(configured)}
	for _, path := range answer.RequiresReplace {
		plan.Replaces = append(plan.Replaces, string(path.Steps()[0].(tftypes.AttributeName)))
	}
	return plan
}

// Apply carries a plan out, from the given state.
func (r Resource) Apply(prior State, plan Plan) State {
	r.t.Helper()
	state, diagnostics := r.TryApply(prior, plan)
	must(r.t, nil, diagnostics)
	return state
}

// TryApply carries a plan out, and also returns what the provider has to say.
func (r Resource) TryApply(prior State, plan Plan) (State, []*tfprotov5.Diagnostic) {
	r.t.Helper()
	if prior.resource.schema == nil {
		prior.value = tftypes.NewValue(r.objectType(), nil)
	}
	answer, err := r.server.ApplyResourceChange(context.Background(), &tfprotov5.ApplyResourceChangeRequest{
		TypeName:       r.typeName,
		PriorState:     r.dynamic(prior.value),
		PlannedState:   r.dynamic(plan.State.value),
		Config:         plan.config,
		PlannedPrivate: plan.private,
	})
	must(r.t, err, nil)
	return r.state(answer.NewState), answer.Diagnostics
}

// Create plans and applies a new resource.
func (r Resource) Create(config Values) State {
	r.t.Helper()
	return r.Apply(State{}, r.Plan(State{}, config))
}

// Delete removes the resource.
func (r Resource) Delete(state State) {
	r.t.Helper()
	gone := r.dynamic(tftypes.NewValue(r.objectType(), nil))
	answer, err := r.server.ApplyResourceChange(context.Background(), &tfprotov5.ApplyResourceChangeRequest{
		TypeName: r.typeName, PriorState: r.dynamic(state.value), PlannedState: gone, Config: gone,
	})
	must(r.t, err, answer.Diagnostics)
}

// Read refreshes a state.
func (r Resource) Read(state State) State {
	r.t.Helper()
	answer, err := r.server.ReadResource(context.Background(), &tfprotov5.ReadResourceRequest{
		TypeName: r.typeName, CurrentState: r.dynamic(state.value),
	})
	must(r.t, err, answer.Diagnostics)
	return r.state(answer.NewState)
}

// IsGone says that there is no resource.
func (s State) IsGone() bool { return s.value.IsNull() }

// Text is a string attribute; "(unknown)" and "(null)" where it has no value.
func (s State) Text(name string) string {
	value := s.attribute(name)
	if !value.IsKnown() {
		return "(unknown)"
	}
	if value.IsNull() {
		return "(null)"
	}
	var text string
	must(s.resource.t, value.As(&text), nil)
	return text
}

// Without is the state that a release without that attribute has left.
func (s State) Without(name string) State {
	s.resource.t.Helper()
	var object map[string]tftypes.Value
	must(s.resource.t, s.value.As(&object), nil)
	object[name] = tftypes.NewValue(object[name].Type(), nil)
	return State{value: tftypes.NewValue(s.value.Type(), object), resource: s.resource}
}

// First is the first element of a list of objects, with texts for its values.
func (s State) First(name string) map[string]string {
	s.resource.t.Helper()
	var elements []tftypes.Value
	must(s.resource.t, s.attribute(name).As(&elements), nil)
	var object map[string]tftypes.Value
	must(s.resource.t, elements[0].As(&object), nil)
	texts := map[string]string{}
	for key, value := range object {
		texts[key] = textOf(value)
	}
	return texts
}

// Flag is a known boolean attribute.
func (s State) Flag(name string) bool {
	var flag bool
	must(s.resource.t, s.attribute(name).As(&flag), nil)
	return flag
}

func (s State) attribute(name string) tftypes.Value {
	s.resource.t.Helper()
	var object map[string]tftypes.Value
	must(s.resource.t, s.value.As(&object), nil)
	value, ok := object[name]
	if !ok {
		s.resource.t.Fatalf("%s has no %s", s.resource.typeName, name)
	}
	return value
}

func must(t *testing.T, err error, diagnostics []*tfprotov5.Diagnostic) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, diagnostic := range diagnostics {
		if diagnostic.Severity == tfprotov5.DiagnosticSeverityError {
			t.Fatalf("%s: %s", diagnostic.Summary, diagnostic.Detail)
		}
	}
}
