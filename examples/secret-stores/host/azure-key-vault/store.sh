# shellcheck shell=sh
# Azure Key Vault, with the managed identity of the machine: VAULT_URL, SECRET_NAME.

# Only the permission to get a secret is needed, and the answer has both: its id, with the version, and the text.
version() {
  identity=${METADATA:-http://169.254.169.254}/metadata/identity/oauth2/token
  say 'Metadata: true' | get "$identity?api-version=2018-02-01&resource=https%3A%2F%2Fvault.azure.net" token
  secret "$SECRET_NAME" answer
  jq --exit-status --raw-output '.id | strings' answer || fail 65 "the answer for $SECRET_NAME has no id"
}

# The files of the node, and the rest of the script in the secrets that their last line names.
script() {
  value answer >files
  cat files
  names=$(sed -n '$s/^# continued in: //p' files)
  for name in $names; do
    secret "$name" part
    value part
  done
}

secret() {
  jq --raw-output '"Authorization: Bearer \(.access_token)"' token | get "$VAULT_URL/secrets/$1?api-version=7.4" "$2"
}

value() {
  jq --exit-status --join-output '.value | strings' "$1" || fail 65 "the answer for $SECRET_NAME has no install script"
}
