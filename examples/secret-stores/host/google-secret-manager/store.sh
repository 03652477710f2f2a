# shellcheck shell=sh
# Google Secret Manager, with the service account of the instance: PROJECT, SECRET_ID.

# Only the permission to access a version is needed, and the answer has both: its name and the text.
version() {
  identity=${METADATA:-http://metadata.google.internal}/computeMetadata/v1/instance/service-accounts/default/token
  say 'Metadata-Flavor: Google' | get "$identity" token
  jq --raw-output '"Authorization: Bearer \(.access_token)"' token |
    get "${SECRETS:-https://secretmanager.googleapis.com}/v1/projects/$PROJECT/secrets/$SECRET_ID/versions/latest:access" answer
  jq --exit-status --raw-output '.name | strings' answer || fail 65 "Google's answer for $SECRET_ID has no name"
}

script() {
  jq --exit-status --join-output '.payload.data | strings | @base64d' answer || fail 65 "$SECRET_ID has no install script"
}
