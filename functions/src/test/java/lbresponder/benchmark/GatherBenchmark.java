package lbresponder.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.testing.SetClock;
import lbresponder.testing.World;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;

/// Gathers one Application Load Balancer with five target groups through the real SDK, from an AWS
/// that answers each call after 50 ms: in parallel as it is, and one call at a time beside it.
final class GatherBenchmark {
  private static final int DELAY = 50;
  private static final int GROUPS = 5;

  /// So many gatherings go by until the SDK's code, which takes all the time beside the calls, is
  /// compiled: after 15 of them one takes about 15 ms longer.
  private static final int UNTIL_WARM = 200;

  private static final Pattern QUERY = Pattern.compile("\\.Id=(q\\d+)");
  private static final String ARN = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:";
  private static final String BALANCER = ARN + "loadbalancer/app/web/50dc6c495c0c9188";

  private GatherBenchmark() {}

  static void run() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    Slow parallel = new Slow(false);
    Slow sequential = new Slow(true);
    double ours = measure(parallel, UNTIL_WARM);
    double oneByOne = measure(sequential, 15);
    Benchmarks.print("gather, 50 ms a call, warm", ours, "ms", 1.15 * 2 * DELAY);
    System.out.printf(
        "  the same calls one after another: %.0f ms, %.1f times as long%n",
        oneByOne, oneByOne / ours);
    Benchmarks.print("calls for one alarm, 5 target groups", parallel.callsOfLast(), "calls", 30);
    cost(parallel);
  }

  /// List prices of us-east-1 as of August 2026; reads of ELB, EC2, Auto Scaling, ECS and Lambda
  /// are free. The prices of GetMetricData and SNS come from memory.
  private static void cost(Slow network) {
    double metrics = network.metrics.get() * 0.01 / 1000;
    double function = 1.0 * 3.5 * 0.0000133334 + 0.2e-6;
    double publish = 0.5e-6;
    System.out.printf(
        "  one alarm: %d metrics asked $%.5f, 3.5 s of 1 GiB arm64 $%.5f, SNS $%.6f%n",
        network.metrics.get(), metrics, function, publish);
    Benchmarks.print(
        "variable cost of one alarm, list prices",
        (metrics + function + publish) * 1e6,
        "millionths $",
        300);
  }

  private static double measure(Slow network, int before) {
    SetClock clock = new SetClock(Instant.now());
    AwsProvider provider = new AwsProvider(network, List.of(), clock);
    String event =
        World.event(
            "AWS/ApplicationELB",
            "TargetConnectionErrorCount",
            "LoadBalancer",
            "app/web/50dc6c495c0c9188");
    Incident incident = Incident.of(((Recognised.Alarms) provider.recognise(event)).alarms());
    for (int i = 0; i < before; i++) {
      gather(provider, incident, network, clock);
    }
    return Benchmarks.median(
            15, () -> Benchmarks.timed(() -> gather(provider, incident, network, clock)))
        / 1e6;
  }

  /// Each so long after the one before that nothing is left of it.
  private static void gather(
      AwsProvider provider, Incident incident, Slow network, SetClock clock) {
    clock.pass(Duration.ofSeconds(60));
    network.calls.set(0);
    network.metrics.set(0);
    Facts facts = provider.gather(incident, Instant.now().plusSeconds(20));
    if (facts.targetGroups().size() != GROUPS || !facts.load().isKnown()) {
      throw new IllegalStateException("the benchmark's AWS was not read: " + facts);
    }
  }

  /// Answers from memory, each call after the delay.
  private static final class Slow implements SdkHttpClient {
    private final boolean oneAtATime;
    private final ReentrantLock line = new ReentrantLock();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger metrics = new AtomicInteger();

    Slow(boolean oneAtATime) {
      this.oneAtATime = oneAtATime;
    }

    int callsOfLast() {
      return calls.get();
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      String body = text(request);
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          calls.incrementAndGet();
          metrics.addAndGet((int) QUERY.matcher(body).results().count());
          delay();
          return answer(Canned.answer(body));
        }

        @Override
        public void abort() {}
      };
    }

    private void delay() throws IOException {
      if (oneAtATime) {
        line.lock();
      }
      try {
        Thread.sleep(DELAY);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IOException(interrupted);
      } finally {
        if (oneAtATime) {
          line.unlock();
        }
      }
    }

    private static String text(HttpExecuteRequest request) {
      try (var in = request.contentStreamProvider().orElseThrow().newStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    private static HttpExecuteResponse answer(String body) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return HttpExecuteResponse.builder()
          .response(
              SdkHttpFullResponse.builder()
                  .statusCode(200)
                  .putHeader("Content-Type", "text/xml")
                  .putHeader("Content-Length", String.valueOf(bytes.length))
                  .build())
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
          .build();
    }

    @Override
    public void close() {}
  }

  /// What the benchmark's AWS says.
  private static final class Canned {
    static String answer(String body) {
      if (body.startsWith("{")) {
        return "{\"clusterArns\":[]}";
      }
      String action = body.replaceFirst("(?s).*Action=(\\w+).*", "$1");
      String result =
          switch (action) {
            case "DescribeLoadBalancers" ->
                "<LoadBalancers><member><LoadBalancerArn>"
                    + BALANCER
                    + "</LoadBalancerArn><VpcId>vpc-1</VpcId><Type>application</Type><AvailabilityZones>"
                    + "<member><ZoneName>eu-west-1a</ZoneName><SubnetId>subnet-1</SubnetId></member>"
                    + "</AvailabilityZones></member></LoadBalancers>";
            case "DescribeListeners" ->
                "<Listeners><member><ListenerArn>%slistener/app/web/50dc6c495c0c9188/1</ListenerArn><Port>443</Port><Protocol>HTTPS</Protocol><DefaultActions><member><Type>forward</Type><TargetGroupArn>%s</TargetGroupArn></member></DefaultActions></member></Listeners>"
                    .formatted(ARN, group(0));
            case "DescribeTargetGroups" ->
                IntStream.range(0, GROUPS)
                    .mapToObj(
                        i ->
                            "<member><TargetGroupArn>%s</TargetGroupArn><TargetGroupName>g%d</TargetGroupName><TargetType>instance</TargetType><Protocol>HTTP</Protocol><Port>8080</Port><VpcId>vpc-1</VpcId></member>"
                                .formatted(group(i), i))
                    .collect(Collectors.joining("", "<TargetGroups>", "</TargetGroups>"));
            case "DescribeTargetHealth" ->
                IntStream.range(0, 10)
                    .mapToObj(
                        i ->
                            "<member><Target><Id>i-%017x</Id><Port>8080</Port></Target><TargetHealth><State>healthy</State></TargetHealth></member>"
                                .formatted(i))
                    .collect(
                        Collectors.joining(
                            "", "<TargetHealthDescriptions>", "</TargetHealthDescriptions>"));
            case "GetCallerIdentity" -> "<Account>123456789012</Account>";
            default -> "";
          };
      return switch (action) {
        case "DescribeInstances" ->
            IntStream.range(0, 10)
                .mapToObj(
                    i ->
                        "<item><instanceId>i-%017x</instanceId><instanceState><name>running</name></instanceState></item>"
                            .formatted(i))
                .collect(
                    Collectors.joining(
                        "",
                        "<DescribeInstancesResponse><reservationSet><item><instancesSet>",
                        "</instancesSet></item></reservationSet></DescribeInstancesResponse>"));
        case "GetMetricData" -> metrics(body);
        default ->
            "<%sResponse><%sResult>%s</%sResult></%sResponse>"
                .formatted(action, action, result, action, action);
      };
    }

    private static String metrics(String body) {
      String points =
          IntStream.range(0, 70)
              .mapToObj(_ -> "<member>5.0</member>")
              .collect(Collectors.joining());
      Instant start = Instant.now().minusSeconds(4200);
      String times =
          IntStream.range(0, 70)
              .mapToObj(i -> "<member>" + start.plusSeconds(60L * i) + "</member>")
              .collect(Collectors.joining());
      return QUERY
          .matcher(body)
          .results()
          .map(
              id ->
                  "<member><Id>%s</Id><StatusCode>Complete</StatusCode><Timestamps>%s</Timestamps><Values>%s</Values></member>"
                      .formatted(id.group(1), times, points))
          .collect(
              Collectors.joining(
                  "",
                  "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>",
                  "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>"));
    }

    private static String group(int i) {
      return ARN + "targetgroup/g%d/%016x".formatted(i, i);
    }
  }
}
