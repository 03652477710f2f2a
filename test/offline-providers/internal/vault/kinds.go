package vault

// kind is a resource type: its arguments and what the server returns.
type kind struct {
	name string
	// arguments whose change signs anew, by their types.
	replacing map[string]argument
	// arguments whose change goes into the state alone. Nothing is signed anew.
	silent map[string]argument
	// attributes with texts of the answer.
	texts []string
	// expires is whether the answer has an end, which renews the certificate.
	expires bool
	// path of the API, below the engine.
	path func(name string) string
}

// argument has a type, and a default if it is not nil.
type argument struct {
	of       any
	required bool
	fallback any
}

var (
	text     = argument{of: ""}
	required = argument{of: "", required: true}
	list     = argument{of: []string{}}
	flag     = argument{of: false}
	number   = argument{of: int64(0)}
)

func withDefault(value any) argument { return argument{of: value, fallback: value} }

var sign = kind{
	name: "_pki_secret_backend_sign",
	replacing: map[string]argument{
		"backend": required, "name": required, "csr": required, "common_name": required,
		"alt_names": list, "ip_sans": list, "uri_sans": list, "other_sans": list,
		"format": withDefault("pem"), "exclude_cn_from_sans": flag, "namespace": text, "cert_metadata": text,
	},
	silent: map[string]argument{
		"ttl": text, "not_after": text, "issuer_ref": text,
		"auto_renew": withDefault(false), "min_seconds_remaining": withDefault(int64(604800)),
	},
	texts:   []string{"certificate", "issuing_ca", "serial_number"},
	expires: true,
	path:    func(role string) string { return "/sign/" + role },
}

var signIntermediate = kind{
	name: "_pki_secret_backend_root_sign_intermediate",
	replacing: map[string]argument{
		"backend": required, "csr": required, "common_name": required,
		"alt_names": list, "ip_sans": list, "uri_sans": list, "other_sans": list,
		"permitted_dns_domains": list, "permitted_email_addresses": list, "permitted_ip_ranges": list,
		"permitted_uri_domains": list, "excluded_dns_domains": list, "excluded_email_addresses": list,
		"excluded_ip_ranges": list, "excluded_uri_domains": list, "key_usage": list,
		"format": withDefault("pem"), "max_path_length": withDefault(int64(-1)),
		"exclude_cn_from_sans": flag, "use_csr_values": withDefault(false), "use_pss": flag, "signature_bits": number,
		"ou": text, "organization": text, "country": text, "locality": text, "province": text,
		"street_address": text, "postal_code": text, "namespace": text, "skid": text, "not_before_duration": text,
	},
	silent: map[string]argument{
		"ttl": text, "not_after": text, "issuer_ref": text, "revoke": withDefault(false),
	},
	texts: []string{"certificate", "issuing_ca", "serial_number", "certificate_bundle"},
	path:  func(string) string { return "/root/sign-intermediate" },
}

// local are arguments that no server sees.
var local = map[string]bool{
	"backend": true, "name": true, "namespace": true, "auto_renew": true, "min_seconds_remaining": true, "revoke": true,
}
