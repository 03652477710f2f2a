package kubernetes

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// timeout bounds a request to a server that does not answer.
const timeout = 20 * time.Second

// access is who we are to which server.
type access struct{ host, token, authority, certificate, key string }

// client speaks to the API of Kubernetes.
type client struct {
	access
	http *http.Client
}

// object is a Secret as the API has it. Bytes are Base64 there.
type object struct {
	APIVersion string            `json:"apiVersion"`
	Kind       string            `json:"kind"`
	Metadata   objectMetadata    `json:"metadata"`
	Data       map[string][]byte `json:"data,omitempty"`
	Type       string            `json:"type,omitempty"`
	Immutable  *bool             `json:"immutable,omitempty"`
}

type objectMetadata struct {
	Name            string            `json:"name,omitempty"`
	GenerateName    string            `json:"generateName,omitempty"`
	Namespace       string            `json:"namespace,omitempty"`
	Labels          map[string]string `json:"labels,omitempty"`
	Annotations     map[string]string `json:"annotations,omitempty"`
	UID             string            `json:"uid,omitempty"`
	ResourceVersion string            `json:"resourceVersion,omitempty"`
	Generation      int64             `json:"generation,omitempty"`
}

// operation is one of a JSON patch.
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value"`
}

// refusal is an answer of the server that is not a success.
type refusal struct {
	status  int
	message string
}

func (r refusal) Error() string { return r.message }

func isNotFound(err error) bool {
	var answer refusal
	return errors.As(err, &answer) && answer.status == http.StatusNotFound
}

func newClient(to access) (client, error) {
	if to.host == "" {
		return client{}, errors.New("no host: these tests' own provider reads no configuration file of kubectl")
	}
	config := &tls.Config{}
	if to.authority != "" {
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM([]byte(to.authority)) {
			return client{}, errors.New("cluster_ca_certificate has no certificate")
		}
	}
	if to.certificate != "" {
		pair, err := tls.X509KeyPair([]byte(to.certificate), []byte(to.key))
		if err != nil {
			return client{}, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return client{to, &http.Client{Timeout: timeout, Transport: &http.Transport{TLSClientConfig: config}}}, nil
}

func (c client) create(ctx context.Context, one object) (object, error) {
	one.APIVersion, one.Kind = "v1", "Secret"
	return c.send(ctx, http.MethodPost, "application/json", one.Metadata.Namespace, "", one)
}

func (c client) read(ctx context.Context, namespace, name string) (object, error) {
	return c.send(ctx, http.MethodGet, "", namespace, name, nil)
}

func (c client) patch(ctx context.Context, namespace, name string, operations []operation) (object, error) {
	return c.send(ctx, http.MethodPatch, "application/json-patch+json", namespace, name, operations)
}

// delete does not mind if it is gone.
func (c client) delete(ctx context.Context, namespace, name string) error {
	if _, err := c.send(ctx, http.MethodDelete, "", namespace, name, nil); err != nil && !isNotFound(err) {
		return err
	}
	return nil
}

func (c client) send(ctx context.Context, method, kind, namespace, name string, body any) (object, error) {
	var content []byte
	if body != nil {
		var err error
		if content, err = json.Marshal(body); err != nil {
			return object{}, err
		}
	}
	address := strings.TrimRight(c.host, "/") + "/api/v1/namespaces/" + url.PathEscape(namespace) + "/secrets"
	if name != "" {
		address += "/" + url.PathEscape(name)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
	if err != nil {
		return object{}, err
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return object{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return object{}, err
	}
	if response.StatusCode >= 400 {
		return object{}, refused(response.StatusCode, text)
	}
	var one object
	return one, json.Unmarshal(text, &one)
}

// refused has the words of the server.
func refused(status int, text []byte) error {
	var answer struct {
		Message string `json:"message"`
	}
	if json.Unmarshal(text, &answer) != nil || answer.Message == "" {
		return refusal{status, fmt.Sprintf("status %d: %s", status, text)}
	}
	return refusal{status, answer.Message}
}
