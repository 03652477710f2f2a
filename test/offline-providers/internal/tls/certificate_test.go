package tls

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha1"
	"crypto/x509"
	"net"
	"slices"
	"strings"
	"testing"

	"example.test/offline-providers/internal/clock"
	"example.test/offline-providers/internal/plugintest"
)

// authority is a CA that tests sign with.
type authority struct{ key, certificate string }

func newKey(t *testing.T, algorithm string) string {
	t.Helper()
	state := plugintest.New(t, New(), "tls_private_key").Create(values{"algorithm": algorithm, "ecdsa_curve": "P256"})
	return state.Text("private_key_pem")
}

func selfSigned(key string, more values) values {
	config := values{
		"private_key_pem":       key,
		"subject":               []any{values{"common_name": "Test CA"}},
		"validity_period_hours": 48,
		"is_ca_certificate":     true,
		"allowed_uses":          []any{"cert_signing", "crl_signing"},
	}
	for name, value := range more {
		config[name] = value
	}
	return config
}

func newAuthority(t *testing.T, algorithm string, more values) authority {
	t.Helper()
	key := newKey(t, algorithm)
	state := plugintest.New(t, New(), "tls_self_signed_cert").Create(selfSigned(key, more))
	return authority{key: key, certificate: state.Text("cert_pem")}
}

func request(t *testing.T, more values) string {
	t.Helper()
	config := values{"private_key_pem": newKey(t, "ECDSA"), "subject": []any{values{"common_name": "node"}}}
	for name, value := range more {
		config[name] = value
	}
	return plugintest.New(t, New(), "tls_cert_request").Create(config).Text("cert_request_pem")
}

func locallySigned(ca authority, request string, more values) values {
	config := values{
		"ca_cert_pem": ca.certificate, "ca_private_key_pem": ca.key, "cert_request_pem": request,
		"validity_period_hours": 24, "allowed_uses": []any{"digital_signature", "server_auth", "client_auth"},
	}
	for name, value := range more {
		config[name] = value
	}
	return config
}

func parse(t *testing.T, state plugintest.State) *x509.Certificate {
	t.Helper()
	certificate, err := x509.ParseCertificate(expectPEM(t, state.Text("cert_pem"), pemCertificate))
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func TestALeafIsWhatTheRequestAndTheCASay(t *testing.T) {
	for _, algorithm := range algorithms {
		ca := newAuthority(t, algorithm, nil)
		csr := request(t, values{
			"subject":      []any{values{"common_name": "db1.example.com", "organization": "Test", "email_address": "a@example.com"}},
			"dns_names":    []any{"db1.example.com", "127.0.0.1"},
			"ip_addresses": []any{"127.0.0.1", "::1"},
			"uris":         []any{"spiffe://example.com/db1"},
		})
		state := plugintest.New(t, New(), "tls_locally_signed_cert").Create(locallySigned(ca, csr, nil))
		leaf := parse(t, state)

		if !slices.Equal(leaf.DNSNames, []string{"db1.example.com", "127.0.0.1"}) {
			t.Errorf("DNS names: %v", leaf.DNSNames)
		}
		if len(leaf.IPAddresses) != 2 || !leaf.IPAddresses[0].Equal(net.IPv4(127, 0, 0, 1)) || len(leaf.URIs) != 1 {
			t.Errorf("addresses: %v, URIs: %v", leaf.IPAddresses, leaf.URIs)
		}
		// The e-mail address of the request is lost, as with the real provider.
		if name := leaf.Subject.String(); name != "CN=db1.example.com,O=Test" {
			t.Errorf("subject: %s", name)
		}
		if leaf.KeyUsage != x509.KeyUsageDigitalSignature || leaf.IsCA || !leaf.BasicConstraintsValid ||
			!slices.Equal(leaf.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}) {
			t.Errorf("uses: %v %v, CA: %v", leaf.KeyUsage, leaf.ExtKeyUsage, leaf.IsCA)
		}
		if state.Text("id") != leaf.SerialNumber.String() || state.Text("ca_key_algorithm") != algorithm {
			t.Errorf("id %s, algorithm %s", state.Text("id"), state.Text("ca_key_algorithm"))
		}
		roots := x509.NewCertPool()
		roots.AppendCertsFromPEM([]byte(ca.certificate))
		if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "db1.example.com"}); err != nil {
			t.Error(err)
		}
	}
}

