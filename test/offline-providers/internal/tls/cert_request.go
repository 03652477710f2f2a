package tls

import (
	"context"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type certRequestResource struct {
	stateOnly
	release
}

type certRequestModel struct {
	namesModel
	PrivateKeyPEM  types.String `tfsdk:"private_key_pem"`
	WriteOnly      types.String `tfsdk:"private_key_pem_wo"`
	Version        types.Int64  `tfsdk:"private_key_pem_wo_version"`
	KeyAlgorithm   types.String `tfsdk:"key_algorithm"`
	CertRequestPEM types.String `tfsdk:"cert_request_pem"`
	ID             types.String `tfsdk:"id"`
}

func (certRequestResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_cert_request"
}

func (r certRequestResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: r.withKey("private_key_pem", map[string]schema.Attribute{
			"dns_names":        names(),
			"ip_addresses":     nonEmptyNames(),
			"uris":             nonEmptyNames(),
			"key_algorithm":    computed(),
			"cert_request_pem": computed(),
			"id":               computed(),
		}),
		Blocks: map[string]schema.Block{"subject": subjectBlock()},
	}
}

func (r certRequestResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model certRequestModel
	resp.Diagnostics.Append(readPlan(ctx, req.Plan, &model)...)
	keyPEM, diags := r.keyIn(ctx, req.Config, "private_key_pem")
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	logConfiguration(ctx, "certificate request", model)
	key, err := parsePrivateKey(keyPEM)
	if err != nil {
		resp.Diagnostics.AddError("Failed to parse private key PEM", err.Error())
		return
	}
	names, diags := model.certificateNames(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	der, err := x509.CreateCertificateRequest(rand.Reader, names.request(), key)
	if err != nil {
		resp.Diagnostics.AddError("Failed to create certificate request", err.Error())
		return
	}
	id := sha1.Sum(der)
	model.KeyAlgorithm = types.StringValue(algorithmOf(key))
	model.CertRequestPEM = types.StringValue(encodePEM(pemRequest, der))
	model.ID = types.StringValue(hex.EncodeToString(id[:]))
	resp.Diagnostics.Append(writeState(ctx, &resp.State, model)...)
}
