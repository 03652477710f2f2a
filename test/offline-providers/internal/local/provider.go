// Package local has the two resource types of the local provider, version 2.6.1, as far as Terraform can see them.
package local

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// New is the provider for a plugin server.
func New() provider.Provider { return localProvider{} }

// localProvider has nothing to configure.
type localProvider struct{}

func (localProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "local"
}

func (localProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (localProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (localProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (localProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return plainFile },
		func() resource.Resource { return sensitiveFile },
	}
}