func TestARequestHasTheWholeSubjectInOrder(t *testing.T) {
	block := expectPEM(t, request(t, values{"subject": []any{values{
		"common_name": "cn", "organization": "o", "organizational_unit": "ou", "street_address": []any{"s1", "s2"},
		"locality": "l", "province": "st", "country": "GB", "postal_code": "pc", "serial_number": "sn",
		"email_address": "a@example.com",
	}}}), pemRequest)
	parsed, err := x509.ParseCertificateRequest(block)
	if err != nil || parsed.CheckSignature() != nil {
		t.Fatal(err)
	}
	var order []string
	for _, name := range parsed.Subject.Names {
		order = append(order, name.Type.String()+"="+name.Value.(string))
	}
	expected := []string{
		"2.5.4.6=GB", "2.5.4.8=st", "2.5.4.7=l", "2.5.4.9=s1", "2.5.4.9=s2", "2.5.4.17=pc", "2.5.4.10=o", "2.5.4.11=ou",
		"2.5.4.3=cn", "2.5.4.5=sn", "1.2.840.113549.1.9.1=a@example.com",
	}
	if !slices.Equal(order, expected) {
		t.Errorf("subject is %v", order)
	}
}

func TestTimesStartNowAndEndAfterTheGivenHours(t *testing.T) {
	t.Setenv(clock.Variable, "2031-02-03T04:05:06Z")
	state := plugintest.New(t, New(), "tls_self_signed_cert").Create(selfSigned(newKey(t, "ECDSA"), nil))
	certificate := parse(t, state)
	if start := state.Text("validity_start_time"); start != "2031-02-03T04:05:06Z" || certificate.NotBefore.Format("2006-01-02T15:04:05Z07:00") != start {
		t.Errorf("starts %s, %v", start, certificate.NotBefore)
	}
	if end := state.Text("validity_end_time"); end != "2031-02-05T04:05:06Z" || certificate.NotAfter.Format("2006-01-02T15:04:05Z07:00") != end {
		t.Errorf("ends %s, %v", end, certificate.NotAfter)
	}
}

func TestKeyIdentifiers(t *testing.T) {
	ca := newAuthority(t, "ECDSA", nil)
	root, err := parseCertificate(ca.certificate)
	if err != nil {
		t.Fatal(err)
	}
	// RFC 5280, method 1: the SHA-1 of the public key's bits, which for an EC key are the last 65 bytes of the DER.
	point := root.RawSubjectPublicKeyInfo[len(root.RawSubjectPublicKeyInfo)-65:]
	if expected := sha1.Sum(point); !bytes.Equal(root.SubjectKeyId, expected[:]) {
		t.Errorf("CA has %x, expected %x", root.SubjectKeyId, expected)
	}
	if len(root.AuthorityKeyId) != 0 {
		t.Error("an authority key identifier that nobody asked for")
	}

	signed := plugintest.New(t, New(), "tls_locally_signed_cert")
	leaf := parse(t, signed.Create(locallySigned(ca, request(t, nil), nil)))
	if len(leaf.SubjectKeyId) != 0 || !bytes.Equal(leaf.AuthorityKeyId, root.SubjectKeyId) {
		t.Errorf("leaf has SKI %x, AKI %x", leaf.SubjectKeyId, leaf.AuthorityKeyId)
	}
	leaf = parse(t, signed.Create(locallySigned(ca, request(t, nil), values{"set_subject_key_id": true})))
	if len(leaf.SubjectKeyId) != sha1.Size {
		t.Errorf("leaf has SKI %x", leaf.SubjectKeyId)
	}
	// A leaf with the CA's name looks self-issued, and gets no authority key identifier.
	namesake := request(t, values{"subject": []any{values{"common_name": "Test CA"}}})
	if leaf = parse(t, signed.Create(locallySigned(ca, namesake, nil))); len(leaf.AuthorityKeyId) != 0 {
		t.Errorf("namesake has AKI %x", leaf.AuthorityKeyId)
	}
	with := newAuthority(t, "ED25519", values{"set_authority_key_id": true})
	if root, err = parseCertificate(with.certificate); err != nil || !bytes.Equal(root.AuthorityKeyId, root.SubjectKeyId) {
		t.Errorf("SKI %x, AKI %x, %v", root.SubjectKeyId, root.AuthorityKeyId, err)
	}
	// Tag and length of an OCTET STRING before the 32 bytes of the key.
	octets := append([]byte{4, 32}, root.PublicKey.(ed25519.PublicKey)...)
	if expected := sha1.Sum(octets); !bytes.Equal(root.SubjectKeyId, expected[:]) {
		t.Errorf("Ed25519 CA has %x, expected %x", root.SubjectKeyId, expected)
	}
}

