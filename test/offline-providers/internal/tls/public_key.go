package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// publicKeyModel is what a private key says of its public one.
type publicKeyModel struct {
	PrivateKeyPEM              types.String `tfsdk:"private_key_pem"`
	PrivateKeyOpenSSH          types.String `tfsdk:"private_key_openssh"`
	Algorithm                  types.String `tfsdk:"algorithm"`
	PublicKeyPEM               types.String `tfsdk:"public_key_pem"`
	PublicKeyOpenSSH           types.String `tfsdk:"public_key_openssh"`
	PublicKeyFingerprintMD5    types.String `tfsdk:"public_key_fingerprint_md5"`
	PublicKeyFingerprintSHA256 types.String `tfsdk:"public_key_fingerprint_sha256"`
	ID                         types.String `tfsdk:"id"`
}

var (
	publicKeyInputs  = []string{"private_key_pem", "private_key_openssh"}
	publicKeyOutputs = []string{
		"algorithm", "public_key_pem", "public_key_openssh", "public_key_fingerprint_md5", "public_key_fingerprint_sha256", "id",
	}
	oneOfTheInputs = []validator.String{stringvalidator.ExactlyOneOf(
		path.MatchRoot(publicKeyInputs[0]), path.MatchRoot(publicKeyInputs[1]))}
)

// derive fills in the public key. The OpenSSH form of a private key is not read here.
func (m *publicKeyModel) derive() error {
	key, err := parsePrivateKey(m.PrivateKeyPEM.ValueString())
	if err != nil {
		return err
	}
	var all privateKeyModel
	if err := all.setKey(key); err != nil {
		return err
	}
	m.Algorithm = types.StringValue(algorithmOf(key))
	m.PublicKeyPEM, m.PublicKeyOpenSSH = all.PublicKeyPEM, all.PublicKeyOpenSSH
	m.PublicKeyFingerprintMD5, m.PublicKeyFingerprintSHA256 = all.PublicKeyFingerprintMD5, all.PublicKeyFingerprintSHA256
	m.ID = all.ID
	return nil
}

type publicKeyDataSource struct{}

func (publicKeyDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_public_key"
}

func (publicKeyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := map[string]dataschema.Attribute{}
	for _, name := range publicKeyInputs {
		attributes[name] = dataschema.StringAttribute{Optional: true, Sensitive: true, Validators: oneOfTheInputs}
	}
	for _, name := range publicKeyOutputs {
		attributes[name] = dataschema.StringAttribute{Computed: true}
	}
	resp.Schema = dataschema.Schema{Attributes: attributes}
}

func (publicKeyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model publicKeyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := model.derive(); err != nil {
		resp.Diagnostics.AddError("Unable to parse private key", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// publicKeyEphemeral does the same, and nothing of it is kept.
type publicKeyEphemeral struct{}

func (publicKeyEphemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_public_key"
}

func (publicKeyEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	attributes := map[string]ephemeralschema.Attribute{}
	for _, name := range publicKeyInputs {
		attributes[name] = ephemeralschema.StringAttribute{Optional: true, Sensitive: true, Validators: oneOfTheInputs}
	}
	for _, name := range publicKeyOutputs {
		attributes[name] = ephemeralschema.StringAttribute{Computed: true}
	}
	resp.Schema = ephemeralschema.Schema{Attributes: attributes}
}

func (publicKeyEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var model publicKeyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if err := model.derive(); err != nil {
		resp.Diagnostics.AddError("Unable to parse private key", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, model)...)
}
