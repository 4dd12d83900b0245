package lbresponder.infra;

/// A metric whose alarms the responder answers.
record RecognisedMetric(String namespace, String name) {}
