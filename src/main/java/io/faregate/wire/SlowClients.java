package io.faregate.wire;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import org.jspecify.annotations.Nullable;

/// Closes the connection of a client that does not come to the end of a request's head, that leaves
/// unread what it was sent, or that neither asks nor waits for anything. The time limits of Vert.x
/// know none of these: they count silence, also that of a client that waits for its answer, which
/// has a deadline of its own.
public final class SlowClients extends IdleStateHandler {
  private final Patience patience;
  private @Nullable Future<?> headAlarm;
  private int unanswered;
  private boolean inBody;
  private boolean decoded;

  /// For how long a client is waited for.
  ///
  /// @param headSeconds from the first bytes of a request to the end of its head
  /// @param unreadSeconds while it takes nothing of what waits for it; half of that may be enough
  /// @param idleSeconds while nothing goes over its connection and it waits for nothing
  public record Patience(int headSeconds, int unreadSeconds, int idleSeconds) {
    private long unreadMillis() {
      return SECONDS.toMillis(unreadSeconds);
    }

    private long idleMillis() {
      return SECONDS.toMillis(idleSeconds);
    }
  }

  /// For one connection. What waits is looked at twice within the time that it may.
  private SlowClients(Patience patience) {
    super(true, 0, patience.unreadMillis() / 2, patience.idleMillis(), MILLISECONDS);
    this.patience = patience;
  }

  /// Watches a connection that was just opened. The type is of Vert.x's inside; others are not
  /// watched.
  public static void close(HttpConnection opened, Patience patience) {
    if (opened instanceof HttpServerConnection server) {
      var context = server.channelHandlerContext();
      var watch = new SlowClients(patience);
      context.pipeline().addFirst(watch.new Bytes());
      context.pipeline().addBefore(context.name(), null, watch);
    }
  }

  /// Sees what comes before it is decoded.
  private final class Bytes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      decoded = false;
      context.fireChannelRead(message);
      if (!decoded && !inBody && unanswered == 0 && headAlarm == null) {
        headAlarm =
            context.executor().schedule(() -> end(context), patience.headSeconds(), SECONDS);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    decoded = true;
    if (message instanceof HttpRequest) {
      unanswered++;
      inBody = true;
      stopAlarm();
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      unanswered--;
    }
    super.write(context, message, promise);
  }

  /// Such as that the client may go on with its body.
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    switch (event.state()) {
      case WRITER_IDLE -> {
        // The first event after a write says only that no other one has followed.
        if (!event.isFirst() && isUnread(context)) {
          drop(context);
        }
      }
      case ALL_IDLE -> {
        // Who reads a large answer steadily is not idle.
        if (unanswered == 0 && !isUnread(context)) {
          end(context);
        }
      }
      case READER_IDLE -> {}
    }
  }

  /// Whether something waits for the client.
  private static boolean isUnread(ChannelHandlerContext context) {
    var pending = context.channel().unsafe().outboundBuffer();
    return pending != null && pending.totalPendingWriteBytes() > 0;
  }

  private static void end(ChannelHandlerContext context) {
    var _ = context.close();
  }

  /// Closes without a farewell, for which the system would wait as long as for what was not read.
  private static void drop(ChannelHandlerContext context) {
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    end(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    stopAlarm();
    super.channelInactive(context);
  }

  private void stopAlarm() {
    if (headAlarm != null) {
      headAlarm.cancel(false);
      headAlarm = null;
    }
  }
}
