package tls

import (
	"context"
	"crypto"
	"crypto/sha1"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/crypto/ssh"
)

type privateKeyResource struct{ stateOnly }

type privateKeyModel struct {
	Algorithm                  types.String `tfsdk:"algorithm"`
	RSABits                    types.Int64  `tfsdk:"rsa_bits"`
	ECDSACurve                 types.String `tfsdk:"ecdsa_curve"`
	PrivateKeyPEM              types.String `tfsdk:"private_key_pem"`
	PrivateKeyOpenSSH          types.String `tfsdk:"private_key_openssh"`
	PrivateKeyPKCS8            types.String `tfsdk:"private_key_pem_pkcs8"`
	PublicKeyPEM               types.String `tfsdk:"public_key_pem"`
	PublicKeyOpenSSH           types.String `tfsdk:"public_key_openssh"`
	PublicKeyFingerprintMD5    types.String `tfsdk:"public_key_fingerprint_md5"`
	PublicKeyFingerprintSHA256 types.String `tfsdk:"public_key_fingerprint_sha256"`
	ID                         types.String `tfsdk:"id"`
}

func (privateKeyResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_private_key"
}

func (privateKeyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	public := schema.StringAttribute{Computed: true}
	secret := schema.StringAttribute{Computed: true, Sensitive: true}
	resp.Schema = schema.Schema{
		Version: 1,
		Attributes: map[string]schema.Attribute{
			"algorithm": schema.StringAttribute{
				Required:      true,
				PlanModifiers: replaceString,
				Validators:    []validator.String{stringvalidator.OneOf(algorithms...)},
			},
			"rsa_bits": schema.Int64Attribute{
				Optional:      true,
				Computed:      true,
				Default:       int64default.StaticInt64(2048),
				PlanModifiers: []planmodifier.Int64{int64planmodifier.RequiresReplace()},
			},
			"ecdsa_curve": schema.StringAttribute{
				Optional:      true,
				Computed:      true,
				Default:       stringdefault.StaticString("P224"),
				PlanModifiers: replaceString,
				Validators:    []validator.String{stringvalidator.OneOf(curveNames...)},
			},
			"private_key_pem":               secret,
			"private_key_openssh":           secret,
			"private_key_pem_pkcs8":         secret,
			"public_key_pem":                public,
			"public_key_openssh":            public,
			"public_key_fingerprint_md5":    public,
			"public_key_fingerprint_sha256": public,
			"id":                            public,
		},
	}
}

func (privateKeyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var model privateKeyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &model)...)
	if resp.Diagnostics.HasError() {
		return
	}
	bits, curve := int(model.RSABits.ValueInt64()), model.ECDSACurve.ValueString()
	key, err := generateKey(model.Algorithm.ValueString(), bits, curve)
	if err == nil {
		err = model.setKey(key)
	}
	if err != nil {
		resp.Diagnostics.AddError("Unable to generate private key", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// setKey fills in every form of a key.
func (m *privateKeyModel) setKey(key crypto.Signer) error {
	keyPEM, err := privateKeyPEM(key)
	if err != nil {
		return err
	}
	pkcs8, err := privateKeyPKCS8PEM(key)
	if err != nil {
		return err
	}
	publicDER, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	id := sha1.Sum(publicDER)
	m.PrivateKeyPEM = types.StringValue(keyPEM)
	m.PrivateKeyPKCS8 = types.StringValue(pkcs8)
	m.PublicKeyPEM = types.StringValue(encodePEM(pemPublicKey, publicDER))
	m.ID = types.StringValue(hex.EncodeToString(id[:]))
	return m.setOpenSSH(key)
}

// setOpenSSH leaves the OpenSSH forms empty for P-224, which OpenSSH does not have (RFC 5656, section 10.1).
func (m *privateKeyModel) setOpenSSH(key crypto.Signer) error {
	var private, public, md5, sha256 string
	if publicKey, err := ssh.NewPublicKey(key.Public()); err == nil {
		block, err := ssh.MarshalPrivateKey(key, "")
		if err != nil {
			return err
		}
		private = string(pem.EncodeToMemory(block))
		public = string(ssh.MarshalAuthorizedKey(publicKey))
		md5 = ssh.FingerprintLegacyMD5(publicKey)
		sha256 = ssh.FingerprintSHA256(publicKey)
	}
	m.PrivateKeyOpenSSH = types.StringValue(private)
	m.PublicKeyOpenSSH = types.StringValue(public)
	m.PublicKeyFingerprintMD5 = types.StringValue(md5)
	m.PublicKeyFingerprintSHA256 = types.StringValue(sha256)
	return nil
}
