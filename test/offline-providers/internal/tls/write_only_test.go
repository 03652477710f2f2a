package tls

import (
	"crypto/x509"
	"slices"
	"strings"
	"testing"

	"example.test/offline-providers/internal/clock"
	"example.test/offline-providers/internal/plugintest"
)

// writeOnly is a locally signed certificate whose CA key no state has.
func writeOnly(ca authority, request string, version int, more values) values {
	config := locallySigned(ca, request, more)
	delete(config, "ca_private_key_pem")
	config["ca_private_key_pem_wo"], config["ca_private_key_pem_wo_version"] = ca.key, version
	return config
}

func TestAWriteOnlyKeySignsAndIsInNoPlanAndNoState(t *testing.T) {
	ca := newAuthority(t, "ECDSA", nil)
	resource := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_locally_signed_cert")
	plan := resource.Plan(plugintest.State{}, writeOnly(ca, request(t, nil), 1, nil))
	state := resource.Apply(plugintest.State{}, plan)
	for _, name := range []string{"ca_private_key_pem", "ca_private_key_pem_wo"} {
		if plan.State.Text(name) != "(null)" || state.Text(name) != "(null)" {
			t.Errorf("%s is kept", name)
		}
	}
	root, err := parseCertificate(ca.certificate)
	if err != nil || parse(t, state).CheckSignatureFrom(root) != nil || state.Text("ca_key_algorithm") != "ECDSA" {
		t.Errorf("not signed by the CA, %v", err)
	}

	for _, c := range []struct {
		typeName string
		config   values
	}{
		{"tls_self_signed_cert", selfSigned("", nil)},
		{"tls_cert_request", values{"subject": []any{values{"common_name": "node"}}}},
	} {
		delete(c.config, "private_key_pem")
		c.config["private_key_pem_wo"], c.config["private_key_pem_wo_version"] = ca.key, 1
		state := plugintest.New(t, NewWithWriteOnlyKeys(), c.typeName).Create(c.config)
		if state.Text("private_key_pem_wo") != "(null)" || state.Text("key_algorithm") != "ECDSA" {
			t.Errorf("%s: key kept, or not used", c.typeName)
		}
	}
}

func TestOnlyAnotherVersionTellsOfAnotherKey(t *testing.T) {
	ca, other := newAuthority(t, "ECDSA", nil), newAuthority(t, "ECDSA", nil)
	resource := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_locally_signed_cert")
	config := writeOnly(ca, request(t, nil), 1, nil)
	state := resource.Create(config)
	if plan := resource.Plan(state, with(config, "ca_private_key_pem_wo", other.key)); len(plan.Replaces) != 0 {
		t.Errorf("another key replaces %v", plan.Replaces)
	}
	for _, version := range []int{0, 2} {
		plan := resource.Plan(state, with(config, "ca_private_key_pem_wo_version", version))
		if !slices.Equal(plan.Replaces, []string{"ca_private_key_pem_wo_version"}) {
			t.Errorf("version %d replaces %v", version, plan.Replaces)
		}
	}
	// A key that was in the state signs anew on its way out of it.
	plain := resource.Create(locallySigned(ca, request(t, nil), nil))
	if plan := resource.Plan(plain, config); !slices.Contains(plan.Replaces, "ca_private_key_pem") {
		t.Errorf("the way out of the state replaces %v", plan.Replaces)
	}
}

func TestAWriteOnlyKeyRenewsLikeAnyOther(t *testing.T) {
	t.Setenv(clock.Variable, "2031-01-01T00:00:00Z")
	ca := newAuthority(t, "ECDSA", nil)
	resource := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_locally_signed_cert")
	config := writeOnly(ca, request(t, nil), 1, values{"early_renewal_hours": 8})
	state := resource.Create(config)
	t.Setenv(clock.Variable, "2031-01-01T16:00:00Z")
	state = resource.Read(state)
	if plan := resource.Plan(state, config); !slices.Equal(plan.Replaces, []string{"ready_for_renewal"}) {
		t.Errorf("replaces %v", plan.Replaces)
	}
}

