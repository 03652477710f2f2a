package plugintest

import (
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

func (r Resource) objectType() tftypes.Object {
	return r.schema.ValueType().(tftypes.Object)
}

func (r Resource) value(values Values) tftypes.Value {
	for name := range values {
		if _, ok := r.objectType().AttributeTypes[name]; !ok {
			r.t.Fatalf("%s has no %s", r.typeName, name)
		}
	}
	return toValue(r.objectType(), map[string]any(values))
}

// toValue completes what the test left out: null attributes, and no blocks.
func toValue(of tftypes.Type, value any) tftypes.Value {
	switch of := of.(type) {
	case tftypes.Object:
		given, _ := value.(map[string]any)
		if nested, ok := value.(Values); ok {
			given = nested
		}
		attributes := map[string]tftypes.Value{}
		for name, attributeType := range of.AttributeTypes {
			attributes[name] = toValue(attributeType, given[name])
		}
		return tftypes.NewValue(of, attributes)
	case tftypes.List:
		list, ok := value.([]any)
		_, isBlock := of.ElementType.(tftypes.Object)
		if !ok && !isBlock {
			return tftypes.NewValue(of, nil)
		}
		elements := []tftypes.Value{}
		for _, element := range list {
			elements = append(elements, toValue(of.ElementType, element))
		}
		return tftypes.NewValue(of, elements)
	}
	return tftypes.NewValue(of, value)
}

// proposed is Terraform's own part of a plan: what is configured, and for computed attributes what is already there.
func (r Resource) proposed(prior, configured tftypes.Value) tftypes.Value {
	var before, attributes map[string]tftypes.Value
	must(r.t, configured.As(&attributes), nil)
	if prior.IsNull() {
		return configured
	}
	must(r.t, prior.As(&before), nil)
	for _, attribute := range r.schema.Block.Attributes {
		if attribute.Computed && attributes[attribute.Name].IsNull() {
			attributes[attribute.Name] = before[attribute.Name]
		}
	}
	return tftypes.NewValue(r.objectType(), attributes)
}

// textOf prints a string, a number or a boolean.
func textOf(value tftypes.Value) string {
	var text string
	var number big.Float
	var flag bool
	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&number) == nil:
		return number.String()
	case value.As(&flag) == nil:
		return strconv.FormatBool(flag)
	}
	return value.String()
}

func (r Resource) dynamic(value tftypes.Value) *tfprotov5.DynamicValue {
	r.t.Helper()
	dynamic, err := tfprotov5.NewDynamicValue(r.objectType(), value)
	must(r.t, err, nil)
	return &dynamic
}

func (r Resource) state(dynamic *tfprotov5.DynamicValue) State {
	r.t.Helper()
	value, err := dynamic.Unmarshal(r.objectType())
	must(r.t, err, nil)
	return State{value: value, resource: r}
}
