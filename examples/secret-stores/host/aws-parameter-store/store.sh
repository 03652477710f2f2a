# shellcheck shell=sh
# Parameter Store of AWS Systems Manager, with the AWS CLI and the role of the instance: PARAMETER, AWS_DEFAULT_REGION.

# The time tells a version from that of a parameter which was deleted and written anew.
version() {
  answer=$(aws ssm get-parameter --name "$PARAMETER" --query 'Parameter.[Version, LastModifiedDate]' --output text) || unanswered "$PARAMETER"
  say "$PARAMETER $answer"
}

# The files of the node, and the rest of the script in the parameters that their last line names.
script() {
  parameter "$PARAMETER" >files
  cat files
  names=$(sed -n '$s/^# continued in: //p' files)
  for name in $names; do
    parameter "$name"
  done
}

# What is printed ends with one line break more than the parameter, and a substitution drops all of them. Each parameter has exactly one.
parameter() {
  value=$(aws ssm get-parameter --with-decryption --name "$1" --query Parameter.Value --output text) || unanswered "$1"
  say "$value"
}

unanswered() {
  fail 75 "AWS does not give $1 to this machine, for the reason above: its files stay as they are, and the next run tries again"
}
