# shellcheck shell=sh
# AWS Secrets Manager, with the AWS CLI and the role of the instance: SECRET_ID, AWS_DEFAULT_REGION.

version() {
  answer=$(secret VersionId) || unanswered
  say "$SECRET_ID $answer"
}

# What is printed ends with one line break more than the secret, and a substitution drops all of them.
script() {
  value=$(secret SecretString) || unanswered
  say "$value"
}

secret() {
  aws secretsmanager get-secret-value --secret-id "$SECRET_ID" --query "$1" --output text
}

unanswered() {
  fail 75 "AWS does not give $SECRET_ID to this machine, for the reason above: its files stay as they are, and the next run tries again"
}
