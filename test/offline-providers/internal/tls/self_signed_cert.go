package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type selfSignedCertResource struct {
	renewable
	release
}

type selfSignedCertModel struct {
	namesModel
	certificateModel
	PrivateKeyPEM     types.String `tfsdk:"private_key_pem"`
	WriteOnly         types.String `tfsdk:"private_key_pem_wo"`
	Version           types.Int64  `tfsdk:"private_key_pem_wo_version"`
	SetAuthorityKeyID types.Bool   `tfsdk:"set_authority_key_id"`
	KeyAlgorithm      types.String `tfsdk:"key_algorithm"`
}

func (selfSignedCertResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_self_signed_cert"
}

func (r selfSignedCertResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: r.certificateAttributes(r.withKey("private_key_pem", map[string]schema.Attribute{
			"dns_names":            names(),
			"ip_addresses":         nonEmptyNames(),
			"uris":                 nonEmptyNames(),
			"set_authority_key_id": falseByDefault(),
			"key_algorithm":        computed(),
		})),
		Blocks: map[string]schema.Block{"subject": subjectBlock()},
	}
}

func (r selfSignedCertResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model selfSignedCertModel
	resp.Diagnostics.Append(readPlan(ctx, req.Plan, &model)...)
	keyPEM, diags := r.keyIn(ctx, req.Config, "private_key_pem")
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	logConfiguration(ctx, "self-signed certificate", model)
	key, err := parsePrivateKey(keyPEM)
	if err != nil {
		resp.Diagnostics.AddError("Failed to parse private key PEM", err.Error())
		return
	}
	names, diags := model.certificateNames(ctx)
	resp.Diagnostics.Append(diags...)
	order, diags := model.order(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	order.names = names
	order.publicKey = key.Public()
	order.issuerKey = key
	order.setAuthorityKeyID = model.SetAuthorityKeyID.ValueBool()
	certificate, err := issue(order)
	if err != nil {
		resp.Diagnostics.AddError("Failed to create certificate", err.Error())
		return
	}
	model.KeyAlgorithm = types.StringValue(algorithmOf(key))
	model.setCertificate(order, certificate)
	resp.Diagnostics.Append(writeState(ctx, &resp.State, model)...)
}
