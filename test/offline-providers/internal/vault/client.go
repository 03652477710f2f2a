package vault

import (
	"bytes"
	"context"
	"encoding/json"
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

// write sends an order to a path and returns the data of the answer.
func (c client) write(ctx context.Context, path string, namespace string, order map[string]any) (map[string]any, error) {
	body, err := json.Marshal(order)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	url := strings.TrimRight(c.address, "/") + "/v1/" + path
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, url, bytes.NewReader(body))
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
