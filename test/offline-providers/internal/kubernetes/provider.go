// Package kubernetes has the resource type kubernetes_secret_v1 of the kubernetes provider, version 2.38.0, as far as Terraform and
// an API server can see it.
package kubernetes

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
func New() provider.Provider { return kubernetesProvider{} }

type kubernetesProvider struct{}

func (kubernetesProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "kubernetes"
}

// Schema has what says where the server is. A configuration file of kubectl is accepted and not read.
func (kubernetesProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"host":                   schema.StringAttribute{Optional: true},
		"token":                  schema.StringAttribute{Optional: true},
		"cluster_ca_certificate": schema.StringAttribute{Optional: true},
		"client_certificate":     schema.StringAttribute{Optional: true},
		"client_key":             schema.StringAttribute{Optional: true},
		"config_path":            schema.StringAttribute{Optional: true},
		"config_context":         schema.StringAttribute{Optional: true},
	}}
}

// Configure takes what is not configured from the environment, as the real provider does.
func (kubernetesProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	get := func(attribute, variable string) string {
		var value types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(attribute), &value)...)
		if value.ValueString() != "" {
			return value.ValueString()
		}
		return os.Getenv(variable)
	}
	configured, err := newClient(access{
		host:        get("host", "KUBE_HOST"),
		token:       get("token", "KUBE_TOKEN"),
		authority:   get("cluster_ca_certificate", "KUBE_CLUSTER_CA_CERT_DATA"),
		certificate: get("client_certificate", "KUBE_CLIENT_CERT_DATA"),
		key:         get("client_key", "KUBE_CLIENT_KEY_DATA"),
	})
	if err != nil {
		resp.Diagnostics.AddError("Invalid provider configuration", err.Error())
		return
	}
	resp.ResourceData = configured
}

func (kubernetesProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (kubernetesProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return &secret{} }}
}
