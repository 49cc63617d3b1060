package io.faregate.config;

import io.faregate.config.yaml.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a file again whenever its content, or that of a file it refers to, has changed.
///
/// It looks every second instead of asking the file system to tell: notice of changes is not given
/// for all mounts of containers, and a time of change is too coarse to be believed. A file that is
/// being written may be cut off at a place where it is still valid and only lacks its limits;
/// therefore a change counts once the same content was seen twice. The listener is told of every
/// reading, also of those with errors, and keeps what it has for these. Any thread may call.
public final class ConfigWatch implements AutoCloseable {
  private static final String ABSENT = "absent";

  private final Path file;
  private final Environment environment;
  private final Consumer<Reading> listener;
  private final Reading first;
  private Map<Path, String> read;
  private Map<Path, String> seen;
  private @Nullable ScheduledFuture<?> polling;

  /// Reads the file for the first time; the listener hears of later readings only.
  public ConfigWatch(Path file, Environment environment, Consumer<Reading> listener) {
    this.file = file;
    this.environment = environment;
    this.listener = listener;
    var before = fingerprint(file);
    this.first = ConfigReader.read(file, environment);
    this.read = fingerprints(first);
    this.read.put(file, before);
    this.seen = read;
  }

  /// What the file held at the beginning.
  public Reading first() {
    return first;
  }

  /// Looks every second on that executor, until closed.
  public synchronized void start(ScheduledExecutorService executor) {
    polling = executor.scheduleWithFixedDelay(this::poll, 1, 1, TimeUnit.SECONDS);
  }

  /// Looks once. A change is read by the second look that sees it. A bug on the way is told as a
  /// reading with a problem, for an executor never runs again what threw.
  public synchronized void poll() {
    try {
      look();
    } catch (Throwable bug) {
      listener.accept(failed(bug));
    }
  }

  private Reading failed(Throwable bug) {
    var message = "reading it failed with " + bug.getClass().getSimpleName();
    var fix = "this is a bug of Faregate; `faregate check --debug` may show where";
    var problem = Problem.ofFile(file.toString(), message, fix);
    return new Reading(null, List.of(problem), Set.of());
  }

  private void look() {
    var now = new TreeMap<Path, String>();
    read.keySet().forEach(path -> now.put(path, fingerprint(path)));
    var settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(read)) {
      return;
    }
    // If reading it fails, it is not read again before it changes.
    read = now;
    var reading = ConfigReader.read(file, environment);
    read = fingerprints(reading);
    now.forEach(read::replace);
    seen = read;
    listener.accept(reading);
  }

  /// Stops looking.
  @Override
  public synchronized void close() {
    if (polling != null) {
      polling.cancel(false);
    }
  }

  private Map<Path, String> fingerprints(Reading reading) {
    var prints = new TreeMap<Path, String>();
    prints.put(file, fingerprint(file));
    reading.files().forEach(path -> prints.put(path, fingerprint(path)));
    return prints;
  }

  /// Of a file that is too large to be accepted only the beginning counts.
  private static String fingerprint(Path path) {
    try (var content = Files.newInputStream(path)) {
      var beginning = content.readNBytes(ConfigReader.MAX_BYTES + 1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(beginning));
    } catch (IOException unreadable) {
      return ABSENT;
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
