package tls

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"example.test/offline-providers/internal/clock"
)

var readyForRenewal = path.Root("ready_for_renewal")

// renewable is a certificate that says when it is due, and is replaced by the plan that sees so.
//
//	issued ── end − early_renewal_hours ──── end
//	  valid   │ ready_for_renewal: replaced by the next apply; nothing happens without one
type renewable struct{ stateOnly }

// Read marks a certificate that is due, so that checks and postconditions see it in a refresh.
func (renewable) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	due, diags := isDue(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if due {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, readyForRenewal, true)...)
	}
}

// ModifyPlan replaces a certificate that is due under the planned early_renewal_hours.
func (renewable) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	due, diags := isDue(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if due {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, readyForRenewal, types.BoolUnknown())...)
		resp.RequiresReplace = append(resp.RequiresReplace, readyForRenewal)
	}
}

// attributes is a plan or a state.
type attributes interface {
	GetAttribute(ctx context.Context, path path.Path, target any) diag.Diagnostics
}

func isDue(ctx context.Context, values attributes) (bool, diag.Diagnostics) {
	var end types.String
	var early types.Int64
	diags := values.GetAttribute(ctx, path.Root("validity_end_time"), &end)
	diags.Append(values.GetAttribute(ctx, path.Root("early_renewal_hours"), &early)...)
	// Unknown: the certificate is about to be issued. An early_renewal_hours that only the apply will know is due later.
	if diags.HasError() || end.IsNull() || end.IsUnknown() || early.IsUnknown() {
		return false, diags
	}
	now, err := clock.Now()
	if err != nil {
		diags.AddError("Invalid clock", err.Error())
		return false, diags
	}
	endTime, err := time.Parse(time.RFC3339, end.ValueString())
	if err != nil {
		diags.AddError("Invalid state", fmt.Sprintf("validity_end_time is %q: %v", end.ValueString(), err))
		return false, diags
	}
	dueTime := endTime.Add(-time.Duration(early.ValueInt64()) * time.Hour)
	return !now.Before(dueTime), diags
}
