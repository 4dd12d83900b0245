package lbresponder.testing;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What Lambda says of an invocation.
public final class LambdaContext implements Context {
  private final IntUnaryOperator remaining;
  private int asked;

  public LambdaContext(int remaining) {
    this(_ -> remaining);
  }

  /// @param remaining milliseconds, by how often it was asked before
  public LambdaContext(IntUnaryOperator remaining) {
    this.remaining = remaining;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return remaining.applyAsInt(asked++);
  }

  @Override
  public String getAwsRequestId() {
    return "request";
  }

  @Override
  public String getLogGroupName() {
    return "group";
  }

  @Override
  public String getLogStreamName() {
    return "stream";
  }

  @Override
  public String getFunctionName() {
    return "respond";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:eu-west-1:123456789012:function:respond";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 1024;
  }

  @Override
  public @Nullable LambdaLogger getLogger() {
    return null;
  }
}
