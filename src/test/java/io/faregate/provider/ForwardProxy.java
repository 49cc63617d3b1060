package io.faregate.provider;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An HTTP proxy on a port of this machine that notes what it is asked for.
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /// Starts on a free port.
  public ForwardProxy() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /// The URL for `proxy`.
  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /// The first line of each connection.
  public List<String> asked() {
    return asked;
  }

  private void accept() {
    try {
      while (true) {
        var client = kept(server.accept());
        Thread.startVirtualThread(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try {
      var head = head(client.getInputStream());
      var line = head.substring(0, head.indexOf("\r\n"));
      asked.add(line);
      var target = line.split(" ", -1)[1];
      if (line.startsWith("CONNECT ")) {
        var there = connected(URI.create("tunnel://" + target));
        client.getOutputStream().write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(ISO_8859_1));
        join(client, there);
      } else {
        var url = URI.create(target);
        var there = connected(url);
        there.getOutputStream().write(head.replace(target, url.getRawPath()).getBytes(ISO_8859_1));
        join(client, there);
      }
    } catch (IOException broken) {
      // The client hears of it by its connection.
    }
  }

  private Socket connected(URI url) throws IOException {
    return kept(new Socket(url.getHost(), url.getPort()));
  }

  private Socket kept(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private static void join(Socket client, Socket there) {
    Thread.startVirtualThread(() -> pump(there, client));
    pump(client, there);
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      var _ = from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException over) {
      // One side has closed, and so does the other one now.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no head came");
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
