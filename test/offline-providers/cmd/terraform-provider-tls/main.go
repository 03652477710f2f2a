// Command terraform-provider-tls is an offline stand-in for the tls provider, for this project's tests only.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"example.test/offline-providers/internal/tls"
)

// The linker sets it: one binary for each version in the mirror.
var version = "4.1.0"

func main() {
	newProvider, ok := tls.Versions[version]
	if !ok {
		log.Fatalf("there is no version %s", version)
	}
	// The address matters only to debuggers. Protocol 5 is what the real provider speaks.
	options := providerserver.ServeOpts{Address: "example.test/offline/tls", ProtocolVersion: 5}
	if err := providerserver.Serve(context.Background(), newProvider, options); err != nil {
		log.Fatal(err)
	}
}
