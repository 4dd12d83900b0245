package lbresponder.benchmark;

import java.util.Arrays;
import java.util.function.LongSupplier;

/// Prints every figure that docs/speed.md quotes: `mvn -q -pl functions test-compile
/// exec:exec@benchmark`.
public final class Benchmarks {
  private Benchmarks() {}

  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "JDK %s, %d processors, heap at most %d MiB%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    ReplayBenchmark.run();
    NetworkBenchmark.run();
    GatherBenchmark.run();
    HangingBenchmark.run();
  }

  /// The median of some runs, in nanoseconds.
  static double median(int runs, LongSupplier run) {
    long[] all = new long[runs];
    for (int i = 0; i < runs; i++) {
      all[i] = run.getAsLong();
    }
    Arrays.sort(all);
    return all[runs / 2];
  }

  static long timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  /// One line: what, the figure, what was asked for, and the ratio of the two (1.00 or less is
  /// met).
  static void print(String what, double figure, String unit, double limit) {
    System.out.printf(
        "%-58s %9.2f %-12s asked %8.1f   ratio %.2f%n", what, figure, unit, limit, figure / limit);
  }
}
