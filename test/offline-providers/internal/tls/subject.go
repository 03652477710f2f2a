package tls

import (
	"context"
	"crypto/x509/pkix"
	"encoding/asn1"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type subjectModel struct {
	CommonName         types.String `tfsdk:"common_name"`
	Organization       types.String `tfsdk:"organization"`
	OrganizationalUnit types.String `tfsdk:"organizational_unit"`
	StreetAddress      types.List   `tfsdk:"street_address"`
	Locality           types.String `tfsdk:"locality"`
	Province           types.String `tfsdk:"province"`
	Country            types.String `tfsdk:"country"`
	PostalCode         types.String `tfsdk:"postal_code"`
	SerialNumber       types.String `tfsdk:"serial_number"`
	EmailAddress       types.String `tfsdk:"email_address"`
}

func subjectBlock() schema.ListNestedBlock {
	part := schema.StringAttribute{Optional: true, PlanModifiers: replaceString}
	return schema.ListNestedBlock{
		Validators:    []validator.List{listvalidator.SizeAtMost(1)},
		PlanModifiers: replaceList,
		NestedObject: schema.NestedBlockObject{
			Attributes: map[string]schema.Attribute{
				"common_name":         part,
				"organization":        part,
				"organizational_unit": part,
				"street_address":      names(),
				"locality":            part,
				"province":            part,
				"country":             part,
				"postal_code":         part,
				"serial_number":       part,
				"email_address":       part,
			},
		},
	}
}

// subjectName is the distinguished name of a subject block; an absent block is an empty name.
func subjectName(ctx context.Context, block types.List) (pkix.Name, diag.Diagnostics) {
	var subjects []subjectModel
	diags := block.ElementsAs(ctx, &subjects, false)
	if diags.HasError() || len(subjects) == 0 {
		return pkix.Name{}, diags
	}
	subject := subjects[0]
	name := pkix.Name{
		CommonName:         subject.CommonName.ValueString(),
		Organization:       oneOrNone(subject.Organization),
		OrganizationalUnit: oneOrNone(subject.OrganizationalUnit),
		Locality:           oneOrNone(subject.Locality),
		Province:           oneOrNone(subject.Province),
		Country:            oneOrNone(subject.Country),
		PostalCode:         oneOrNone(subject.PostalCode),
		SerialNumber:       subject.SerialNumber.ValueString(),
	}
	diags.Append(subject.StreetAddress.ElementsAs(ctx, &name.StreetAddress, false)...)
	if !subject.EmailAddress.IsNull() {
		name.ExtraNames = append(name.ExtraNames, emailAddress(subject.EmailAddress.ValueString()))
	}
	return name, diags
}

func oneOrNone(value types.String) []string {
	if value.IsNull() {
		return nil
	}
	return []string{value.ValueString()}
}

// emailAddress is PKCS #9's attribute, an IA5String (RFC 5280, appendix A.1). pkix.Name has no field for it,
// and so forgets it when a certificate is made from a parsed request.
func emailAddress(address string) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{
		Type:  asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1},
		Value: asn1.RawValue{Tag: asn1.TagIA5String, Bytes: []byte(address)},
	}
}
