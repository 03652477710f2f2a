package tls

import (
	"context"
	"crypto/x509"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type locallySignedCertResource struct {
	renewable
	release
}

type locallySignedCertModel struct {
	certificateModel
	CACertPEM       types.String `tfsdk:"ca_cert_pem"`
	CAPrivateKeyPEM types.String `tfsdk:"ca_private_key_pem"`
	WriteOnly       types.String `tfsdk:"ca_private_key_pem_wo"`
	Version         types.Int64  `tfsdk:"ca_private_key_pem_wo_version"`
	CertRequestPEM  types.String `tfsdk:"cert_request_pem"`
	CAKeyAlgorithm  types.String `tfsdk:"ca_key_algorithm"`
}

func (locallySignedCertResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_locally_signed_cert"
}

func (r locallySignedCertResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		Attributes: r.certificateAttributes(r.withKey("ca_private_key_pem", map[string]schema.Attribute{
			"ca_cert_pem":      pemInput(false),
			"cert_request_pem": pemInput(false),
			"ca_key_algorithm": computed(),
		})),
	}
}

func (r locallySignedCertResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model locallySignedCertModel
	resp.Diagnostics.Append(readPlan(ctx, req.Plan, &model)...)
	keyPEM, diags := r.keyIn(ctx, req.Config, "ca_private_key_pem")
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	logConfiguration(ctx, "locally signed certificate", model)
	order, diags := model.signingOrder(ctx, keyPEM)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	certificate, err := issue(order)
	if err != nil {
		resp.Diagnostics.AddError("Failed to create certificate", err.Error())
		return
	}
	model.CAKeyAlgorithm = types.StringValue(algorithmOf(order.issuerKey))
	model.setCertificate(order, certificate)
	resp.Diagnostics.Append(writeState(ctx, &resp.State, model)...)
}

func (m *locallySignedCertModel) signingOrder(ctx context.Context, keyPEM string) (order, diag.Diagnostics) {
	order, diags := m.order(ctx)
	request, err := parseRequest(m.CertRequestPEM.ValueString())
	if err != nil {
		diags.AddError("Failed to parse certificate request PEM", err.Error())
		return order, diags
	}
	order.issuerKey, err = parsePrivateKey(keyPEM)
	if err != nil {
		diags.AddError("Failed to parse CA private key PEM", err.Error())
		return order, diags
	}
	order.issuer, err = parseCertificate(m.CACertPEM.ValueString())
	if err != nil {
		diags.AddError("Failed to parse CA certificate PEM", err.Error())
		return order, diags
	}
	if !order.issuer.IsCA {
		diags.AddWarning(
			"Issuer is not a certificate authority",
			"The certificate in ca_cert_pem is not a CA's; what it signs will not pass validation.",
		)
	}
	order.names = namesOf(request)
	order.publicKey = request.PublicKey
	return order, diags
}

func parseRequest(text string) (*x509.CertificateRequest, error) {
	der, err := decodePEM(text, pemRequest)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificateRequest(der)
}

func parseCertificate(text string) (*x509.Certificate, error) {
	der, err := decodePEM(text, pemCertificate)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}
