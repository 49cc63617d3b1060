package io.faregate.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has what one turn of the event loop writes to a connection go to the system at the end of that
/// turn, in one piece: each write wakes its reader, who would else take the core after each of
/// them, and head and body of a message would be gathered by the system instead. What is large is
/// not copied.
public final class JoinedWrites extends ChannelOutboundHandlerAdapter {
  private static final int MOST_BYTES = 16 * 1024;
  private static final int COMMON_BYTES = 4 * 1024;

  private final List<ChannelPromise> promises = new ArrayList<>();
  private @Nullable ByteBuf joined;
  private @Nullable Runnable atEndOfTurn;
  private boolean flushing;

  /// For one connection.
  JoinedWrites() {}

  /// Joins the writes of a connection that was just opened. The types are of Vert.x's inside; with
  /// others everything works, at a higher cost.
  public static void on(HttpConnection opened) {
    var context =
        switch (opened) {
          case HttpServerConnection server -> server.channelHandlerContext();
          case HttpClientConnection client -> client.channelHandlerContext();
          default -> null;
        };
    if (context != null) {
      context.pipeline().addFirst(new JoinedWrites());
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes && bytes.readableBytes() <= MOST_BYTES) {
      join(context, bytes, promise);
    } else {
      pass(context);
      var _ = context.write(message, promise);
    }
  }

  private void join(ChannelHandlerContext context, ByteBuf bytes, ChannelPromise promise) {
    int more = bytes.readableBytes();
    if (joined != null && joined.readableBytes() + more > MOST_BYTES) {
      pass(context);
    }
    var into = joined;
    if (into == null) {
      into = context.alloc().directBuffer(Math.max(more, COMMON_BYTES), MOST_BYTES);
      joined = into;
    }
    into.writeBytes(bytes);
    bytes.release();
    if (!promise.isVoid()) {
      promises.add(promise);
    }
  }

  /// Hands on what was joined.
  private void pass(ChannelHandlerContext context) {
    var bytes = joined;
    if (bytes == null) {
      return;
    }
    joined = null;
    if (promises.isEmpty()) {
      var _ = context.write(bytes, context.voidPromise());
      return;
    }
    var waiting = promises.toArray(ChannelPromise[]::new);
    promises.clear();
    context
        .write(bytes)
        .addListener(written -> {
          for (var promise : waiting) {
            complete(promise, written.cause());
          }
        });
  }

  private static void complete(ChannelPromise promise, @Nullable Throwable failure) {
    if (failure == null) {
      promise.trySuccess();
    } else {
      promise.tryFailure(failure);
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    if (flushing) {
      return;
    }
    flushing = true;
    var task = atEndOfTurn;
    if (task == null) {
      task = () -> flushNow(context);
      atEndOfTurn = task;
    }
    context.executor().execute(task);
  }

  private void flushNow(ChannelHandlerContext context) {
    pass(context);
    if (flushing) {
      flushing = false;
      context.flush();
    }
  }

  @Override
  public void disconnect(ChannelHandlerContext context, ChannelPromise promise) {
    flushNow(context);
    var _ = context.disconnect(promise);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    flushNow(context);
    var _ = context.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    flushNow(context);
  }
}
