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
import lbresponder.aws.prober.LambdaProbers;
import lbresponder.aws.sdk.Accounts;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Limits;
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

/// Answers the messages of a queue. A message whose answer reached nobody is returned as failed, so
/// that it comes again and at last ends in the dead-letter queue; all others are done.
public final class RespondFunction implements RequestHandler<SQSEvent, SQSBatchResponse>, Resource {
  private static final Logger LOG = LoggerFactory.getLogger(RespondFunction.class);

  private static final String NAMESPACE = "lb-responder";
  private static final String SERVICE = "respond";

  private final AlarmHandler handler;
  private final Metrics metrics;

  /// Called by Lambda: wires from the environment.
  public RespondFunction() {
    this(Settings.of(System.getenv(), LambdaProbers::check));
  }

  private RespondFunction(Settings settings) {
    this(
        AlarmHandler.of(
            settings,
            List.of(AwsProvider.preparedFor(System.getenv("AWS_REGION"), accounts(settings))),
            LambdaProbers::of));
    Core.getGlobalContext().register(this);
  }

  private static Accounts accounts(Settings settings) {
    return new Accounts(settings.memberRole().orElse(""), settings.accounts());
  }

  RespondFunction(AlarmHandler handler) {
    this.handler = handler;
    // Without this the library finds out where it runs by asking EC2's metadata address.
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
      LOG.info("rehearsed {} alarms", Warmup.run(Limits.REHEARSE));
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
        // Without an id Lambda takes the whole batch as failed: answered twice rather than lost.
        failed.add(new SQSBatchResponse.BatchItemFailure(id(message)));
      }
    }
    Duration left = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(Limits.CLOSE);
    Instant until =
        Instant.now().plus(left.compareTo(Limits.PICTURES) < 0 ? left : Limits.PICTURES);
    handler.finish(until).forEach(missing -> record(missing, ""));
    metrics.flush();
    return new SQSBatchResponse(failed);
  }

  private boolean isDone(SQSEvent.@Nullable SQSMessage message, Duration remaining) {
    if (remaining.compareTo(Limits.ANSWER) < 0) {
      LOG.warn("{} is left for later: {} ms remain", id(message), remaining.toMillis());
      return false;
    }
    Duration left = remaining.minus(Limits.POST);
    try {
      Instant deadline =
          Instant.now().plus(left.compareTo(Limits.DIAGNOSE) < 0 ? left : Limits.DIAGNOSE);
      String body = message == null || message.getBody() == null ? "" : message.getBody();
      Outcome outcome = handler.respond(body, deadline);
      outcome.events().forEach(event -> record(event, id(message)));
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

  private void record(Event event, String id) {
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
      case NO_PICTURE -> LOG.warn("{}: {}", event.kind(), event.detail());
      case UNREADABLE, FAILED, NOT_DELIVERED ->
          LOG.error("{} {}: {}", id, event.kind(), event.detail());
    }
  }
}
