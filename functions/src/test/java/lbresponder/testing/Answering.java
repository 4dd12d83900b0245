package lbresponder.testing;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/// A target that is well: it answers 200 on a port of every address.
public final class Answering {
  private Answering() {}

  /// @param arguments the port
  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[0])), 100);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    System.out.println("ready");
  }
}
