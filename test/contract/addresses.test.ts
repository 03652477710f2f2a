/** An address is contract: a changed one destroys a resource and makes another, and for a key that is another key. */
import { App } from 'cdktf';

import { ConstructsStack } from '../../examples/constructs/stack';
import { CouchDbStack } from '../../examples/couchdb/stack';
import { MongooseImStack } from '../../examples/mongooseim/stack';
import { Template } from '../support/template';

const app = (): App => new App({ stackTraces: false });

test('of the CouchDB example', () => {
  expect(Template.fromStack(new CouchDbStack(app(), 'couchdb')).addresses()).toEqual([
    'local_file.couch_couchdbdb1examplecom_capem_49B86FAD',
    'local_file.couch_couchdbdb1examplecom_couch_distconf_82E7074D',
    'local_file.couch_couchdbdb1examplecom_vmargs_0D2B95D7',
    'local_file.couch_couchdbdb2examplecom_capem_64C10BF7',
    'local_file.couch_couchdbdb2examplecom_couch_distconf_C2468CFD',
    'local_file.couch_couchdbdb2examplecom_vmargs_1BC3285F',
    'local_file.couch_couchdbdb3examplecom_capem_9C4D9EE3',
    'local_file.couch_couchdbdb3examplecom_couch_distconf_0B11BC6E',
    'local_file.couch_couchdbdb3examplecom_vmargs_3F8EBA80',
    'local_file.couch_tools_capem_90C7E9E0',
    'local_file.couch_tools_remshconf_F8807F6E',
    'local_sensitive_file.couch_couchdbdb1examplecom_nodepem_8E7C32CF',
    'local_sensitive_file.couch_couchdbdb2examplecom_nodepem_ED01CE62',
    'local_sensitive_file.couch_couchdbdb3examplecom_nodepem_C1D126D9',
    'local_sensitive_file.couch_tools_toolpem_56071C79',
    'terraform_data.couch_Rollover_Born_9647C287',
    'terraform_data.couch_Rollover_Guard_1AD29A23',
    'terraform_data.couch_Rollover_Trusted-1_AC25BA69',
    'tls_cert_request.couch_couchdbdb1examplecom_Certificate_Request_0A8B4E98',
    'tls_cert_request.couch_couchdbdb2examplecom_Certificate_Request_4D2E0F5E',
    'tls_cert_request.couch_couchdbdb3examplecom_Certificate_Request_B0CCCA37',
    'tls_cert_request.couch_tools_Certificate_Request_BB13F2A9',
    'tls_locally_signed_cert.couch_couchdbdb1examplecom_Certificate_8EDB90D8',
    'tls_locally_signed_cert.couch_couchdbdb2examplecom_Certificate_4CE96865',
    'tls_locally_signed_cert.couch_couchdbdb3examplecom_Certificate_4C5B1FCC',
    'tls_locally_signed_cert.couch_tools_Certificate_6557216B',
    'tls_private_key.couch_CertificateAuthority_1_PrivateKey_38036955',
    'tls_private_key.couch_couchdbdb1examplecom_Certificate_PrivateKey_B43EE236',
    'tls_private_key.couch_couchdbdb2examplecom_Certificate_PrivateKey_461E08CD',
    'tls_private_key.couch_couchdbdb3examplecom_Certificate_PrivateKey_B6545CD1',
    'tls_private_key.couch_tools_Certificate_PrivateKey_65F57407',
    'tls_self_signed_cert.couch_CertificateAuthority_1_Certificate_550BA3C8',
  ]);
});

test('of the MongooseIM example', () => {
  expect(Template.fromStack(new MongooseImStack(app(), 'mongooseim')).addresses()).toEqual([
    'local_file.mim_mongooseimxmpp1examplecom_capem_3458A87B',
    'local_file.mim_mongooseimxmpp1examplecom_vmdistargs_54BAC0DB',
    'local_file.mim_mongooseimxmpp2examplecom_capem_A1BB0B96',
    'local_file.mim_mongooseimxmpp2examplecom_vmdistargs_A1DBA8ED',
    'local_file.mim_mongooseimxmpp3examplecom_capem_36E94B06',
    'local_file.mim_mongooseimxmpp3examplecom_vmdistargs_454967E3',
    'local_file.mim_tools_capem_D6BB6FB2',
    'local_file.mim_tools_remshargs_D7A91D8F',
    'local_file.mim_tools_remshconf_80CE7324',
    'local_sensitive_file.mim_mongooseimxmpp1examplecom_nodepem_23AAF9C5',
    'local_sensitive_file.mim_mongooseimxmpp2examplecom_nodepem_2D9205E6',
    'local_sensitive_file.mim_mongooseimxmpp3examplecom_nodepem_30EBC6A4',
    'local_sensitive_file.mim_tools_toolpem_5D88470A',
    'terraform_data.mim_Rollover_Born_F3DFD56F',
    'terraform_data.mim_Rollover_Guard_C3BE440E',
    'terraform_data.mim_Rollover_Trusted-1_7CDA11FF',
    'tls_cert_request.mim_mongooseimxmpp1examplecom_Certificate_Request_B276087E',
    'tls_cert_request.mim_mongooseimxmpp2examplecom_Certificate_Request_71F2DF5E',
    'tls_cert_request.mim_mongooseimxmpp3examplecom_Certificate_Request_FC2367C5',
    'tls_cert_request.mim_tools_Certificate_Request_79A53E00',
    'tls_locally_signed_cert.mim_mongooseimxmpp1examplecom_Certificate_A8AB1A96',
    'tls_locally_signed_cert.mim_mongooseimxmpp2examplecom_Certificate_241D7DB3',
    'tls_locally_signed_cert.mim_mongooseimxmpp3examplecom_Certificate_882D0134',
    'tls_locally_signed_cert.mim_tools_Certificate_A8D5B47E',
    'tls_private_key.mim_CertificateAuthority_1_PrivateKey_0E096C93',
    'tls_private_key.mim_mongooseimxmpp1examplecom_Certificate_PrivateKey_00A23610',
    'tls_private_key.mim_mongooseimxmpp2examplecom_Certificate_PrivateKey_115864C0',
    'tls_private_key.mim_mongooseimxmpp3examplecom_Certificate_PrivateKey_F7E6E9A4',
    'tls_private_key.mim_tools_Certificate_PrivateKey_CE14C488',
    'tls_self_signed_cert.mim_CertificateAuthority_1_Certificate_C123DAAB',
  ]);
});

test('of the constructs by hand', () => {
  expect(Template.fromStack(new ConstructsStack(app(), 'constructs')).addresses()).toMatchInlineSnapshot(`
    [
      "local_file.node1_capem_3C0FCB61",
      "local_file.node1_ssl_distconf_B94979E5",
      "local_file.node1_vmargs_DE96CF4B",
      "local_file.node2_capem_47DD6BD4",
      "local_file.node2_ssl_distconf_EFE4F036",
      "local_file.node2_vmargs_0BFF2868",
      "local_sensitive_file.node1_nodepem_8D7D0287",
      "local_sensitive_file.node2_nodepem_66B71A0A",
      "tls_cert_request.node1_Request_09CA67D7",
      "tls_cert_request.node2_Request_9991792C",
      "tls_locally_signed_cert.node1_6D9CEF02",
      "tls_locally_signed_cert.node2_A6760453",
      "tls_private_key.ca_2026_PrivateKey_B11EF915",
      "tls_private_key.node1_PrivateKey_FAFD25A9",
      "tls_private_key.node2_PrivateKey_49839595",
      "tls_self_signed_cert.ca_2026_Certificate_002BCA35",
    ]
  `);
});
