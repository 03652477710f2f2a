// Command terraform-provider-vault is a stand-in for the vault provider, for this project's tests only. It speaks to a real server.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"example.test/offline-providers/internal/vault"
)

func main() {
	// The address matters only to debuggers. Protocol 5 is what the real provider speaks.
	options := providerserver.ServeOpts{Address: "example.test/offline/vault", ProtocolVersion: 5}
	if err := providerserver.Serve(context.Background(), vault.New, options); err != nil {
		log.Fatal(err)
	}
}
