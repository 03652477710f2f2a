package tls

import (
	"context"
	"fmt"
	"net"
	"net/url"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// namesModel is the part that a certificate request and a self-signed certificate share.
type namesModel struct {
	Subject     types.List `tfsdk:"subject"`
	DNSNames    types.List `tfsdk:"dns_names"`
	IPAddresses types.List `tfsdk:"ip_addresses"`
	URIs        types.List `tfsdk:"uris"`
}

// certificateNames reads subject and alternative names.
func (m namesModel) certificateNames(ctx context.Context) (certificateNames, diag.Diagnostics) {
	var result certificateNames
	var addresses, uris []string
	subject, diags := subjectName(ctx, m.Subject)
	result.subject = subject
	diags.Append(m.DNSNames.ElementsAs(ctx, &result.dnsNames, false)...)
	diags.Append(m.IPAddresses.ElementsAs(ctx, &addresses, false)...)
	diags.Append(m.URIs.ElementsAs(ctx, &uris, false)...)

	for _, text := range addresses {
		address := net.ParseIP(text)
		if address == nil {
			diags.AddError("Invalid IP address", fmt.Sprintf("Failed to parse %q", text))
			continue
		}
		result.ipAddresses = append(result.ipAddresses, address)
	}
	for _, text := range uris {
		uri, err := url.Parse(text)
		if err != nil {
			diags.AddError("Invalid URI", err.Error())
			continue
		}
		result.uris = append(result.uris, uri)
	}
	return result, diags
}
