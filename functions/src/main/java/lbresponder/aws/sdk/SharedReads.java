package lbresponder.aws.sdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Reads that are shared by whoever asks the same: ten alarms of one load balancer, fifty load
/// balancers in one network, two looks a moment apart. One request is on its way at a time, whoever
/// asks meanwhile waits for its answer, and the answer is kept for seconds. Only whole, successful
/// answers are kept, of the reads that {@link Asked} lists.
///
/// A request goes on where whoever asked first gave up, so that the next has what arrives late.
public final class SharedReads implements SdkHttpClient {
  /// What is kept at most, the oldest going first.
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /// A request that takes longer is given up, and asked again, by those who wait for it.
  private static final long JOINED_NANOS = AwsClients.ATTEMPT.toNanos();

  private final SdkHttpClient network;
  private final InstantSource clock;
  private final int mostBytes;
  private final Map<Asked, Read> kept = new LinkedHashMap<>();
  private final Map<Asked, Flight> flights = new HashMap<>();
  private long bytes;

  /// @param clock says how old an answer is
  public SharedReads(SdkHttpClient network, InstantSource clock) {
    this(network, clock, MOST_BYTES);
  }

  SharedReads(SdkHttpClient network, InstantSource clock, int mostBytes) {
    this.network = network;
    this.clock = clock;
    this.mostBytes = mostBytes;
  }

  /// An answer.
  ///
  /// @param at when it was asked for: what it says is no older
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
  private record Read(SdkHttpResponse head, byte[] body, Instant at) {
    boolean isWhole() {
      return head.isSuccessful() && WholeAnswers.isWhole(body);
    }

    HttpExecuteResponse response() {
      return HttpExecuteResponse.builder()
          .response(head)
          .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
          .build();
    }
  }

  /// A request on its way.
  private record Flight(CompletableFuture<Read> answer, long beganNanos) {}

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Asked asked = Asked.of(request);
    return asked == null || asked.mayBe().isZero()
        ? network.prepareRequest(request)
        : new ExecutableHttpRequest() {
          @Override
          public HttpExecuteResponse call() throws IOException {
            Read read = read(asked, request);
            Calls.used(read.at());
            return read.response();
          }

          // The SDK interrupts whoever waits, and others may wait for the answer too.
          @Override
          public void abort() {}
        };
  }

  private Read read(Asked asked, HttpExecuteRequest request) throws IOException {
    try {
      return answer(asked, request).get();
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw new IOException("given up", givenUp);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IOException(failed.getCause());
    }
  }

  private synchronized Future<Read> answer(Asked asked, HttpExecuteRequest request) {
    Read recent = kept.get(asked);
    if (recent != null && isRecent(asked, recent)) {
      return CompletableFuture.completedFuture(recent);
    }
    Flight other = flights.get(asked);
    if (other != null && System.nanoTime() - other.beganNanos() < JOINED_NANOS) {
      return other.answer();
    }
    Flight own = new Flight(new CompletableFuture<>(), System.nanoTime());
    flights.put(asked, own);
    Instant at = clock.instant();
    Thread.ofVirtual().start(() -> fly(own, asked, request, at));
    return own.answer();
  }

  private boolean isRecent(Asked asked, Read read) {
    Duration age = Duration.between(read.at(), clock.instant());
    return !age.isNegative() && age.compareTo(asked.mayBe()) < 0;
  }

  /// It has landed before anybody has its answer: who asks again after a failure gets another.
  private void fly(Flight flight, Asked asked, HttpExecuteRequest request, Instant at) {
    try {
      Read read = received(request, at);
      landed(flight, asked, read);
      flight.answer().complete(read);
    } catch (IOException | RuntimeException | Error failure) {
      landed(flight, asked, null);
      flight.answer().completeExceptionally(failure);
    }
  }

  private Read received(HttpExecuteRequest request, Instant at) throws IOException {
    HttpExecuteResponse response = network.prepareRequest(request).call();
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream in = response.responseBody().get()) {
        body = WholeAnswers.bytes(in);
      }
    }
    return new Read(response.httpResponse(), body, at);
  }

  private synchronized void landed(Flight flight, Asked asked, @Nullable Read read) {
    flights.remove(asked, flight);
    if (read != null && read.isWhole()) {
      keep(asked, read);
    }
  }

  private void keep(Asked asked, Read read) {
    forget(asked);
    kept.put(asked, read);
    bytes += size(asked, read);
    Iterator<Map.Entry<Asked, Read>> oldest = kept.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<Asked, Read> next = oldest.next();
      if (bytes > mostBytes || !isRecent(next.getKey(), next.getValue())) {
        bytes -= size(next.getKey(), next.getValue());
        oldest.remove();
      }
    }
  }

  private void forget(Asked asked) {
    Read before = kept.remove(asked);
    if (before != null) {
      bytes -= size(asked, before);
    }
  }

  private static int size(Asked asked, Read read) {
    return asked.bytes() + read.body().length;
  }

  @Override
  public String clientName() {
    return network.clientName();
  }

  @Override
  public void close() {
    network.close();
  }
}
