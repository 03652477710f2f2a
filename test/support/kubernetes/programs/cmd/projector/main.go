// projector keeps Secret volumes up to date, as the kubelet does: the files, the swap, and the owners are the work of the kubelet's own code.
// What it leaves out: pods, mounts, tmpfs, and the kubelet's watch. Each volume is looked at once in a period, with a read of its Secret.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"maps"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	v1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/secret"
	"k8s.io/kubernetes/pkg/volume/util"
)

// projection is a volume of a pod.
type projection struct {
	// Directory is where a container would see it.
	Directory string `json:"directory"`
	Namespace string `json:"namespace"`
	// Volume is as in the specification of a pod.
	Volume v1.Volume `json:"volume"`
	// FsGroup is that of the pod's security context.
	FsGroup *int64 `json:"fsGroup"`
}

func main() {
	server := flag.String("server", "", "address of the API server")
	authority := flag.String("ca", "", "file with its CA")
	token := flag.String("token-file", "", "file with a token that may read the Secrets")
	volumes := flag.String("volumes", "", "file with the volumes")
	period := flag.Duration("period", time.Minute, "time between two looks at a Secret")
	flag.Parse()
	syscall.Umask(0o022)

	api, err := newClient(*server, *authority, *token)
	if err != nil {
		log.Fatal(err)
	}
	projections, err := read(*volumes)
	if err != nil {
		log.Fatal(err)
	}
	for {
		for _, one := range projections {
			if err := one.sync(api); err != nil {
				log.Printf("%s: %v", one.Directory, err)
			}
		}
		time.Sleep(*period)
	}
}

func read(file string) ([]projection, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var projections []projection
	return projections, json.Unmarshal(text, &projections)
}

// sync is what the kubelet does for a volume whenever it synchronises the pod.
func (p projection) sync(api client) error {
	payload, err := p.payload(api)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(p.Directory, 0o777); err != nil {
		return err
	}
	// As the tmpfs has it that the kubelet mounts.
	if err := os.Chmod(p.Directory, 0o777|os.ModeSticky); err != nil {
		return err
	}
	writer, err := util.NewAtomicWriter(p.Directory, p.Volume.Name)
	if err != nil {
		return err
	}
	setOwners := func(string) error {
		return volume.NewVolumeOwnership(readOnly{}, p.Directory, p.FsGroup, nil, nil).ChangePermissions()
	}
	return writer.Write(payload, setOwners)
}

// payload is what is to be in the volume: one Secret, or several in a projected volume.
func (p projection) payload(api client) (map[string]util.FileProjection, error) {
	mode := v1.SecretVolumeSourceDefaultMode
	if source := p.Volume.Secret; source != nil {
		if source.DefaultMode != nil {
			mode = *source.DefaultMode
		}
		return p.filesOf(api, source.SecretName, source.Items, mode, source.Optional)
	}
	source := p.Volume.Projected
	if source == nil {
		return nil, fmt.Errorf("volume %s has no Secret", p.Volume.Name)
	}
	if source.DefaultMode != nil {
		mode = *source.DefaultMode
	}
	payload := map[string]util.FileProjection{}
	for _, one := range source.Sources {
		if one.Secret == nil {
			return nil, fmt.Errorf("volume %s has other sources than Secrets", p.Volume.Name)
		}
		files, err := p.filesOf(api, one.Secret.Name, one.Secret.Items, mode, one.Secret.Optional)
		if err != nil {
			return nil, err
		}
		maps.Copy(payload, files)
	}
	return payload, nil
}

func (p projection) filesOf(api client, name string, items []v1.KeyToPath, mode int32, optional *bool) (map[string]util.FileProjection, error) {
	found, err := api.secret(p.Namespace, name)
	if err != nil {
		return nil, err
	}
	return secret.MakePayload(items, found, &mode, optional != nil && *optional)
}

// readOnly is a Secret volume for the code that sets owners: it asks for nothing else.
type readOnly struct{ volume.Mounter }

func (readOnly) GetAttributes() volume.Attributes {
	return volume.Attributes{ReadOnly: true, Managed: true}
}

type client struct {
	server, token string
	http          *http.Client
}

func newClient(server, authority, token string) (client, error) {
	certificate, err := os.ReadFile(authority)
	if err != nil {
		return client{}, err
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(certificate) {
		return client{}, errors.New("no certificate in " + authority)
	}
	text, err := os.ReadFile(token)
	if err != nil {
		return client{}, err
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	return client{server, strings.TrimSpace(string(text)), &http.Client{Transport: transport, Timeout: 10 * time.Second}}, nil
}

func (c client) secret(namespace, name string) (*v1.Secret, error) {
	url := fmt.Sprintf("%s/api/v1/namespaces/%s/secrets/%s", c.server, namespace, name)
	request, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("status %d: %s", response.StatusCode, text)
	}
	var found v1.Secret
	return &found, json.Unmarshal(text, &found)
}
