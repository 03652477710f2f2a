/** The applications of OTP 24 to 29 (https://www.erlang.org/doc/applications.html). A flag with the name of one holds parameters of it. */
const OTP_APPLICATIONS: ReadonlySet<string> = new Set(
  (
    'asn1 common_test compiler crypto debugger dialyzer diameter edoc eldap et eunit ftp inets kernel megaco mnesia observer odbc os_mon ' +
    'parsetools public_key reltool runtime_tools sasl snmp ssh ssl stdlib syntax_tools tftp tools wx xmerl'
  ).split(' '),
);

export function isOtpApplication(name: string): boolean {
  return OTP_APPLICATIONS.has(name);
}
