// Package vault has the resource types of the vault provider, version 5.6.0, that sign requests and that write secrets of KV
// version 2, as far as Terraform can see them.
package vault

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// New is the provider, for a plugin server.
func New() provider.Provider { return vaultProvider{} }

type vaultProvider struct{}

func (vaultProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "vault"
}

func (vaultProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"address":          schema.StringAttribute{Optional: true},
		"token":            schema.StringAttribute{Optional: true, Sensitive: true},
		"skip_child_token": schema.BoolAttribute{Optional: true},
	}}
}

// Configure takes what is not configured from the environment, as the real provider does.
func (vaultProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var address, token types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("address"), &address)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("token"), &token)...)
	configured := client{address: address.ValueString(), token: token.ValueString()}
	if configured.address == "" {
		configured.address = os.Getenv("VAULT_ADDR")
	}
	if configured.token == "" {
		configured.token = os.Getenv("VAULT_TOKEN")
	}
	resp.ResourceData = configured
}

func (vaultProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (vaultProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return &signing{kind: sign} },
		func() resource.Resource { return &signing{kind: signIntermediate} },
		func() resource.Resource { return &secret{} },
	}
}
