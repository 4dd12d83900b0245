package lbresponder.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Remembers why something could not be written, which writers keep to themselves.
final class Output extends FilterOutputStream {
  private String failure = "";

  Output(OutputStream out) {
    super(out);
  }

  /// Empty: everything was written.
  String failure() {
    return failure;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException failed) {
      failure = String.valueOf(failed.getMessage());
      throw failed;
    }
  }
}
