package io.faregate.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/// Closes a connection of a client over which nothing has gone for a while, unless a request waits
/// for its answer: that has a deadline of its own, until which the client may hear nothing. One
/// that leaves its answer unread is closed too. The time limit of Vert.x does not look at that.
public final class IdleConnections extends IdleStateHandler {
  private int unanswered;

  /// For one connection.
  private IdleConnections(int seconds) {
    super(true, 0, 0, seconds, TimeUnit.SECONDS);
  }

  /// Watches a connection that was just opened. The type is of Vert.x's inside; others are not
  /// watched.
  public static void close(HttpConnection opened, int afterSeconds) {
    if (opened instanceof HttpServerConnection server) {
      var context = server.channelHandlerContext();
      context.pipeline().addBefore(context.name(), null, new IdleConnections(afterSeconds));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      unanswered++;
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
    if (unanswered == 0 || isUnread(context)) {
      var _ = context.close();
    }
  }

  /// Whether the client leaves unread what it was sent.
  private static boolean isUnread(ChannelHandlerContext context) {
    var pending = context.channel().unsafe().outboundBuffer();
    return pending != null && pending.totalPendingWriteBytes() > 0;
  }
}
