package vault

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// client speaks to the HTTP API of Vault and OpenBao.
type client struct {
	address string
	token   string
}

// timeout bounds a request to a server that does not answer.
const timeout = 20 * time.Second

// errAbsent is the answer to a path with nothing behind it.
var errAbsent = errors.New("nothing is there")

// write sends an order to a path and returns the data of the answer.
func (c client) write(ctx context.Context, path string, namespace string, order any) (map[string]any, error) {
	body, err := json.Marshal(order)
	if err != nil {
		return nil, err
	}
	return c.call(ctx, http.MethodPut, path, namespace, bytes.NewReader(body))
}

// call returns the data of the answer, or errAbsent.
func (c client) call(ctx context.Context, method string, path string, namespace string, body io.Reader) (map[string]any, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	url := strings.TrimRight(c.address, "/") + "/v1/" + path
	request, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("X-Vault-Token", c.token)
	if namespace != "" {
		request.Header.Set("X-Vault-Namespace", namespace)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	switch response.StatusCode {
	case http.StatusNotFound:
		return nil, errAbsent
	case http.StatusNoContent:
		return nil, nil
	}
	var answer struct {
		Data   map[string]any `json:"data"`
		Errors []string       `json:"errors"`
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		return nil, fmt.Errorf("status %d: %w", response.StatusCode, err)
	}
	if response.StatusCode >= 400 {
		return nil, fmt.Errorf("status %d: %s", response.StatusCode, strings.Join(answer.Errors, "; "))
	}
	return answer.Data, nil
}
