package tls

import (
	"context"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
)

// A model has the attributes of every release of the provider. The framework's own conversion refuses a field that the
// schema does not have, so these two go by the schema.

// readPlan fills in the fields of a model that the schema has.
func readPlan(ctx context.Context, plan tfsdk.Plan, model any) diag.Diagnostics {
	var diags diag.Diagnostics
	eachField(reflect.ValueOf(model).Elem(), func(name string, field reflect.Value) {
		if plan.Schema.GetAttributes()[name] != nil || plan.Schema.GetBlocks()[name] != nil {
			diags.Append(plan.GetAttribute(ctx, path.Root(name), field.Addr().Interface())...)
		}
	})
	return diags
}

// writeState puts the fields of a model into a state, as far as the schema has them.
func writeState(ctx context.Context, state *tfsdk.State, model any) diag.Diagnostics {
	var diags diag.Diagnostics
	eachField(reflect.ValueOf(model), func(name string, field reflect.Value) {
		if state.Schema.GetAttributes()[name] != nil || state.Schema.GetBlocks()[name] != nil {
			diags.Append(state.SetAttribute(ctx, path.Root(name), field.Interface())...)
		}
	})
	return diags
}

func eachField(model reflect.Value, visit func(name string, field reflect.Value)) {
	for index := range model.NumField() {
		field := model.Type().Field(index)
		if field.Anonymous {
			eachField(model.Field(index), visit)
			continue
		}
		visit(field.Tag.Get("tfsdk"), model.Field(index))
	}
}
