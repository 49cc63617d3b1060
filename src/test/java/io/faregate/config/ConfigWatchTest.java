package io.faregate.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.faregate.config.catalogue.Catalogue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
  private static final String POLICY =
      """
      providers:
        openai: { api: openai, key: "file:key" }
      tiers:
        low: { models: [openai/gpt-5.4-nano] }
      """;

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");
  private final List<Reading> readings = new ArrayList<>();

  @BeforeEach
  void writePolicy() throws IOException {
    file = Files.writeString(folder.resolve("faregate.yaml"), POLICY);
    Files.writeString(folder.resolve("key"), "first");
  }

  @Test
  void saysNothingWhileNothingChanges() throws IOException {
    try (var watch = watch()) {
      assertThat(watch.first().configuration()).isNotNull();
      Files.writeString(file, POLICY);
      pollTwice(watch);
    }

    assertThat(readings).isEmpty();
  }

  @Test
  void readsAChangedFileOnceItIsWritten() throws IOException {
    try (var watch = watch()) {
      Files.writeString(file, POLICY + "timezone: Europe");
      watch.poll();
      Files.writeString(file, POLICY + "timezone: Europe/Berlin");
      watch.poll();
      assertThat(readings).isEmpty();

      watch.poll();
      watch.poll();
    }

    assertThat(readings).singleElement().matches(reading -> reading.configuration() != null);
  }

  @Test
  void tellsOfABadFileAndThenOfTheMendedOne() throws IOException {
    try (var watch = watch()) {
      Files.writeString(file, POLICY + "limits: { deadline: soon }");
      pollTwice(watch);
      Files.delete(file);
      pollTwice(watch);
      Files.writeString(file, POLICY);
      pollTwice(watch);
    }

    assertThat(readings)
        .extracting(reading -> reading.configuration() != null)
        .containsExactly(false, false, true);
  }

  @Test
  void tellsOfAFileThatIsTooLargeToBeReadAndThenOfTheMendedOne() throws IOException {
    try (var watch = watch()) {
      try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
        huge.setLength(3L << 30);
      }
      pollTwice(watch);
      Files.writeString(file, POLICY);
      pollTwice(watch);
    }

    assertThat(readings)
        .extracting(reading -> reading.configuration() != null)
        .containsExactly(false, true);
    assertThat(readings.getFirst().problems())
        .singleElement()
        .asString()
        .contains("larger than 4 MiB");
  }

  @Test
  void goesOnLookingAfterAReadingThatFailed() throws IOException {
    var environment = new Environment(Map.of(), folder, Catalogue.builtIn());
    var fails = new AtomicBoolean(true);
    Consumer<Reading> failsOnce =
        reading -> {
          readings.add(reading);
          if (fails.getAndSet(false)) {
            throw new StackOverflowError();
          }
        };
    try (var watch = new ConfigWatch(file, environment, failsOnce)) {
      Files.writeString(file, POLICY + "timezone: Europe/Berlin");
      pollTwice(watch);
      watch.poll();
      Files.writeString(file, POLICY);
      pollTwice(watch);
    }

    assertThat(readings)
        .extracting(reading -> reading.configuration() != null)
        .containsExactly(true, false, true);
    assertThat(readings.get(1).problems())
        .singleElement()
        .asString()
        .startsWith(file + ": reading it failed with StackOverflowError");
  }

  @Test
  void readsASecretAgainWhenItsFileChanges() throws IOException {
    try (var watch = watch()) {
      Files.writeString(folder.resolve("key"), "second");
      pollTwice(watch);
      Files.delete(folder.resolve("key"));
      pollTwice(watch);
      Files.writeString(folder.resolve("key"), "third");
      pollTwice(watch);
    }

    assertThat(readings).hasSize(3);
    assertThat(key(readings.getFirst())).isEqualTo("second");
    assertThat(readings.get(1).configuration()).isNull();
    assertThat(key(readings.getLast())).isEqualTo("third");
  }

  @Test
  void looksByItselfUntilClosed() throws Exception {
    var told = new CountDownLatch(1);
    var environment = new Environment(Map.of(), folder, Catalogue.builtIn());
    try (var executor = Executors.newSingleThreadScheduledExecutor();
        var watch = new ConfigWatch(file, environment, _ -> told.countDown())) {
      watch.start(executor);
      Files.writeString(file, POLICY + "timezone: Europe/Berlin");

      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private ConfigWatch watch() {
    var environment = new Environment(Map.of(), folder, Catalogue.builtIn());
    return new ConfigWatch(file, environment, readings::add);
  }

  private static void pollTwice(ConfigWatch watch) {
    watch.poll();
    watch.poll();
  }

  private static String key(Reading reading) {
    var configuration = Objects.requireNonNull(reading.configuration());
    return configuration.settings().providers().getFirst().keys().getFirst().reveal();
  }
}
