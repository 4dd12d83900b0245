package lbresponder.channel;

import java.time.Duration;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;

/// What is posted for people.
public sealed interface Message {

  /// Said at once, for channels that can edit it to the finding later.
  record FirstWords(Incident incident) implements Message {}

  /// What was found.
  record Finding(Report report) implements Message {}

  /// An alarm is back to OK.
  ///
  /// @param lasted how long it was in ALARM; null where the message does not say
  record Recovery(Incident incident, Alarm alarm, @Nullable Duration lasted) implements Message {}

  /// A message came that could not be read, or not be answered: a person must look.
  ///
  /// @param why the field, what was found and what was expected
  /// @param excerpt the message itself, untrusted and of any length
  record Unreadable(String why, String excerpt) implements Message {}
}
