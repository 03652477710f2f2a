/** Nodes that somebody configured for TLS by hand, in the forms that the usual tools leave. Certificates come from the `openssl` program. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type Pair, type Wish, Workshop } from '../broken/workshop';

/** A cluster by hand: the files of each node below a directory that is named after the node, as they would be copied from it. */
export interface HandMade {
  readonly directory: string;
  readonly nodes: readonly string[];
  readonly ca: Pair;
  readonly workshop: Workshop;
}

/** By what its certificates were made. */
export type Source = keyof typeof SOURCES;

/**
 * Puts the files of a cluster below a directory. Certificates are made once. `isInPlace`: the files name each other where they lie, so that nodes
 * of this machine can be started with them.
 */
export function handMade(directory: string, source: Source, { isInPlace = false } = {}): HandMade {
  const workshop = new Workshop(join(directory, 'workshop'));
  const { ca, files } = (known[source] ??= madeIn(workshop, source));
  for (const [path, text] of files) {
    const root = join(directory, 'nodes', path.slice(0, path.indexOf('/')));
    put(join(directory, 'nodes', path), isInPlace ? text.replaceAll('/etc/', `${root}/etc/`) : text);
  }
  return { directory: join(directory, 'nodes'), nodes: SOURCES[source].nodes, ca, workshop };
}

interface Made {
  readonly ca: Pair;
  /** Texts by their paths. */
  readonly files: readonly (readonly [path: string, text: string])[];
}

const known: Partial<Record<Source, Made>> = {};

function madeIn(workshop: Workshop, source: Source): Made {
  const ca = workshop.root(CA_NAMES[source], source === 'tls-gen' ? { key: RSA } : {});
  const { nodes, filesOf } = SOURCES[source];
  const files = nodes.flatMap((name) =>
    Object.entries(filesOf(name, hostOf(name), { workshop, ca })).map(
      ([path, text]) => [`${name}/${path}`, text] as const,
    ),
  );
  return { ca, files };
}

const RSA = ['rsa:2048'];

const CA_NAMES = {
  openssl: 'Our CA',
  'tls-gen': 'TLSGenSelfSignedRootCA',
  'elixir-certs': 'CouchDB Root CA',
  'cert-manager': 'rmq-ca',
  vault: 'Vault Root',
};

interface Maker {
  readonly workshop: Workshop;
  readonly ca: Pair;
}

interface Layout {
  readonly nodes: readonly string[];
  /** Texts by paths below the root of the node. A text that begins with `->` is the target of a symbolic link. */
  readonly filesOf: (name: string, host: string, maker: Maker) => Readonly<Record<string, string>>;
}

