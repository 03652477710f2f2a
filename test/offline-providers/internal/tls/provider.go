// Package tls has the four resource types of the tls provider, version 4.1.0, as far as Terraform can see them.
package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// New is the provider for a plugin server.
func New() provider.Provider { return tlsProvider{} }

type tlsProvider struct{}

func (tlsProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "tls"
}

// Schema accepts the proxy block. Nothing here connects to anything, so its values are not used.
func (tlsProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		Blocks: map[string]schema.Block{
			"proxy": schema.ListNestedBlock{
				Validators: []validator.List{listvalidator.SizeAtMost(1)},
				NestedObject: schema.NestedBlockObject{
					Attributes: map[string]schema.Attribute{
						"url":      schema.StringAttribute{Optional: true},
						"username": schema.StringAttribute{Optional: true},
						"password": schema.StringAttribute{Optional: true, Sensitive: true},
						"from_env": schema.BoolAttribute{Optional: true},
					},
				},
			},
		},
	}
}

func (tlsProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (tlsProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (tlsProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return privateKeyResource{} },
		func() resource.Resource { return certRequestResource{} },
		func() resource.Resource { return selfSignedCertResource{} },
		func() resource.Resource { return locallySignedCertResource{} },
	}
}
