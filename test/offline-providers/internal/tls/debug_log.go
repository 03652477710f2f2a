package tls

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// logConfiguration writes all inputs of a resource to the debug log, private keys included, because the real provider does.
func logConfiguration(ctx context.Context, resource string, model any) {
	tflog.Debug(ctx, "Configuration of "+resource, map[string]any{"configuration": fmt.Sprintf("%+v", model)})
}
