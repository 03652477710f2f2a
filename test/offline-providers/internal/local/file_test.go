package local

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"example.test/offline-providers/internal/plugintest"
)

type values = plugintest.Values

func TestCreateWritesContentAndChecksums(t *testing.T) {
	for _, kind := range []string{"local_file", "local_sensitive_file"} {
		file := filepath.Join(t.TempDir(), "a", "b", "file")
		state := plugintest.New(t, New(), kind).Create(values{"filename": file, "content": "hello\n"})
		expectContent(t, file, "hello\n")
		// Checked against the coreutils (`printf 'hello\n' | sha1sum` and so on).
		for name, expected := range map[string]string{
			"id":                   "f572d396fae9206628714fb2ce00f72e94f2258f",
			"content_md5":          "b1946ac92492d2347c6235b4d2611184",
			"content_sha1":         "f572d396fae9206628714fb2ce00f72e94f2258f",
			"content_sha256":       "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
			"content_base64sha256": "WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=",
		} {
			if got := state.Text(name); got != expected {
				t.Errorf("%s: %s is %s", kind, name, got)
			}
		}
	}
}

func TestContentComesFromEachSource(t *testing.T) {
	source := filepath.Join(t.TempDir(), "source")
	if err := os.WriteFile(source, []byte("copied"), 0o600); err != nil {
		t.Fatal(err)
	}
	for attribute, expected := range map[string][2]string{
		"content": {"text", "text"}, "sensitive_content": {"secret", "secret"},
		"content_base64": {"AP8=", "\x00\xff"}, "source": {source, "copied"},
	} {
		file := filepath.Join(t.TempDir(), "file")
		plugintest.New(t, New(), "local_file").Create(values{"filename": file, attribute: expected[0]})
		expectContent(t, file, expected[1])
	}
}

func TestExactlyOneContentIsNeeded(t *testing.T) {
	file := plugintest.New(t, New(), "local_sensitive_file")
	for _, config := range []values{
		{"filename": "f"},
		{"filename": "f", "content": "a", "content_base64": "YQ=="},
	} {
		if len(file.Validate(config)) == 0 {
			t.Errorf("%v is accepted", config)
		}
	}
	if found := file.Validate(values{"filename": "f", "source": "a"}); len(found) != 0 {
		t.Errorf("refused: %v", found[0])
	}
}

func TestPermissionsAreOctal(t *testing.T) {
	file := plugintest.New(t, New(), "local_file")
	for permission, valid := range map[string]bool{
		"644": true, "0400": true, "0777": true, "": false, "44": false, "00644": false, "0888": false, "1777": false, "rw-": false,
	} {
		found := file.Validate(values{"filename": "f", "content": "", "file_permission": permission})
		if (len(found) == 0) != valid {
			t.Errorf("%q: %d findings", permission, len(found))
		}
	}
}

func TestModesAreDefaultsOrAsGivenUnderTheUmask(t *testing.T) {
	previous := syscall.Umask(0o022)
	defer syscall.Umask(previous)
	cases := []struct {
		kind, permission, directory string
		mode, directoryMode         fs.FileMode
	}{
		{"local_file", "", "", 0o755, 0o755},
		{"local_sensitive_file", "", "", 0o700, 0o700},
		{"local_sensitive_file", "0600", "0711", 0o600, 0o711},
		{"local_file", "0666", "0777", 0o644, 0o755},
	}
	for _, c := range cases {
		folder := filepath.Join(t.TempDir(), "new")
		config := values{"filename": filepath.Join(folder, "file"), "content": "x"}
		if c.permission != "" {
			config["file_permission"], config["directory_permission"] = c.permission, c.directory
		}
		plugintest.New(t, New(), c.kind).Create(config)
		expectMode(t, filepath.Join(folder, "file"), c.mode)
		expectMode(t, folder, c.directoryMode)
	}
}

func TestAnExistingFileKeepsItsModeAndItsLink(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	if err := os.WriteFile(target, []byte("a longer text than the new one"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	plugintest.New(t, New(), "local_file").Create(values{"filename": link, "content": "new", "file_permission": "0600"})
	expectContent(t, target, "new")
	expectMode(t, target, 0o640)
	if _, err := os.Readlink(link); err != nil {
		t.Error("the link was replaced")
	}
}

func TestReadForgetsAFileThatIsGoneOrChanged(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	resource := plugintest.New(t, New(), "local_file")
	state := resource.Create(values{"filename": file, "content": "text", "file_permission": "0600"})

	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	if resource.Read(state).IsGone() {
		t.Error("another mode is not looked at")
	}
	if err := os.WriteFile(file, []byte("edited"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !resource.Read(state).IsGone() {
		t.Error("other content is not seen")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if !resource.Read(state).IsGone() {
		t.Error("a missing file is not seen")
	}
}

func TestEveryInputReplaces(t *testing.T) {
	folder := t.TempDir()
	resource := plugintest.New(t, New(), "local_file")
	config := func() values { return values{"filename": filepath.Join(folder, "file"), "content": "text"} }
	state := resource.Create(config())
	if plan := resource.Plan(state, config()); len(plan.Replaces) != 0 || plan.State.Text("id") != state.Text("id") {
		t.Errorf("the same configuration changes %v", plan.Replaces)
	}
	for name, value := range map[string]string{
		"filename": filepath.Join(folder, "other"), "content": "other", "file_permission": "0600", "directory_permission": "0700",
	} {
		changed := config()
		changed[name] = value
		if plan := resource.Plan(state, changed); !slices.Contains(plan.Replaces, name) {
			t.Errorf("%s replaces %v", name, plan.Replaces)
		}
	}
}

func TestDeleteRemovesTheFileAndLeavesTheDirectory(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made")
	file := filepath.Join(folder, "file")
	resource := plugintest.New(t, New(), "local_file")
	state := resource.Create(values{"filename": file, "content": "text"})
	resource.Delete(state)
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 0 {
		t.Fatalf("left %v, %v", entries, err)
	}
	resource.Delete(state)
}

func TestAFailedWriteLeavesNoState(t *testing.T) {
	folder := t.TempDir()
	resource := plugintest.New(t, New(), "local_file")
	state, found := resource.TryApply(plugintest.State{}, resource.Plan(plugintest.State{}, values{"filename": folder, "content": ""}))
	if len(found) != 1 || !strings.Contains(found[0].Detail, "is a directory") || !state.IsGone() {
		t.Fatalf("got %v, gone: %v", found, state.IsGone())
	}
}

func expectContent(t *testing.T, file, expected string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil || string(content) != expected {
		t.Errorf("%s holds %q, %v", file, content, err)
	}
}

func expectMode(t *testing.T, file string, expected fs.FileMode) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != expected {
		t.Errorf("%s has mode %v, %v, expected %v", file, info.Mode().Perm(), err, expected)
	}
}
