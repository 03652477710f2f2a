package tls

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha1"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"math/big"
	"net"
	"net/url"
	"time"
)

// certificateNames is who a certificate is for.
type certificateNames struct {
	subject     pkix.Name
	dnsNames    []string
	ipAddresses []net.IP
	uris        []*url.URL
}

func (n certificateNames) request() *x509.CertificateRequest {
	return &x509.CertificateRequest{
		Subject: n.subject, DNSNames: n.dnsNames, IPAddresses: n.ipAddresses, URIs: n.uris,
	}
}

// namesOf is what a certificate takes over from a request: nothing but the names.
func namesOf(request *x509.CertificateRequest) certificateNames {
	return certificateNames{
		subject: request.Subject, dnsNames: request.DNSNames, ipAddresses: request.IPAddresses, uris: request.URIs,
	}
}

// order is everything that decides about a certificate.
type order struct {
	names             certificateNames
	publicKey         crypto.PublicKey
	issuer            *x509.Certificate // nil: the certificate signs itself
	issuerKey         crypto.Signer
	uses              []string
	isCA              bool
	pathLength        int // without an effect unless it is positive, as with the real provider
	setSubjectKeyID   bool
	setAuthorityKeyID bool
	notBefore         time.Time
	validity          time.Duration
}

var (
	errNoSubject      = errors.New("a certificate authority needs at least one distinguished name in its subject")
	errNoSubjectKeyID = errors.New("the issuer has no subject key identifier to take the authority key identifier from")
)

// Conforming CAs use serial numbers of up to 20 octets (RFC 5280, section 4.1.2.2); the provider takes 128 bits.
var serialNumbers = new(big.Int).Lsh(big.NewInt(1), 128)

// issue makes a certificate. It is valid from notBefore on, without any backdating.
func issue(o order) (*x509.Certificate, error) {
	template, err := o.template()
	if err != nil {
		return nil, err
	}
	// crypto/x509 copies the issuer's subject key identifier, unless issuer and subject have the same name.
	issuer := o.issuer
	if issuer == nil {
		issuer = template
	}
	if o.setAuthorityKeyID {
		if len(issuer.SubjectKeyId) == 0 {
			return nil, errNoSubjectKeyID
		}
		template.AuthorityKeyId = issuer.SubjectKeyId
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, o.publicKey, o.issuerKey)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

func (o order) template() (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, serialNumbers)
	if err != nil {
		return nil, err
	}
	keyUsage, extendedKeyUsage := splitUses(o.uses)
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               o.names.subject,
		DNSNames:              o.names.dnsNames,
		IPAddresses:           o.names.ipAddresses,
		URIs:                  o.names.uris,
		NotBefore:             o.notBefore,
		NotAfter:              o.notBefore.Add(o.validity),
		KeyUsage:              keyUsage,
		ExtKeyUsage:           extendedKeyUsage,
		BasicConstraintsValid: true,
		IsCA:                  o.isCA,
	}
	if o.isCA && o.pathLength > 0 {
		template.MaxPathLen = o.pathLength
	}
	if o.isCA && isEmpty(o.names.subject) {
		return nil, errNoSubject
	}
	if o.isCA || o.setSubjectKeyID {
		template.SubjectKeyId, err = subjectKeyID(o.publicKey)
	}
	return template, err
}

func isEmpty(name pkix.Name) bool {
	return len(name.ToRDNSequence()) == 0
}

// subjectKeyID is the SHA-1 of the public key's bits (RFC 5280, section 4.2.1.2, method 1); for Ed25519 the provider
// hashes the bits as an OCTET STRING.
func subjectKeyID(key crypto.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, err
	}
	var info struct {
		Algorithm pkix.AlgorithmIdentifier
		PublicKey asn1.BitString
	}
	if _, err := asn1.Unmarshal(der, &info); err != nil {
		return nil, err
	}
	bits := info.PublicKey.Bytes
	if _, ok := key.(ed25519.PublicKey); ok {
		if bits, err = asn1.Marshal(bits); err != nil {
			return nil, err
		}
	}
	id := sha1.Sum(bits)
	return id[:], nil
}
