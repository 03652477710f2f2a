package tls

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// stateOnly is a resource that exists in Terraform's state and nowhere else.
type stateOnly struct{}

// Read has nothing to compare the state with.
func (stateOnly) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update takes the planned values over: whatever needs new material replaces the resource instead.
func (stateOnly) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete has nothing to delete; the framework removes the resource from the state.
func (stateOnly) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
