package io.faregate.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Writes log lines to standard output, standard error or a file without ever holding up who logs:
/// an event goes into a bounded queue, and a thread of its own looks every 20 ms and writes what
/// has come in one piece. Nobody is woken for a line, since waking a thread costs more than the
/// line.
///
/// When the queue is full the line is dropped and counted, whatever its level: a terminal that is
/// scrolled back or a full pipe must not stop calls, whose true record is the journal. Stopping
/// writes what is left.
public final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int BATCH = 512;
  private static final long STOP_MILLIS = 2_000;
  private static final AtomicLong DROPPED = new AtomicLong();

  private BlockingQueue<ILoggingEvent> queue = new ArrayBlockingQueue<>(8_192);
  private @Nullable Encoder<ILoggingEvent> encoder;
  private @Nullable OutputStream out;
  private @Nullable Thread writer;
  private volatile boolean stopping;

  /// Log lines dropped since the process started.
  public static long dropped() {
    return DROPPED.get();
  }

  /// How lines look; set by the configuration.
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  /// How many lines may wait; set by the configuration.
  public void setQueueSize(int size) {
    queue = new ArrayBlockingQueue<>(size);
  }

  /// `System.out`, `System.err`, or the path of a file to append to; set by the configuration.
  public void setTarget(String target) {
    // Not the streams of System, which never throw: lines that nobody takes must be counted.
    out =
        switch (target) {
          case "System.out" -> new FileOutputStream(FileDescriptor.out);
          case "System.err" -> new FileOutputStream(FileDescriptor.err);
          default -> file(target);
        };
  }

  /// A file, or standard output where it cannot be written: calls are served without their log, but
  /// not without anybody hearing of it.
  private static OutputStream file(String path) {
    try {
      return new FileOutputStream(path, true);
    } catch (IOException unwritable) {
      System.err.printf(
          "faregate: cannot write the log to %s: log lines go to standard output;"
              + " name a file that may be written with -Dfaregate.log.target%n",
          unwritable.getMessage());
      return new FileOutputStream(FileDescriptor.out);
    }
  }

  /// Where lines go, for tests.
  void writeTo(OutputStream other) {
    out = other;
  }

  @Override
  public void start() {
    if (encoder == null || out == null) {
      addError("the appender needs an encoder and a target");
      return;
    }
    var lines = encoder;
    var target = out;
    stopping = false;
    writer = Thread.ofPlatform().name("log-writer").daemon().start(() -> writeAll(lines, target));
    super.start();
    LogEnd.willBe(this::stop);
  }

  @Override
  public void stop() {
    super.stop();
    stopping = true;
    var running = writer;
    if (running != null) {
      LockSupport.unpark(running);
      try {
        running.join(STOP_MILLIS);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  protected void append(ILoggingEvent event) {
    // The arguments may change once the caller goes on, so the message is made here.
    var _ = event.getFormattedMessage();
    if (!queue.offer(event)) {
      DROPPED.incrementAndGet();
    }
  }

  private void writeAll(Encoder<ILoggingEvent> lines, OutputStream target) {
    var batch = new ArrayList<ILoggingEvent>(BATCH);
    while (true) {
      // Read before the queue, so that nothing put in before stopping is left behind.
      var last = stopping;
      var count = queue.drainTo(batch, BATCH);
      if (count > 0) {
        write(batch, lines, target);
        batch.clear();
      } else if (last) {
        return;
      } else {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void write(List<ILoggingEvent> batch, Encoder<ILoggingEvent> lines, OutputStream target) {
    var bytes = new ByteArrayOutputStream(BATCH * batch.size());
    for (var event : batch) {
      bytes.writeBytes(lines.encode(event));
    }
    try {
      bytes.writeTo(target);
      target.flush();
    } catch (IOException gone) {
      DROPPED.addAndGet(batch.size());
      addError("cannot write log lines; is standard output closed?", gone);
    }
  }
}
