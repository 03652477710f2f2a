package tls

import (
	"maps"
	"slices"
	"testing"

	"example.test/offline-providers/internal/clock"
	"example.test/offline-providers/internal/plugintest"
)

// with is a changed copy of a configuration.
func with(config values, name string, value any) values {
	changed := maps.Clone(config)
	changed[name] = value
	return changed
}

func TestEveryInputOfACertificateReplacesItButEarlyRenewal(t *testing.T) {
	ca, other := newAuthority(t, "ECDSA", nil), newAuthority(t, "ECDSA", nil)
	resource := plugintest.New(t, New(), "tls_locally_signed_cert")
	config := locallySigned(ca, request(t, nil), nil)
	state := resource.Create(config)
	for name, value := range map[string]any{
		"ca_cert_pem": other.certificate, "ca_private_key_pem": other.key, "cert_request_pem": request(t, nil),
		"validity_period_hours": 25, "allowed_uses": []any{"client_auth"}, "is_ca_certificate": true, "set_subject_key_id": true,
	} {
		if plan := resource.Plan(state, with(config, name, value)); !slices.Equal(plan.Replaces, []string{name}) {
			t.Errorf("%s replaces %v", name, plan.Replaces)
		}
	}

	plan := resource.Plan(state, with(config, "early_renewal_hours", 5))
	updated := resource.Apply(state, plan)
	if len(plan.Replaces) != 0 || updated.Text("cert_pem") != state.Text("cert_pem") {
		t.Errorf("early_renewal_hours replaces %v", plan.Replaces)
	}
}

func TestNamesReplaceARequestAlsoInAnotherOrder(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_cert_request")
	config := values{"private_key_pem": newKey(t, "ECDSA"), "dns_names": []any{"a", "b"}, "subject": []any{values{"common_name": "a"}}}
	state := resource.Create(config)
	if plan := resource.Plan(state, config); len(plan.Replaces) != 0 {
		t.Errorf("the same configuration replaces %v", plan.Replaces)
	}
	for name, value := range map[string]any{
		"private_key_pem": newKey(t, "ECDSA"), "dns_names": []any{"b", "a"}, "ip_addresses": []any{"::1"}, "uris": []any{"a:b"},
		"subject": []any{values{"common_name": "b"}},
	} {
		if plan := resource.Plan(state, with(config, name, value)); !slices.Contains(plan.Replaces, name) {
			t.Errorf("%s replaces %v", name, plan.Replaces)
		}
	}
}

func TestOnlyAPEMTextInTheStateReplaces(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_cert_request")
	key := newKey(t, "ECDSA")
	// A text around the block is enough for a parser, and no PEM text for this rule.
	config := values{"private_key_pem": "a comment\n" + key}
	state := resource.Create(config)
	plan := resource.Plan(state, with(config, "private_key_pem", key))
	if len(plan.Replaces) != 0 {
		t.Fatalf("replaces %v", plan.Replaces)
	}
	updated := resource.Apply(state, plan)
	if updated.Text("private_key_pem") != key || updated.Text("cert_request_pem") != state.Text("cert_request_pem") {
		t.Error("the change is not in the state, or the request was made anew")
	}
	if plan := resource.Plan(updated, with(config, "private_key_pem", newKey(t, "ECDSA"))); !slices.Equal(plan.Replaces, []string{"private_key_pem"}) {
		t.Errorf("replaces %v", plan.Replaces)
	}
}

func TestACertificateIsDueInItsEarlyRenewalPeriod(t *testing.T) {
	for _, c := range []struct {
		now string
		due bool
	}{
		{"2030-01-01T00:00:00Z", false},
		{"2030-01-02T13:59:59Z", false},
		{"2030-01-02T14:00:00Z", true},
		{"2031-01-01T00:00:00Z", true},
	} {
		t.Setenv(clock.Variable, "2030-01-01T00:00:00Z")
		resource := plugintest.New(t, New(), "tls_self_signed_cert")
		config := selfSigned(newKey(t, "ECDSA"), values{"early_renewal_hours": 10})
		state := resource.Create(config)
		if state.Flag("ready_for_renewal") {
			t.Fatal("due when new")
		}

		t.Setenv(clock.Variable, c.now)
		refreshed := resource.Read(state)
		if refreshed.Flag("ready_for_renewal") != c.due {
			t.Errorf("%s: refreshed as due: %v", c.now, !c.due)
		}
		for _, prior := range []plugintest.State{state, refreshed} {
			if plan := resource.Plan(prior, config); slices.Contains(plan.Replaces, "ready_for_renewal") != c.due {
				t.Errorf("%s: replaces %v", c.now, plan.Replaces)
			}
		}
	}
}

func TestALongerEarlyRenewalPeriodCanMakeACertificateDue(t *testing.T) {
	t.Setenv(clock.Variable, "2030-01-01T00:00:00Z")
	resource := plugintest.New(t, New(), "tls_self_signed_cert")
	config := selfSigned(newKey(t, "ECDSA"), nil)
	state := resource.Create(config)
	t.Setenv(clock.Variable, "2030-01-02T00:00:00Z")
	for hours, expected := range map[int][]string{23: nil, 24: {"ready_for_renewal"}} {
		if plan := resource.Plan(state, with(config, "early_renewal_hours", hours)); !slices.Equal(plan.Replaces, expected) {
			t.Errorf("%d hours replace %v", hours, plan.Replaces)
		}
	}
}

func TestAnEarlyRenewalPeriodAsLongAsTheLifetimeRenewsAtEveryPlan(t *testing.T) {
	resource := plugintest.New(t, New(), "tls_self_signed_cert")
	config := selfSigned(newKey(t, "ECDSA"), values{"early_renewal_hours": 48})
	for range 2 {
		state := resource.Create(config)
		if plan := resource.Plan(resource.Read(state), config); !slices.Equal(plan.Replaces, []string{"ready_for_renewal"}) {
			t.Fatalf("replaces %v", plan.Replaces)
		}
	}
}
