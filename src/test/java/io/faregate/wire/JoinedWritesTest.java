package io.faregate.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedWritesTest {
  private final EmbeddedChannel channel = new EmbeddedChannel(new JoinedWrites());

  @Test
  void writesOfOneTurnGoOutAsOne() {
    var head = write(text("head "));
    flush();
    var body = write(text("body"));
    flush();
    assertThat(head.isDone()).isFalse();

    channel.runPendingTasks();

    assertThat(sent()).containsExactly("head body");
    assertThat(head.isSuccess()).isTrue();
    assertThat(body.isSuccess()).isTrue();
  }

  @Test
  void writesOfTwoTurnsGoOutOneByOne() {
    send("one");
    send("two");

    assertThat(sent()).containsExactly("one", "two");
  }

  @Test
  void whatNobodyFlushesStays() {
    var write = write(text("more to come"));
    channel.runPendingTasks();

    assertThat(sent()).isEmpty();
    assertThat(write.isDone()).isFalse();
  }

  @Test
  void theLargeIsNotCopiedAndKeepsItsPlace() {
    var large = text("x".repeat(20_000));
    send("before ", large, "behind");

    assertThat(channel.outboundMessages().toArray()[1]).isSameAs(large);
    assertThat(sent()).containsExactly("before ", "x".repeat(20_000), "behind");
  }

  @Test
  void noPieceIsLargerThanItsBound() {
    var part = "y".repeat(5_000);
    send(part, part, part, part, part, part, part);

    assertThat(sent()).containsExactly(part.repeat(3), part.repeat(3), part);
  }

  @Test
  void whatWasFlushedGoesOutBeforeTheConnectionCloses() {
    var last = write(text("goodbye"));
    flush();
    close();

    assertThat(sent()).containsExactly("goodbye");
    assertThat(last.isSuccess()).isTrue();
  }

  @Test
  void aWriteFailsWhenTheConnectionIsGone() {
    close();
    var bytes = text("nobody hears this");
    var write = write(bytes);
    flush();
    channel.runPendingTasks();

    assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void aWriteThatNobodyFlushedFailsWithTheConnection() {
    var bytes = text("never sent");
    var write = write(bytes);
    close();

    assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
    assertThat(bytes.refCnt()).isZero();
  }

  /// By the pipeline, for methods of the channel itself end the turn.
  private ChannelFuture write(ByteBuf bytes) {
    return channel.pipeline().write(bytes);
  }

  private void flush() {
    var _ = channel.pipeline().flush();
  }

  /// Writes texts and buffers in one turn.
  private void send(Object... messages) {
    for (var message : messages) {
      var _ = write(message instanceof ByteBuf bytes ? bytes : text(message.toString()));
    }
    flush();
    channel.runPendingTasks();
  }

  private void close() {
    var _ = channel.close();
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  private List<String> sent() {
    var texts = new ArrayList<String>();
    for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
      texts.add(bytes.toString(US_ASCII));
      bytes.release();
    }
    return texts;
  }
}
