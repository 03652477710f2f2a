// Command terraform-provider-tls is an offline stand-in for the tls provider, for this project's tests only.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"example.test/offline-providers/internal/tls"
)

func main() {
	// The address matters only to debuggers. Protocol 5 is what the real provider speaks.
	options := providerserver.ServeOpts{Address: "example.test/offline/tls", ProtocolVersion: 5}
	if err := providerserver.Serve(context.Background(), tls.New, options); err != nil {
		log.Fatal(err)
	}
}
