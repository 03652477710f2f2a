package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type selfSignedCertResource struct{ renewable }

type selfSignedCertModel struct {
	namesModel
	certificateModel
	PrivateKeyPEM     types.String `tfsdk:"private_key_pem"`
	SetAuthorityKeyID types.Bool   `tfsdk:"set_authority_key_id"`
	KeyAlgorithm      types.String `tfsdk:"key_algorithm"`
}

func (selfSignedCertResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_self_signed_cert"
}

func (selfSignedCertResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: certificateAttributes(map[string]schema.Attribute{
			"private_key_pem":      pemInput(true),
			"dns_names":            names(),
			"ip_addresses":         nonEmptyNames(),
			"uris":                 nonEmptyNames(),
			"set_authority_key_id": falseByDefault(),
			"key_algorithm":        computed(),
		}),
		Blocks: map[string]schema.Block{"subject": subjectBlock()},
	}
}

func (selfSignedCertResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model selfSignedCertModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	logConfiguration(ctx, "self-signed certificate", model)
	key, err := parsePrivateKey(model.PrivateKeyPEM.ValueString())
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
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
