package io.faregate.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// Text on its way out of the process. A writer of the JDK says only that something failed; this
/// one knows whether its reader had enough.
public final class Outlet extends PrintWriter {
  private final Stream stream;

  /// @param out takes the text as UTF-8, line by line
  public Outlet(OutputStream out) {
    this(new Stream(out));
  }

  private Outlet(Stream stream) {
    super(stream, true, UTF_8);
    this.stream = stream;
  }

  /// Whether text was lost that somebody waits for. Who reads through a pipe and closes it, as
  /// `head` does, waits for no more.
  boolean isCutOff() {
    return checkError() && !stream.isLeft();
  }

  /// Remembers the first failure.
  private static final class Stream extends FilterOutputStream {
    private @Nullable IOException failure;

    Stream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        out.write(bytes, from, length);
      } catch (IOException failed) {
        failure = failure == null ? failed : failure;
        throw failed;
      }
    }

    /// The JDK has no type for a closed pipe, only the system's words, which the launcher has it
    /// say in English.
    boolean isLeft() {
      return failure != null && String.valueOf(failure.getMessage()).contains("pipe");
    }
  }
}
