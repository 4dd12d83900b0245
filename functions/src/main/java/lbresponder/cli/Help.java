package lbresponder.cli;

/// What the help of several commands says, below their options.
final class Help {
  static final String ENVIRONMENT =
      "%nEnvironment (or ~/.config/lb-responder/config, or the file LB_RESPONDER_CONFIG names):";

  static final String AWS =
      "  AWS_PROFILE, AWS_REGION, …  credentials and Region, as for the AWS CLI";

  static final String MEMBERS =
      "  LB_RESPONDER_MEMBER_ROLE, LB_RESPONDER_ACCOUNTS"
          + "%n                              the role by which other accounts are read";

  static final String CHANNELS =
      "  LB_RESPONDER_TOPIC_ARN, LB_RESPONDER_CHAT_TOPIC_ARN"
          + "%n                              the SNS topics that are posted to"
          + "%n  LB_RESPONDER_SLACK_SECRET, LB_RESPONDER_SLACK_CHANNEL"
          + "%n                              the secret that holds Slack's token, and the channel";

  static final String EXAMPLES = "%nExamples:";

  private Help() {}
}
