package tls

import (
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"example.test/offline-providers/internal/plugintest"
)

type values = plugintest.Values

func TestEachAlgorithmHasItsForms(t *testing.T) {
	cases := []struct {
		config               values
		pemType, openSSHType string
	}{
		{values{"algorithm": "RSA", "rsa_bits": 1024}, pemRSAKey, "ssh-rsa"},
		{values{"algorithm": "ECDSA", "ecdsa_curve": "P256"}, pemECKey, "ecdsa-sha2-nistp256"},
		{values{"algorithm": "ECDSA", "ecdsa_curve": "P521"}, pemECKey, "ecdsa-sha2-nistp521"},
		{values{"algorithm": "ED25519"}, pemPKCS8Key, "ssh-ed25519"},
	}
	for _, c := range cases {
		state := plugintest.New(t, New(), "tls_private_key").Create(c.config)
		expectPEM(t, state.Text("private_key_pem"), c.pemType)
		expectPEM(t, state.Text("private_key_pem_pkcs8"), pemPKCS8Key)
		expectPEM(t, state.Text("public_key_pem"), pemPublicKey)
		if public := state.Text("public_key_openssh"); !strings.HasPrefix(public, c.openSSHType+" ") {
			t.Errorf("OpenSSH public key is %s", public)
		}
		expectOneKey(t, state)
	}
}

// expectOneKey parses every form: they all have to be the same key.
func expectOneKey(t *testing.T, state plugintest.State) {
	t.Helper()
	fromOpenSSH, err := ssh.ParsePrivateKey([]byte(state.Text("private_key_openssh")))
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{"private_key_pem", "private_key_pem_pkcs8"} {
		key, err := parsePrivateKey(state.Text(form))
		if err != nil {
			t.Fatal(err)
		}
		public, err := ssh.NewPublicKey(key.Public())
		if err != nil || ssh.FingerprintSHA256(public) != ssh.FingerprintSHA256(fromOpenSSH.PublicKey()) {
			t.Errorf("%s is another key, %v", form, err)
		}
	}
	if state.Text("public_key_fingerprint_sha256") != ssh.FingerprintSHA256(fromOpenSSH.PublicKey()) ||
		state.Text("public_key_fingerprint_md5") != ssh.FingerprintLegacyMD5(fromOpenSSH.PublicKey()) {
		t.Error("a fingerprint is of another key")
	}
}

func TestDefaultsAreRSA2048AndP224(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_private_key")
	rsa := resource.Create(values{"algorithm": "RSA"})
	key, err := parsePrivateKey(rsa.Text("private_key_pem"))
	if err != nil {
		t.Fatal(err)
	}
	if size, err := ssh.NewPublicKey(key.Public()); err != nil || len(size.Marshal()) < 2048/8 {
		t.Errorf("RSA key is small: %v", err)
	}
	if curve := rsa.Text("ecdsa_curve"); curve != "P224" {
		t.Errorf("curve is %s", curve)
	}
}

func TestP224HasNoOpenSSHForms(t *testing.T) {
	state := plugintest.New(t, New(), "tls_private_key").Create(values{"algorithm": "ECDSA"})
	expectPEM(t, state.Text("private_key_pem"), pemECKey)
	for _, name := range []string{
		"private_key_openssh", "public_key_openssh", "public_key_fingerprint_md5", "public_key_fingerprint_sha256",
	} {
		if text := state.Text(name); text != "" {
			t.Errorf("%s is %q", name, text)
		}
	}
}

func TestAKeyIsReplacedByEveryChangeAndByNothingElse(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_private_key")
	state := resource.Create(values{"algorithm": "ECDSA", "ecdsa_curve": "P256"})
	if plan := resource.Plan(resource.Read(state), values{"algorithm": "ECDSA", "ecdsa_curve": "P256"}); len(plan.Replaces) != 0 {
		t.Errorf("the same configuration replaces %v", plan.Replaces)
	}
	for name, config := range map[string]values{
		"algorithm":   {"algorithm": "ED25519", "ecdsa_curve": "P256"},
		"ecdsa_curve": {"algorithm": "ECDSA", "ecdsa_curve": "P384"},
		"rsa_bits":    {"algorithm": "ECDSA", "ecdsa_curve": "P256", "rsa_bits": 4096},
	} {
		if plan := resource.Plan(state, config); !slices.Equal(plan.Replaces, []string{name}) {
			t.Errorf("%s replaces %v", name, plan.Replaces)
		}
	}
}

func TestUnknownAlgorithmsAndCurvesAreRefused(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_private_key")
	for _, config := range []values{{"algorithm": "DSA"}, {"algorithm": "ECDSA", "ecdsa_curve": "P192"}} {
		if len(resource.Validate(config)) == 0 {
			t.Errorf("%v is accepted", config)
		}
	}
}

func expectPEM(t *testing.T, text, blockType string) []byte {
	t.Helper()
	block, rest := pem.Decode([]byte(text))
	if block == nil || block.Type != blockType || len(rest) != 0 || !strings.HasSuffix(text, "-----\n") {
		t.Fatalf("expected one %s, got %q", blockType, text)
	}
	return block.Bytes
}
