import { TlsProvider } from '@cdktf/provider-tls/lib/provider/index.js';
import { TerraformResource, TerraformStack } from 'cdktf';
import type { TlsCluster } from 'cdktf-erlang-tls';
import type { Construct } from 'constructs';

/** A stack with the providers for certificates, Secrets and charts. This app has no bindings for the last two. */
export abstract class PlatformStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new TlsProvider(this, 'tls');
    const kubeconfig = { config_path: '~/.kube/config' };
    this.addOverride('provider.kubernetes', [kubeconfig]);
    this.addOverride('provider.helm', [{ kubernetes: kubeconfig }]);
    this.addOverride('terraform.required_providers.kubernetes', { source: 'hashicorp/kubernetes', version: '~> 2.38' });
    this.addOverride('terraform.required_providers.helm', { source: 'hashicorp/helm', version: '~> 3.0' });
  }

  /** Workloads with these attributes. Terraform makes them after the Secret that their pods mount, and destroys them before it. */
  protected workload(id: string, type: string, attributes: object, cluster: TlsCluster): void {
    const dependsOn = cluster.nodes
      .flatMap(({ delivered }) => delivered.resources)
      .filter((one) => TerraformResource.isTerraformResource(one));
    const resource = new TerraformResource(this, id, {
      terraformResourceType: type,
      dependsOn: [...new Set(dependsOn)],
    });
    for (const [name, value] of Object.entries(attributes)) resource.addOverride(name, value);
  }

  /** A release of a chart. */
  protected release(chart: Readonly<Record<string, string>>, values: object, cluster: TlsCluster): void {
    this.workload('Release', 'helm_release', { ...chart, values: [JSON.stringify(values)] }, cluster);
  }
}