func TestACAHasNoPathLengthAndAnyLeafLifetime(t *testing.T) {
	ca := newAuthority(t, "ECDSA", nil)
	root, err := parseCertificate(ca.certificate)
	if err != nil || !root.IsCA || root.MaxPathLen != -1 || root.KeyUsage != x509.KeyUsageCertSign|x509.KeyUsageCRLSign {
		t.Fatalf("CA %v, path length %d, uses %v, %v", root.IsCA, root.MaxPathLen, root.KeyUsage, err)
	}
	config := locallySigned(ca, request(t, nil), values{"validity_period_hours": 2400})
	if leaf := parse(t, plugintest.New(t, New(), "tls_locally_signed_cert").Create(config)); !leaf.NotAfter.After(root.NotAfter) {
		t.Errorf("leaf ends %v, CA ends %v", leaf.NotAfter, root.NotAfter)
	}
}

func TestOnlyTheFirstCertificateOfABundleSigns(t *testing.T) {
	ca, other := newAuthority(t, "ECDSA", nil), newAuthority(t, "ECDSA", nil)
	bundle := authority{key: ca.key, certificate: ca.certificate + other.certificate}
	plugintest.New(t, New(), "tls_locally_signed_cert").Create(locallySigned(bundle, request(t, nil), nil))
}

func TestWhatCannotBeIssuedIsRefused(t *testing.T) {
	ca, other := newAuthority(t, "ECDSA", nil), newAuthority(t, "ECDSA", nil)
	csr := request(t, nil)
	cases := map[string]struct {
		typeName string
		config   values
		expected string
	}{
		"CA without a name": {"tls_self_signed_cert", selfSigned(ca.key, values{"subject": nil}), "distinguished name"},
		"AKI without SKI": {"tls_self_signed_cert", selfSigned(ca.key, values{
			"is_ca_certificate": false, "set_authority_key_id": true,
		}), "no subject key identifier"},
		"another CA's key":  {"tls_locally_signed_cert", locallySigned(authority{other.key, ca.certificate}, csr, nil), "doesn't match"},
		"bad CA":            {"tls_locally_signed_cert", locallySigned(authority{ca.key, "no PEM"}, csr, nil), "no PEM block"},
		"key for a CA":      {"tls_locally_signed_cert", locallySigned(authority{ca.key, ca.key}, csr, nil), `expected PEM block "CERTIFICATE"`},
		"bad request":       {"tls_locally_signed_cert", locallySigned(ca, ca.certificate, nil), `expected PEM block "CERTIFICATE REQUEST"`},
		"bad key":           {"tls_cert_request", values{"private_key_pem": "no PEM"}, "no PEM block"},
		"certificate a key": {"tls_cert_request", values{"private_key_pem": ca.certificate}, "not a private key"},
		"bad address":       {"tls_cert_request", values{"private_key_pem": ca.key, "ip_addresses": []any{"300.0.0.1"}}, "300.0.0.1"},
	}
	for name, c := range cases {
		resource := plugintest.New(t, New(), c.typeName)
		_, found := resource.TryApply(plugintest.State{}, resource.Plan(plugintest.State{}, c.config))
		if len(found) != 1 || !strings.Contains(found[0].Detail, c.expected) {
			t.Errorf("%s: %v", name, found)
		}
	}
}

func TestAnIssuerThatIsNoCAIsWarnedAbout(t *testing.T) {
	leaf := newAuthority(t, "ECDSA", values{"is_ca_certificate": false})
	resource := plugintest.New(t, New(), "tls_locally_signed_cert")
	_, found := resource.TryApply(plugintest.State{}, resource.Plan(plugintest.State{}, locallySigned(leaf, request(t, nil), nil)))
	if len(found) != 1 || !strings.Contains(found[0].Summary, "not a certificate authority") {
		t.Errorf("found %v", found)
	}
}

func TestAllowedUsesAreAClosedSet(t *testing.T) {
	if count := len(allUses()); count != 9+14 {
		t.Errorf("%d uses", count)
	}
	resource := plugintest.New(t, New(), "tls_self_signed_cert")
	if found := resource.Validate(selfSigned("k", values{"allowed_uses": []any{"digital_signature", "signing"}})); len(found) != 1 {
		t.Errorf("found %v", found)
	}
	for _, hours := range []string{"validity_period_hours", "early_renewal_hours"} {
		if found := resource.Validate(selfSigned("k", values{hours: -1})); len(found) != 1 {
			t.Errorf("%s: %v", hours, found)
		}
	}
	twice := []any{values{"common_name": "a"}, values{"common_name": "b"}}
	if found := resource.Validate(selfSigned("k", values{"subject": twice})); len(found) != 1 {
		t.Errorf("found %v", found)
	}
}
