// Package tls has the resource types and a data source of the tls provider, versions 4.1.0 and 4.4.1, as far as Terraform
// can see them.
package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// New is version 4.1.0, for a plugin server.
func New() provider.Provider { return tlsProvider{} }

// NewWithWriteOnlyKeys is version 4.4.1.
func NewWithWriteOnlyKeys() provider.Provider { return tlsProvider{release{isNewer: true}} }

// Versions are the providers by their version.
var Versions = map[string]func() provider.Provider{"4.1.0": New, "4.4.1": NewWithWriteOnlyKeys}

type tlsProvider struct{ release }

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

func (p tlsProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		func() datasource.DataSource { return certificateDataSource{p.release} },
		func() datasource.DataSource { return publicKeyDataSource{} },
	}
}

func (p tlsProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	if !p.isNewer {
		return nil
	}
	return []func() ephemeral.EphemeralResource{
		func() ephemeral.EphemeralResource { return publicKeyEphemeral{} },
	}
}

func (p tlsProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return privateKeyResource{} },
		func() resource.Resource { return certRequestResource{release: p.release} },
		func() resource.Resource { return selfSignedCertResource{release: p.release} },
		func() resource.Resource { return locallySignedCertResource{release: p.release} },
	}
}
