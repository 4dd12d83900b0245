package lbresponder;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lbresponder.aws.AwsProvider;
import lbresponder.journey.Journey;
import lbresponder.journey.Outcome;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.journey.Settings;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/// Answers the messages of a queue. A message that nobody could be told of is returned as failed,
/// so that it comes again and at last ends in the dead-letter queue; all others are done.
public final class RespondFunction implements RequestHandler<SQSEvent, SQSBatchResponse>, Resource {
  private static final Logger LOG = LoggerFactory.getLogger(RespondFunction.class);

  /// Kept back at the end, to post what was found and to answer the queue.
  private static final Duration TO_POST = Duration.ofSeconds(8);

  /// With less than this left, a message is better left untouched for the next invocation.
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);

  /// To read the facts and to dial the targets: what silent targets take, with what starting a
  /// prober takes.
  private static final Duration TO_DIAGNOSE = Duration.ofSeconds(40);

  /// Long enough for the compiler to see what is hot; nobody waits for it.
  private static final Duration TO_REHEARSE = Duration.ofSeconds(5);

  private static final String NAMESPACE = "lb-responder";
  private static final String SERVICE = "respond";

  private final Journey journey;
  private final Metrics metrics;

  /// Called by Lambda: wires from the environment.
  public RespondFunction() {
    this(Settings.of(System.getenv()));
  }

  private RespondFunction(Settings settings) {
    this(
        Journey.of(
            settings, AwsProvider.preparedFor(System.getenv("AWS_REGION"), settings.accounts())));
    Core.getGlobalContext().register(this);
  }

  RespondFunction(Journey journey) {
    this.journey = journey;
    // Told where it runs, the library does not go looking for EC2's metadata address.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    this.metrics = MetricsFactory.getMetricsInstance();
    metrics.setNamespace(NAMESPACE);
    metrics.setDefaultDimensions(DimensionSet.of("service", SERVICE));
    metrics.setRaiseOnEmptyMetrics(false);
  }

  /// Before the snapshot from which Lambda starts the function.
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      LOG.info("rehearsed {} alarms", Priming.run(TO_REHEARSE));
    } catch (RuntimeException failure) { // Slower to start is better than not deployed.
      LOG.error("the rehearsal failed", failure);
    }
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    LOG.debug("restored");
  }

  @Override
  public SQSBatchResponse handleRequest(@Nullable SQSEvent event, Context context) {
    return PowertoolsLogging.withLogging(context, () -> answer(event, context));
  }

  private SQSBatchResponse answer(@Nullable SQSEvent event, Context context) {
    List<SQSBatchResponse.BatchItemFailure> failed = new ArrayList<>();
    List<SQSEvent.SQSMessage> messages =
        event == null || event.getRecords() == null ? List.of() : event.getRecords();
    for (SQSEvent.SQSMessage message : messages) {
      if (!isDone(message, Duration.ofMillis(context.getRemainingTimeInMillis()))) {
        // Without an id Lambda takes the whole batch as failed: told twice rather than lost.
        failed.add(new SQSBatchResponse.BatchItemFailure(id(message)));
      }
    }
    metrics.flush();
    return new SQSBatchResponse(failed);
  }

  private boolean isDone(SQSEvent.@Nullable SQSMessage message, Duration remaining) {
    if (remaining.compareTo(TO_ANSWER) < 0) {
      LOG.warn("{} is left for later: {} ms remain", id(message), remaining.toMillis());
      return false;
    }
    Duration left = remaining.minus(TO_POST);
    try {
      Instant deadline = Instant.now().plus(left.compareTo(TO_DIAGNOSE) < 0 ? left : TO_DIAGNOSE);
      String body = message == null || message.getBody() == null ? "" : message.getBody();
      Outcome outcome = journey.respond(body, deadline);
      outcome.events().forEach(one -> tell(one, id(message)));
      return outcome.done();
    } catch (RuntimeException | Error failure) { // It fails this message, not the others.
      LOG.error("{} failed", id(message), failure);
      metrics.addMetric(Kind.FAILED.name(), 1, MetricUnit.COUNT);
      return false;
    }
  }

  private static String id(SQSEvent.@Nullable SQSMessage message) {
    return message == null ? "" : Objects.requireNonNullElse(message.getMessageId(), "");
  }

  private void tell(Event event, String id) {
    metrics.addMetric(event.kind().name(), 1, MetricUnit.COUNT);
    if (event.cause() != null) {
      metrics.flushSingleMetric(
          event.kind().name(),
          1,
          MetricUnit.COUNT,
          NAMESPACE,
          DimensionSet.of("service", SERVICE, "cause", event.cause()));
    }
    switch (event.kind()) {
      case ANSWERED, RECOVERED, NOTHING_TO_SAY, IGNORED, HEARTBEAT, NOT_OURS ->
          LOG.info("{} {}: {}", id, event.kind(), event.detail());
      case UNREADABLE, FAILED, NOT_DELIVERED ->
          LOG.error("{} {}: {}", id, event.kind(), event.detail());
    }
  }
}
