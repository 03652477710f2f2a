package tls

import (
	"context"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/boolvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// certificateDataSource tells what a PEM text contains. It connects to nobody: a `url` is refused.
type certificateDataSource struct{ release }

type certificateDataModel struct {
	Content      types.String `tfsdk:"content"`
	URL          types.String `tfsdk:"url"`
	VerifyChain  types.Bool   `tfsdk:"verify_chain"`
	Certificates types.List   `tfsdk:"certificates"`
	ID           types.String `tfsdk:"id"`
}

func (certificateDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_certificate"
}

func (s certificateDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	content, url := path.MatchRoot("content"), path.MatchRoot("url")
	one := []validator.String{stringvalidator.ExactlyOneOf(content, url)}
	resp.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{
			"content": schema.StringAttribute{Optional: true, Validators: one},
			"url":     schema.StringAttribute{Optional: true, Validators: one},
			"verify_chain": schema.BoolAttribute{
				Optional:   true,
				Validators: []validator.Bool{boolvalidator.ConflictsWith(content)},
			},
			"certificates": schema.ListAttribute{Computed: true, ElementType: s.elementType()},
			"id":           schema.StringAttribute{Computed: true},
		},
	}
}

// Read looks at the first PEM block only, as the real provider does.
func (s certificateDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model certificateDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !model.URL.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("url"), "Not offline", "The offline provider connects to nobody.")
		return
	}
	certificate, err := parseCertificate(model.Content.ValueString())
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("content"), "Unable to parse certificate", err.Error())
		return
	}
	element := types.ObjectValueMust(s.elementType().AttrTypes, s.element(certificate))
	model.Certificates = types.ListValueMust(s.elementType(), []attr.Value{element})
	model.VerifyChain = types.BoolValue(true)
	id := sha1.Sum(certificate.Raw)
	model.ID = types.StringValue(hex.EncodeToString(id[:]))
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func (s certificateDataSource) elementType() types.ObjectType {
	attributes := map[string]attr.Type{"is_ca": types.BoolType, "version": types.Int64Type}
	for _, name := range []string{
		"cert_pem", "issuer", "not_after", "not_before", "public_key_algorithm", "serial_number", "sha1_fingerprint",
		"signature_algorithm", "subject",
	} {
		attributes[name] = types.StringType
	}
	if s.isNewer {
		attributes["max_path_length"] = types.Int64Type
	}
	return types.ObjectType{AttrTypes: attributes}
}

func (s certificateDataSource) element(certificate *x509.Certificate) map[string]attr.Value {
	fingerprint := sha1.Sum(certificate.Raw)
	values := map[string]attr.Value{
		"cert_pem":             types.StringValue(encodePEM(pemCertificate, certificate.Raw)),
		"is_ca":                types.BoolValue(certificate.IsCA),
		"issuer":               types.StringValue(certificate.Issuer.String()),
		"not_after":            types.StringValue(certificate.NotAfter.Format(time.RFC3339)),
		"not_before":           types.StringValue(certificate.NotBefore.Format(time.RFC3339)),
		"public_key_algorithm": types.StringValue(certificate.PublicKeyAlgorithm.String()),
		"serial_number":        types.StringValue(certificate.SerialNumber.String()),
		"sha1_fingerprint":     types.StringValue(hex.EncodeToString(fingerprint[:])),
		"signature_algorithm":  types.StringValue(certificate.SignatureAlgorithm.String()),
		"subject":              types.StringValue(certificate.Subject.String()),
		"version":              types.Int64Value(int64(certificate.Version)),
	}
	if s.isNewer {
		values["max_path_length"] = types.Int64Value(int64(certificate.MaxPathLen))
	}
	return values
}
