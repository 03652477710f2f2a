package local

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
)

// checksums are the computed attributes of a file, by attribute name.
func checksums(content []byte) map[string]string {
	md5Sum, sha1Sum := md5.Sum(content), sha1.Sum(content)
	sha256Sum, sha512Sum := sha256.Sum256(content), sha512.Sum512(content)
	return map[string]string{
		"content_md5":          hex.EncodeToString(md5Sum[:]),
		"content_sha1":         hex.EncodeToString(sha1Sum[:]),
		"content_sha256":       hex.EncodeToString(sha256Sum[:]),
		"content_base64sha256": base64.StdEncoding.EncodeToString(sha256Sum[:]),
		"content_sha512":       hex.EncodeToString(sha512Sum[:]),
		"content_base64sha512": base64.StdEncoding.EncodeToString(sha512Sum[:]),
	}
}
