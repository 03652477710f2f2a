# shellcheck shell=sh
# Vault or OpenBao, KV version 2: VAULT_ADDR, KV_MOUNT, KV_NAME, and CURL_CA_BUNDLE if its certificate is not from a public CA. systemd gives the
# token as the credential `vault-token`.

# The time tells a version from that of a secret which was deleted and written anew.
version() {
  vault "metadata/$KV_NAME" metadata
  jq --exit-status --raw-output --arg name "$VAULT_ADDR $KV_MOUNT $KV_NAME" '.data | "\($name) \(.current_version) \(.updated_time)"' metadata ||
    fail 65 "the metadata of $KV_NAME cannot be read: is $KV_MOUNT an engine of KV version 2?"
}

script() {
  vault "data/$KV_NAME" data
  jq --exit-status --join-output '.data.data.script | strings' data || fail 65 "$KV_NAME has no install script"
}

vault() {
  printf 'X-Vault-Token: %s\n' "$(cat "$CREDENTIALS_DIRECTORY/vault-token")" | get "$VAULT_ADDR/v1/$KV_MOUNT/$1" "$2"
}
