package io.faregate.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;

/// Steps over what a server says before its answer, such as `102 Processing`. Vert.x knows 100 and
/// 103 alone: any other it takes for the answer, and gives the connection to the next request while
/// the true answer is still to come. Left is 101, after which no answer follows. Source: RFC 9110
/// §15.2.
public final class InterimResponses extends ChannelInboundHandlerAdapter {
  private boolean interim;

  /// For one connection.
  InterimResponses() {}

  /// Steps over them on a connection that was just opened. The type is of Vert.x's inside.
  public static void stepOver(HttpConnection opened) {
    if (opened instanceof HttpClientConnection client) {
      var context = client.channelHandlerContext();
      context.pipeline().addBefore(context.name(), null, new InterimResponses());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpResponse response) {
      interim = isInterim(response.status());
    }
    if (interim) {
      var _ = ReferenceCountUtil.release(message);
    } else {
      context.fireChannelRead(message);
    }
  }

  private static boolean isInterim(HttpResponseStatus status) {
    return status.codeClass() == HttpStatusClass.INFORMATIONAL
        && !status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }
}
