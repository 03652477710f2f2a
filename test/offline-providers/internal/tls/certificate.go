package tls

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"example.test/offline-providers/internal/clock"
)

// certificateModel is the part that both kinds of certificate share.
type certificateModel struct {
	ValidityPeriodHours types.Int64  `tfsdk:"validity_period_hours"`
	AllowedUses         types.List   `tfsdk:"allowed_uses"`
	EarlyRenewalHours   types.Int64  `tfsdk:"early_renewal_hours"`
	IsCACertificate     types.Bool   `tfsdk:"is_ca_certificate"`
	MaxPathLength       types.Int64  `tfsdk:"max_path_length"`
	SetSubjectKeyID     types.Bool   `tfsdk:"set_subject_key_id"`
	CertPEM             types.String `tfsdk:"cert_pem"`
	ReadyForRenewal     types.Bool   `tfsdk:"ready_for_renewal"`
	ValidityStartTime   types.String `tfsdk:"validity_start_time"`
	ValidityEndTime     types.String `tfsdk:"validity_end_time"`
	ID                  types.String `tfsdk:"id"`
}

// certificateAttributes are those of certificateModel and the given ones.
func (r release) certificateAttributes(more map[string]schema.Attribute) map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"validity_period_hours": schema.Int64Attribute{
			Required:      true,
			PlanModifiers: []planmodifier.Int64{int64planmodifier.RequiresReplace()},
			Validators:    []validator.Int64{int64validator.AtLeast(0)},
		},
		"allowed_uses": schema.ListAttribute{
			ElementType:   types.StringType,
			Required:      true,
			PlanModifiers: replaceList,
			Validators:    []validator.List{listvalidator.ValueStringsAre(stringvalidator.OneOf(allUses()...))},
		},
		// The one input whose change replaces nothing: it only says when the certificate is due.
		"early_renewal_hours": schema.Int64Attribute{
			Optional:   true,
			Computed:   true,
			Default:    int64default.StaticInt64(0),
			Validators: []validator.Int64{int64validator.AtLeast(0)},
		},
		"is_ca_certificate":   falseByDefault(),
		"set_subject_key_id":  falseByDefault(),
		"cert_pem":            computed(),
		"ready_for_renewal":   schema.BoolAttribute{Computed: true, Default: booldefault.StaticBool(false)},
		"validity_start_time": computed(),
		"validity_end_time":   computed(),
		"id":                  computed(),
	}
	for name, attribute := range more {
		attributes[name] = attribute
	}
	return r.withPathLength(attributes)
}

// order is the order as far as the shared attributes and the clock decide it.
func (m *certificateModel) order(ctx context.Context) (order, diag.Diagnostics) {
	var uses []string
	diags := m.AllowedUses.ElementsAs(ctx, &uses, false)
	now, err := clock.Now()
	if err != nil {
		diags.AddError("Invalid clock", err.Error())
	}
	return order{
		uses:            uses,
		isCA:            m.IsCACertificate.ValueBool(),
		pathLength:      int(m.MaxPathLength.ValueInt64()),
		setSubjectKeyID: m.SetSubjectKeyID.ValueBool(),
		notBefore:       now,
		validity:        time.Duration(m.ValidityPeriodHours.ValueInt64()) * time.Hour,
	}, diags
}

// setCertificate takes the facts from the order, not from the certificate, whose times have whole seconds only.
func (m *certificateModel) setCertificate(o order, certificate *x509.Certificate) {
	m.CertPEM = types.StringValue(encodePEM(pemCertificate, certificate.Raw))
	m.ValidityStartTime = types.StringValue(o.notBefore.Format(time.RFC3339Nano))
	m.ValidityEndTime = types.StringValue(o.notBefore.Add(o.validity).Format(time.RFC3339Nano))
	m.ID = types.StringValue(certificate.SerialNumber.String())
}
