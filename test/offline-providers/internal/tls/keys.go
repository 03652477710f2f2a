package tls

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
)

// The names that the configuration uses.
const (
	algorithmRSA     = "RSA"
	algorithmECDSA   = "ECDSA"
	algorithmED25519 = "ED25519"
)

var (
	algorithms = []string{algorithmRSA, algorithmECDSA, algorithmED25519}
	curveNames = []string{"P224", "P256", "P384", "P521"}
	curves     = map[string]elliptic.Curve{
		"P224": elliptic.P224(), "P256": elliptic.P256(), "P384": elliptic.P384(), "P521": elliptic.P521(),
	}
)

// The types of PEM blocks, RFC 7468 and the older conventions that RSA and EC keys keep.
const (
	pemRSAKey      = "RSA PRIVATE KEY"
	pemECKey       = "EC PRIVATE KEY"
	pemPKCS8Key    = "PRIVATE KEY"
	pemPublicKey   = "PUBLIC KEY"
	pemCertificate = "CERTIFICATE"
	pemRequest     = "CERTIFICATE REQUEST"
)

func generateKey(algorithm string, rsaBits int, curve string) (crypto.Signer, error) {
	switch algorithm {
	case algorithmRSA:
		return rsa.GenerateKey(rand.Reader, rsaBits)
	case algorithmECDSA:
		return ecdsa.GenerateKey(curves[curve], rand.Reader)
	case algorithmED25519:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}
	return nil, fmt.Errorf("key algorithm %q is not supported", algorithm)
}

func algorithmOf(key crypto.Signer) string {
	switch key.(type) {
	case *rsa.PrivateKey:
		return algorithmRSA
	case *ecdsa.PrivateKey:
		return algorithmECDSA
	}
	return algorithmED25519
}

// privateKeyPEM is the form that each algorithm is best known in: PKCS #1, SEC 1, PKCS #8.
func privateKeyPEM(key crypto.Signer) (string, error) {
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return encodePEM(pemRSAKey, x509.MarshalPKCS1PrivateKey(key)), nil
	case *ecdsa.PrivateKey:
		der, err := x509.MarshalECPrivateKey(key)
		return encodePEM(pemECKey, der), err
	}
	return privateKeyPKCS8PEM(key)
}

func privateKeyPKCS8PEM(key crypto.Signer) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return encodePEM(pemPKCS8Key, der), err
}

// parsePrivateKey reads the first PEM block, in any of the three forms.
func parsePrivateKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("no PEM block found")
	}
	switch block.Type {
	case pemRSAKey:
		return x509.ParsePKCS1PrivateKey(block.Bytes)
	case pemECKey:
		return x509.ParseECPrivateKey(block.Bytes)
	case pemPKCS8Key:
		return parsePKCS8(block.Bytes)
	}
	return nil, fmt.Errorf("PEM block %q is not a private key", block.Type)
}

func parsePKCS8(der []byte) (crypto.Signer, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	switch key := parsed.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case *ecdsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, fmt.Errorf("private key of type %T is not supported", parsed)
}

func encodePEM(blockType string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: blockType, Bytes: der}))
}

// decodePEM reads the first block only: what follows it, such as a chain, is not looked at.
func decodePEM(text, blockType string) ([]byte, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, fmt.Errorf("no PEM block %q found", blockType)
	}
	if block.Type != blockType {
		return nil, fmt.Errorf("expected PEM block %q, got %q", blockType, block.Type)
	}
	return block.Bytes, nil
}
