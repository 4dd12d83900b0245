package lbresponder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lbresponder.journey.Journey;
import lbresponder.journey.Outcome;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.journey.Settings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// Answers the messages of a queue. A message that nobody could be told of is returned as failed,
/// so that it comes again and at last ends in the dead-letter queue; all others are done.
public final class RespondFunction implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(RespondFunction.class);

  /// Kept back at the end, to post what was found and to answer the queue.
  private static final Duration TO_POST = Duration.ofSeconds(8);

  /// Facts come within seconds or not at all.
  private static final Duration TO_GATHER = Duration.ofSeconds(20);

  private final Journey journey;
  private final Metrics metrics;

  /// Called by Lambda: wires from the environment.
  public RespondFunction() {
    this(Journey.of(Settings.of(System.getenv())));
  }

  RespondFunction(Journey journey) {
    this.journey = journey;
    this.metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace("lb-responder");
    metrics.setDefaultDimensions(DimensionSet.of("service", "respond"));
    metrics.setRaiseOnEmptyMetrics(false);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answer(event, context));
  }

  private SQSBatchResponse answer(@Nullable SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failed = new ArrayList<>();
    List<SQSEvent.SQSMessage> messages =
        event == null || event.getRecords() == null ? List.of() : event.getRecords();
    for (SQSEvent.SQSMessage message : messages) {
      if (!isDone(message, Duration.ofMillis(context.getRemainingTimeInMillis()))) {
        failed.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
      }
    }
    metrics.flush();
    return new SQSBatchResponse(failed);
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // An Error fails this message, not the others.
  private boolean isDone(SQSEvent.SQSMessage message, Duration remaining) {
    Duration left = remaining.minus(TO_POST);
    if (left.isNegative()) {
      LOG.warn("{} is left for later: {} ms remain", message.getMessageId(), remaining.toMillis());
      return false;
    }
    try {
      Instant deadline = Instant.now().plus(left.compareTo(TO_GATHER) < 0 ? left : TO_GATHER);
      String body = message.getBody() == null ? "" : message.getBody();
      Outcome outcome = journey.respond(body, deadline);
      outcome.events().forEach(one -> tell(one, message));
      return outcome.done();
    } catch (Error failure) {
      LOG.error("{} failed", message.getMessageId(), failure);
      metrics.addMetric(Kind.FAILED.name(), 1, MetricUnit.COUNT);
      return false;
    }
  }

  private void tell(Event event, SQSEvent.SQSMessage message) {
    metrics.addMetric(event.kind().name(), 1, MetricUnit.COUNT);
    switch (event.kind()) {
      case ANSWERED, RECOVERED, NOTHING_TO_SAY, NOT_OURS ->
          LOG.info("{} {}: {}", message.getMessageId(), event.kind(), event.detail());
      case UNREADABLE, FAILED, NOT_DELIVERED ->
          LOG.error("{} {}: {}", message.getMessageId(), event.kind(), event.detail());
    }
  }
}