func TestExactlyOneFormOfAKey(t *testing.T) {
	ca := newAuthority(t, "ECDSA", nil)
	resource := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_locally_signed_cert")
	good := writeOnly(ca, "r", 1, nil)
	for name, c := range map[string]struct {
		config   values
		expected string
	}{
		"both":       {with(good, "ca_private_key_pem", ca.key), "2 attributes specified when one (and only one)"},
		"none":       {with(good, "ca_private_key_pem_wo", nil), "No attribute specified when one (and only one)"},
		"no version": {with(good, "ca_private_key_pem_wo_version", nil), "must be specified when"},
	} {
		found := resource.Validate(c.config)
		if len(found) == 0 || !strings.Contains(found[0].Detail, c.expected) {
			t.Errorf("%s: %v", name, found)
		}
	}
	if found := resource.Validate(good); len(found) != 0 {
		t.Errorf("found %v", found)
	}
}

func TestAPathLengthOfOneIsSetAndOfZeroIsNot(t *testing.T) {
	for length, expected := range map[int]int{-1: -1, 0: -1, 1: 1, 3: 3} {
		state := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_self_signed_cert").Create(
			selfSigned(newKey(t, "ECDSA"), values{"max_path_length": length}))
		if root := parse(t, state); root.MaxPathLen != expected || root.MaxPathLenZero {
			t.Errorf("%d gives %d", length, root.MaxPathLen)
		}
	}
	ca := newAuthority(t, "ECDSA", nil)
	leaf := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_locally_signed_cert").Create(
		locallySigned(ca, request(t, nil), values{"max_path_length": 1}))
	if parse(t, leaf).MaxPathLen > 0 {
		t.Error("a leaf with a path length")
	}
}

func TestACertificateOfAnOlderReleaseStays(t *testing.T) {
	resource := plugintest.New(t, NewWithWriteOnlyKeys(), "tls_self_signed_cert")
	config := selfSigned(newKey(t, "ECDSA"), nil)
	state := resource.Create(config)
	older := state.Without("max_path_length")
	for _, before := range []plugintest.State{state, older} {
		if plan := resource.Plan(before, config); len(plan.Replaces) != 0 || plan.State.Text("cert_pem") != state.Text("cert_pem") {
			t.Errorf("replaces %v", plan.Replaces)
		}
		if plan := resource.Plan(before, with(config, "max_path_length", 1)); !slices.Equal(plan.Replaces, []string{"max_path_length"}) {
			t.Errorf("another path length replaces %v", plan.Replaces)
		}
	}
}

func TestTheDataSourceTellsWhatACertificateContains(t *testing.T) {
	ca, other := newAuthority(t, "ECDSA", nil), newAuthority(t, "RSA", nil)
	root, err := parseCertificate(ca.certificate)
	if err != nil {
		t.Fatal(err)
	}
	for version, newProvider := range Versions {
		data := plugintest.NewData(t, newProvider(), "tls_certificate")
		state, found := data.TryReadData(values{"content": ca.certificate + other.certificate})
		if len(found) != 0 {
			t.Fatal(found)
		}
		first := state.First("certificates")
		for name, expected := range map[string]string{
			"subject": "CN=Test CA", "is_ca": "true", "public_key_algorithm": x509.ECDSA.String(), "version": "3",
			"not_after": root.NotAfter.Format("2006-01-02T15:04:05Z"), "cert_pem": ca.certificate,
			"serial_number": root.SerialNumber.String(), "signature_algorithm": "ECDSA-SHA256",
		} {
			if first[name] != expected {
				t.Errorf("%s: %s is %s", version, name, first[name])
			}
		}
		if _, isThere := first["max_path_length"]; isThere != (version == "4.4.1") {
			t.Errorf("%s: max_path_length: %v", version, isThere)
		}
		for text, expected := range map[string]string{"no PEM": "no PEM block", ca.key: `expected PEM block "CERTIFICATE"`} {
			if _, found := data.TryReadData(values{"content": text}); len(found) != 1 || !strings.Contains(found[0].Detail, expected) {
				t.Errorf("%v", found)
			}
		}
	}
}
