package lbresponder.aws.sdk;

import org.jspecify.annotations.Nullable;

/// What an answer leaves out, the SDK hands over as null.
public final class Absent {
  private Absent() {}

  public static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  public static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
