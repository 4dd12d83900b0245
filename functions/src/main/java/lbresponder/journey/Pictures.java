package lbresponder.journey;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.channel.Channel;
import lbresponder.channel.PictureChannel;
import lbresponder.channel.Posted;
import lbresponder.channel.Posted.Delivered;
import lbresponder.facts.Gatherer;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.journey.Diagnosing.Diagnosed;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;

/// Pictures below findings, made and posted beside whatever comes next: nothing waits for one but
/// the end of an invocation, and one that fails is no fault.
final class Pictures {
  private final Gatherer gatherer;
  private final Clock clock;
  private final List<Background<List<String>>> underWay = new ArrayList<>();

  /// Why there was none, each reason once: what is not allowed now is not allowed the next time.
  private final Set<String> said = new HashSet<>();

  Pictures(Gatherer gatherer, Clock clock) {
    this.gatherer = gatherer;
    this.clock = clock;
  }

  /// Begins with the picture of an alarm's finding. There is none where nothing could be read.
  ///
  /// @param posted where the finding is
  void begin(Diagnosed diagnosed, Map<Channel, Delivered> posted) {
    Incident incident = diagnosed.facts().incident();
    boolean anywhere = posted.keySet().stream().anyMatch(PictureChannel.class::isInstance);
    if (anywhere && !incident.alarms().isEmpty() && diagnosed.facts().unread().isEmpty()) {
      underWay.add(Background.start(() -> make(incident, diagnosed, posted)));
    }
  }

  /// @return why there is none, for each channel
  private List<String> make(
      Incident incident, Diagnosed diagnosed, Map<Channel, Delivered> posted) {
    Instant deadline = clock.instant().plus(Limits.DRAW);
    Known<Picture> drawn = gatherer.picture(incident, diagnosed.began(), deadline);
    return drawn.fold(
        picture ->
            posted.entrySet().stream()
                .flatMap(where -> post(picture, where.getKey(), where.getValue()))
                .toList(),
        List::of,
        _ -> List.of());
  }

  private static Stream<String> post(Picture picture, Channel channel, Delivered below) {
    return channel instanceof PictureChannel shows
            && shows.illustrate(picture, below) instanceof Posted.Failed(String why, _)
        ? Stream.of(channel.name() + ": " + why)
        : Stream.of();
  }

  /// Waits for those that are under way.
  ///
  /// @param until what is not there by then is given up
  List<Event> finish(Instant until) {
    List<Event> events =
        underWay.stream()
            .flatMap(picture -> picture.within(until).stream().flatMap(List::stream))
            .filter(said::add)
            .map(why -> Event.of(Kind.NO_PICTURE, why))
            .toList();
    underWay.clear();
    return events;
  }
}
