// Command terraform-provider-kubernetes is a stand-in for the kubernetes provider, for this project's tests only. It speaks to
// a real API server.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"example.test/offline-providers/internal/kubernetes"
)

func main() {
	// The address matters only to debuggers. Protocol 5 is what the real provider speaks.
	options := providerserver.ServeOpts{Address: "example.test/offline/kubernetes", ProtocolVersion: 5}
	if err := providerserver.Serve(context.Background(), kubernetes.New, options); err != nil {
		log.Fatal(err)
	}
}
