package io.faregate.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/// Bodies and pieces of them as Vert.x has them, without a copy: neither side may change an array
/// that it has handed on.
public final class Bodies {
  private Bodies() {}

  /// These very bytes; `Buffer.buffer` would copy them.
  public static Buffer buffer(byte[] bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }

  /// The array of a piece that came: Vert.x has made it for that and does not touch it any more.
  public static byte[] bytes(Buffer piece) {
    var bytes = ((BufferInternal) piece).getByteBuf();
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), bytes.readableBytes(), false);
  }
}
