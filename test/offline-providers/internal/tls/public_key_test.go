package tls

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"

	"example.test/offline-providers/internal/plugintest"
)

func TestAPrivateKeyTellsItsPublicKey(t *testing.T) {
	for _, algorithm := range algorithms {
		key := plugintest.New(t, New(), "tls_private_key").Create(values{"algorithm": algorithm, "ecdsa_curve": "P256"})
		data := plugintest.NewData(t, New(), "tls_public_key")
		state, found := data.TryReadData(values{"private_key_pem": key.Text("private_key_pem_pkcs8")})
		if len(found) != 0 {
			t.Fatal(found)
		}
		for _, name := range []string{"algorithm", "public_key_pem", "public_key_openssh", "public_key_fingerprint_sha256", "id"} {
			if state.Text(name) != key.Text(name) {
				t.Errorf("%s: %s is %s", algorithm, name, state.Text(name))
			}
		}
		if _, found := data.TryReadData(values{"private_key_pem": key.Text("public_key_pem")}); len(found) != 1 ||
			!strings.Contains(found[0].Detail, "not a private key") {
			t.Errorf("%v", found)
		}
	}
}

func TestOnlyTheNewerReleaseHasTheEphemeralForm(t *testing.T) {
	for version, newProvider := range Versions {
		with := newProvider().(provider.ProviderWithEphemeralResources).EphemeralResources(context.Background())
		if has := len(with) == 1; has != (version == "4.4.1") {
			t.Errorf("%s: %v", version, has)
		}
	}
}
