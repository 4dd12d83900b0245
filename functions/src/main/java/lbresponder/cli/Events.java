package lbresponder.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.journey.Limits;

/// Reads what `--event` names.
final class Events {
  private Events() {}

  /// @param file `-` for standard input
  static String read(Path file) {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (MalformedInputException binary) {
      throw new Unusable(file + ": not UTF-8 text");
    } catch (NoSuchFileException missing) {
      throw new Unusable(file + ": no such file");
    } catch (AccessDeniedException denied) {
      throw new Unusable(file + ": permission denied");
    } catch (IOException failure) {
      throw new Unusable(
          Files.isDirectory(file)
              ? file + ": is a folder, expected a file"
              : file + ": cannot be read: " + failure.getMessage());
    }
  }

  /// One incident for each load balancer the event is about.
  static List<Incident> incidents(String message, String name, AlarmReader reader) {
    return incidents(reader.recognise(message), name, reader);
  }

  /// Who asks for a silenced alarm wants to know.
  private static List<Incident> incidents(Recognised message, String name, AlarmReader reader) {
    return switch (message) {
      case Recognised.Silenced(_, Recognised what) -> incidents(what, name, reader);
      case Recognised.Composite composite -> {
        Setup.requireCredentials();
        yield incidents(reader.resolve(composite, Instant.now().plus(Limits.GATHER)), name, reader);
      }
      case Recognised.Alarms(List<Alarm> alarms) ->
          alarms.stream().map(alarm -> Incident.of(List.of(alarm))).toList();
      case Recognised.NotOurs(String why) ->
          throw new Unusable(
              "%s: not an alarm of a load balancer covered: %s".formatted(name, why));
      case Recognised.Unreadable(String why) -> throw new Unusable(name + ": " + why);
    };
  }
}