const SOURCES = {
  /** `openssl req` and `openssl x509`, by hand. */
  openssl: {
    nodes: ['app@db1.x.test', 'app@db2.x.test', 'app@db3.x.test'],
    filesOf: (name, host, { workshop, ca }) => {
      const { key, certificate } = workshop.issue(ca, { commonName: host });
      const files = files3('/etc/app/ssl/node.crt', '/etc/app/ssl/node.key', '/etc/app/ssl/ca.crt');
      return {
        'etc/app/vm.args': `-name ${name}\n-setcookie top-secret-cookie\n-proto_dist inet_tls\n-ssl_dist_optfile /etc/app/dist.conf\n+P 100000\n`,
        'etc/app/dist.conf': optionFile(`${files},{depth,2},${VERIFY}`, `${files},{depth,2},{verify,verify_peer}`),
        'etc/app/ssl/node.crt': certificate,
        'etc/app/ssl/node.key': key,
        'etc/app/ssl/ca.crt': ca.certificate,
      };
    },
  },
  /** `rabbitmq/tls-gen:basic`: one certificate for each side of a connection. */
  'tls-gen': {
    nodes: ['rabbit@rmq1', 'rabbit@rmq2', 'rabbit@rmq3'],
    filesOf: (name, host, { workshop, ca }) => {
      const side = (use: string): Pair => workshop.issue(ca, tlsGen(host, use));
      const [server, client] = [side('serverAuth'), side('clientAuth')];
      const at = '/etc/rabbitmq/certs';
      const sideFiles = (what: string): string =>
        files3(`${at}/${what}_${host}_certificate.pem`, `${at}/${what}_${host}_key.pem`, `${at}/ca_certificate.pem`);
      return {
        'etc/rabbitmq/rabbitmq-env.conf': [
          `NODENAME=${name}`,
          "SERVER_ADDITIONAL_ERL_ARGS='-pa /usr/lib/erlang/lib/ssl/ebin -proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter_node_tls.config -kernel net_ticktime 30'",
          "CTL_ERL_ARGS='-pa /usr/lib/erlang/lib/ssl/ebin -proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter_node_tls.config'",
          '',
        ].join('\n'),
        'etc/rabbitmq/inter_node_tls.config': optionFile(
          `${sideFiles('server')},{secure_renegotiate,true},${VERIFY}`,
          `${sideFiles('client')},{secure_renegotiate,true},{verify,verify_peer}`,
        ),
        [`etc/rabbitmq/certs/server_${host}_certificate.pem`]: server.certificate,
        [`etc/rabbitmq/certs/server_${host}_key.pem`]: server.key,
        [`etc/rabbitmq/certs/client_${host}_certificate.pem`]: client.certificate,
        [`etc/rabbitmq/certs/client_${host}_key.pem`]: client.key,
        'etc/rabbitmq/certs/ca_certificate.pem': ca.certificate,
        // What tls-gen leaves beside the rest, and somebody copied along.
        'etc/rabbitmq/certs/ca_key.pem': ca.key,
      };
    },
  },
  /** `rnewson/elixir-certs`, as CouchDB's documentation has it. */
  'elixir-certs': {
    nodes: ['couchdb@db1.example.com', 'couchdb@db2.example.com', 'couchdb@db3.example.com'],
    filesOf: (name, host, { workshop, ca }) => {
      const { key, certificate } = workshop.issue(ca, {
        commonName: host,
        keyUsage: 'digitalSignature,keyEncipherment',
      });
      const at = '/opt/couchdb/tls';
      const client = files3(`${at}/cert.pem`, `${at}/key.pem`, `${at}/ca-cert.pem`);
      return {
        'opt/couchdb/etc/vm.args': [
          `-name ${name}`,
          '-setcookie top-secret-cookie',
          '-kernel error_logger silent',
          '-proto_dist couch',
          `-couch_dist no_tls '"clouseau@127.0.0.1"'`,
          '-ssl_dist_optfile /opt/couchdb/tls/couch_ssl_dist.conf',
          '-kernel inet_dist_listen_min 9100',
          '-kernel inet_dist_listen_max 9100',
          '',
        ].join('\n'),
        'opt/couchdb/tls/couch_ssl_dist.conf': optionFile(
          `{cacertfile,"${at}/ca-cert.pem"},{certfile,"${at}/erlserver.pem"},{secure_renegotiate,true},${VERIFY}`,
          `${client},{secure_renegotiate,true},{verify,verify_peer}`,
        ),
        'opt/couchdb/tls/erlserver.pem': key + certificate,
        'opt/couchdb/tls/cert.pem': certificate,
        'opt/couchdb/tls/key.pem': key,
        'opt/couchdb/tls/ca-cert.pem': ca.certificate,
      };
    },
  },
  /** A Secret of cert-manager in a volume, as in `rabbitmq/cluster-operator:docs/examples/mtls-inter-node`: one wildcard for all nodes. */
  'cert-manager': {
    nodes: ['rabbit@rmq-server-0.rmq-nodes.ns', 'rabbit@rmq-server-1.rmq-nodes.ns'],
    filesOf: (name, _host, { workshop, ca }) => {
      const { key, certificate } = workshop.issue(ca, {
        commonName: 'rmq',
        alternativeNames: 'DNS:*.rmq-nodes.ns',
      });
      const at = '/etc/rabbitmq/certs';
      const files = files3(`${at}/tls.crt`, `${at}/tls.key`, `${at}/ca.crt`);
      const wildcards = '{customize_hostname_check,[{match_fun,public_key:pkix_verify_hostname_match_fun(https)}]}';
      return {
        'etc/rabbitmq/rabbitmq-env.conf': `NODENAME=${name}\nUSE_LONGNAME=true\nSERVER_ADDITIONAL_ERL_ARGS='-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter-node-tls.config'\nCTL_ERL_ARGS='-proto_dist inet_tls -ssl_dist_optfile /etc/rabbitmq/inter-node-tls.config'\n`,
        'etc/rabbitmq/inter-node-tls.config': optionFile(
          `${files},${VERIFY}`,
          `${files},{verify,verify_peer},${wildcards}`,
        ),
        'etc/rabbitmq/certs/..2026/tls.crt': certificate,
        'etc/rabbitmq/certs/..2026/tls.key': key,
        'etc/rabbitmq/certs/..2026/ca.crt': ca.certificate,
        'etc/rabbitmq/certs/..data': '->..2026',
        'etc/rabbitmq/certs/tls.crt': '->..data/tls.crt',
        'etc/rabbitmq/certs/tls.key': '->..data/tls.key',
        'etc/rabbitmq/certs/ca.crt': '->..data/ca.crt',
      };
    },
  },
  /** A role of Vault below an intermediate CA, with addresses as names. */
  vault: {
    nodes: ['emqx@10.0.0.1', 'emqx@10.0.0.2'],
    filesOf: (name, host, { workshop, ca }) => {
      const between = workshop.issue(ca, { commonName: 'Vault Issuing', isCa: true });
      const alternativeNames = `DNS:${host},IP:${host},DNS:mqtt.example.com`;
      const { key, certificate } = workshop.issue(between, { commonName: host, alternativeNames });
      const files = files3('/etc/emqx/certs/node.pem', '/etc/emqx/certs/node.key', '/etc/emqx/certs/root.pem');
      const versions = "{versions,['tlsv1.3']}";
      return {
        'etc/emqx/emqx.conf': `node.name = "${name}"\ncluster.proto_dist = inet_tls\n`,
        'etc/emqx/ssl_dist.conf': optionFile(
          `${files},${versions},${VERIFY}`,
          `${files},${versions},{verify,verify_peer}`,
        ),
        'etc/emqx/certs/node.pem': certificate + between.certificate,
        'etc/emqx/certs/node.key': key,
        'etc/emqx/certs/root.pem': ca.certificate,
      };
    },
  },
} satisfies Readonly<Record<string, Layout>> as Readonly<Record<keyof typeof CA_NAMES, Layout>>;

const VERIFY = '{verify,verify_peer},{fail_if_no_peer_cert,true}';

function tlsGen(host: string, extendedKeyUsage: string): Wish {
  const keyUsage = 'digitalSignature,keyEncipherment';
  return { commonName: host, alternativeNames: `DNS:${host},DNS:localhost`, extendedKeyUsage, keyUsage, key: RSA };
}

function files3(certfile: string, keyfile: string, cacertfile: string): string {
  return `{certfile,"${certfile}"},{keyfile,"${keyfile}"},{cacertfile,"${cacertfile}"}`;
}

function optionFile(server: string, client: string): string {
  return `[{server,[${server}]},\n {client,[${client}]}].\n`;
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (text.startsWith('->')) return symlinkSync(text.slice(2), path);
  writeFileSync(path, text);
  if (text.includes('PRIVATE KEY')) chmodSync(path, 0o600);
}

function hostOf(name: string): string {
  return name.slice(name.indexOf('@') + 1);
}
