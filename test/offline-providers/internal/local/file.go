package local

import (
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The attributes that a file's content may come from.
const (
	contentText      = "content"
	contentBase64    = "content_base64"
	contentSource    = "source"
	contentSensitive = "sensitive_content"
)

// file is a resource type. The two differ in name, defaults and what Terraform hides, not in what they do.
type file struct {
	suffix            string
	defaultPermission string
	sensitive         bool
	contents          []string
}

var (
	plainFile = file{
		suffix:            "_file",
		defaultPermission: "0777",
		contents:          []string{contentText, contentBase64, contentSource, contentSensitive},
	}
	sensitiveFile = file{
		suffix:            "_sensitive_file",
		defaultPermission: "0700",
		sensitive:         true,
		contents:          []string{contentText, contentBase64, contentSource},
	}
)

func (f file) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + f.suffix
}

// Create writes the file in place: truncate and write, not atomic, through a symbolic link, no fsync.
// A file that is there already keeps its mode.
func (f file) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	values := attributes{source: req.Plan, diags: &resp.Diagnostics}
	content, err := f.read(ctx, values)
	if err != nil {
		resp.Diagnostics.AddError("Unable to read the content of the file", err.Error())
	}
	destination := values.text(ctx, "filename")
	mode, directoryMode := values.mode(ctx, "file_permission"), values.mode(ctx, "directory_permission")
	if resp.Diagnostics.HasError() {
		return
	}
	if err := write(destination, content, mode, directoryMode); err != nil {
		resp.Diagnostics.AddError("Unable to write the file", err.Error())
		return
	}
	// Only now: after an error there must be nothing in the state.
	resp.State.Raw = req.Plan.Raw
	sums := checksums(content)
	for name, sum := range sums {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), sum)...)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), sums["content_sha1"])...)
}

// Read forgets a file that is gone or has other content, so that the plan creates it. Mode and owner are not looked at.
func (f file) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	values := attributes{source: req.State, diags: &resp.Diagnostics}
	content, err := os.ReadFile(values.text(ctx, "filename"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		resp.State.RemoveResource(ctx)
	case err != nil:
		resp.Diagnostics.AddError("Unable to read the file", err.Error())
	case checksums(content)["content_sha1"] != values.text(ctx, "id"):
		resp.State.RemoveResource(ctx)
	}
}

// Update is never asked for a change that matters: each of those replaces the file.
func (f file) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete removes the file, and does not mind if that fails. Directories stay.
func (f file) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	values := attributes{source: req.State, diags: &resp.Diagnostics}
	_ = os.Remove(values.text(ctx, "filename"))
}

// read is the content, wherever it comes from. Only the path of a source is in the plan, so its content is not tracked.
func (f file) read(ctx context.Context, values attributes) ([]byte, error) {
	for _, name := range f.contents {
		text := values.get(ctx, name)
		if text.IsNull() {
			continue
		}
		switch name {
		case contentBase64:
			return base64.StdEncoding.DecodeString(text.ValueString())
		case contentSource:
			return os.ReadFile(text.ValueString())
		}
		return []byte(text.ValueString()), nil
	}
	return nil, nil
}

// write makes missing parents first. The umask narrows both modes.
func write(destination string, content []byte, mode, directoryMode fs.FileMode) error {
	directory := filepath.Dir(destination)
	if _, err := os.Stat(directory); err != nil {
		if err := os.MkdirAll(directory, directoryMode); err != nil {
			return err
		}
	}
	return os.WriteFile(destination, content, mode)
}

// attributes reads a plan or a state, and collects what goes wrong.
type attributes struct {
	source interface {
		GetAttribute(ctx context.Context, path path.Path, target any) diag.Diagnostics
	}
	diags *diag.Diagnostics
}

func (a attributes) get(ctx context.Context, name string) types.String {
	var value types.String
	a.diags.Append(a.source.GetAttribute(ctx, path.Root(name), &value)...)
	return value
}

func (a attributes) text(ctx context.Context, name string) string {
	return a.get(ctx, name).ValueString()
}

func (a attributes) mode(ctx context.Context, name string) fs.FileMode {
	mode, err := strconv.ParseUint(a.text(ctx, name), 8, 32)
	if err != nil {
		a.diags.AddAttributeError(path.Root(name), "Invalid file permission", err.Error())
	}
	return fs.FileMode(mode)
}
