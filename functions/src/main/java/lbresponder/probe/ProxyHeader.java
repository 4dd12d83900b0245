package lbresponder.probe;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The proxy protocol's first bytes, as a load balancer sends them when a target group asks for it.
final class ProxyHeader {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };

  private ProxyHeader() {}

  static void write(Endpoint endpoint, Socket socket) throws IOException {
    if (endpoint.proxyHeader() == null) {
      return;
    }
    InetAddress from = socket.getLocalAddress();
    InetAddress to = socket.getInetAddress();
    boolean four = from instanceof Inet4Address;
    byte[] header =
        endpoint.proxyHeader().equals("v1")
            ? "PROXY %s %s %s %d %d\r\n"
                .formatted(
                    four ? "TCP4" : "TCP6",
                    from.getHostAddress(),
                    to.getHostAddress(),
                    socket.getLocalPort(),
                    socket.getPort())
                .getBytes(StandardCharsets.US_ASCII)
            : second(socket, from, to, four);
    socket.getOutputStream().write(header);
    socket.getOutputStream().flush();
  }

  /// Version 2, command PROXY, stream over IPv4 or IPv6.
  private static byte[] second(Socket socket, InetAddress from, InetAddress to, boolean four) {
    int length = (four ? 8 : 32) + 4;
    return ByteBuffer.allocate(16 + length)
        .put(SIGNATURE)
        .put((byte) 0x21)
        .put((byte) (four ? 0x11 : 0x21))
        .putShort((short) length)
        .put(from.getAddress())
        .put(to.getAddress())
        .putShort((short) socket.getLocalPort())
        .putShort((short) socket.getPort())
        .array();
  }
}
