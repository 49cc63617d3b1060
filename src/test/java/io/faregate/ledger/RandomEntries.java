package io.faregate.ledger;

import io.faregate.call.AttemptKind;
import io.faregate.call.Ending;
import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rule;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.call.Source;
import io.faregate.call.UsageSource;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Entries of every shape, the same for the same seed. Ids of calls rise.
public final class RandomEntries {
  private static final Instant BEGIN = Instant.parse("2026-03-28T23:50:00Z");

  private final Random chance;
  private int calls;

  public RandomEntries(long seed) {
    this.chance = new Random(seed);
  }

  /// A call whole: the starts and ends of its attempts, then itself.
  public List<Entry> call() {
    var id = "call_%08d".formatted(++calls);
    var entries = new ArrayList<Entry>();
    int attempts = chance.nextInt(4);
    for (int i = 1; i <= attempts; i++) {
      entries.add(started(id, i));
      entries.add(attempt(id, i, 0));
    }
    if (chance.nextInt(4) == 0) {
      entries.add(premium(id));
    }
    entries.add(call(id, attempts));
    return entries;
  }

  public List<Entry> calls(int count) {
    return Stream.generate(this::call).limit(count).flatMap(List::stream).toList();
  }

  public PremiumEntry premium(String call) {
    return new PremiumEntry(call, maybe(() -> any("support", "agent")), count(), count(), count());
  }

  private long count() {
    return chance.nextInt(1_000_000);
  }

  public StartedEntry started(String call, int attempt) {
    return new StartedEntry(
        call,
        attempt,
        instant(),
        dimensions(),
        maybe(this::text),
        any(AttemptKind.values()),
        maybe(() -> any(Reason.values())),
        any("economy", "premium"),
        model(),
        maybe(() -> (long) chance.nextInt()),
        maybe(this::day),
        text());
  }

  public AttemptEntry attempt(String call, int attempt, int revision) {
    return new AttemptEntry(
        call,
        attempt,
        revision,
        instant(),
        dimensions(),
        maybe(() -> any("order-1", "order-2", "order-3")),
        any(AttemptKind.values()),
        maybe(() -> any(Reason.values())),
        any("economy", "premium"),
        sku(),
        maybe(this::text),
        maybe(() -> "{\"input_tokens\": 12}"),
        maybe(this::usage),
        segments(),
        any(UsageSource.values()),
        maybe(this::text),
        maybe(this::text),
        maybe(this::day),
        maybe(this::money),
        maybe(this::money),
        maybe(this::money),
        money(),
        any(Ending.values()),
        chance.nextInt(600),
        maybe(this::text),
        maybe(this::money),
        money(),
        maybe(this::text));
  }

  public CallEntry call(String id, int attempts) {
    var startedAt = instant();
    return new CallEntry(
        id,
        startedAt,
        startedAt.plusMillis(chance.nextInt(10_000)),
        dimensions(),
        maybe(this::text),
        maybe(this::text),
        maybe(this::text),
        maybe(() -> any("order-1", "order-2", "order-3")),
        maybe(this::text),
        maybe(() -> any(Source.values())),
        text(),
        maybe(this::day),
        maybe(() -> any("economy", "premium")),
        maybe(() -> any("economy", "premium")),
        maybe(this::model),
        some(() -> any(Reason.values())),
        some(() -> new Rule(text(), chance.nextBoolean(), text())),
        some(() -> new Rung(text(), model(), any(AttemptKind.values()), any(Reason.values()))),
        segments(),
        money(),
        maybe(this::money),
        chance.nextBoolean(),
        chance.nextInt(600),
        maybe(this::text),
        maybe(this::text),
        chance.nextInt(9),
        maybe(this::text),
        attempts,
        maybe(this::money),
        money(),
        money(),
        maybe(this::money),
        money(),
        chance.nextInt(3));
  }

  private Instant instant() {
    return BEGIN.plus(chance.nextLong(3_600_000_000L), ChronoUnit.MICROS);
  }

  private LocalDate day() {
    return LocalDate.of(2026, 1, 1).plusDays(chance.nextInt(900));
  }

  private Dimensions dimensions() {
    return new Dimensions(
        any("app", "batch"),
        any("free", "standard"),
        maybe(() -> "search"),
        maybe(() -> "rank"),
        any("summarise", "other"));
  }

  private Sku sku() {
    return new Sku(
        model(),
        any("direct", "azure"),
        maybe(() -> "eu"),
        any(ServiceTier.values()),
        any(0L, 200_000L));
  }

  private ModelId model() {
    return ModelId.parse(any("alpha/small", "beta/meta/large"));
  }

  private Usage usage() {
    var output = money();
    return new Usage(money(), money(), money(), money(), output, output / 2);
  }

  private Segments segments() {
    return new Segments(money(), money(), money(), money(), money(), money());
  }

  private long money() {
    return chance.nextInt(1 << chance.nextInt(1, 31));
  }

  /// Text that has hurt others: line ends, quotes, what looks like SQL, other alphabets, nothing.
  private String text() {
    return any(
        "", "a\r\nb\u2028c", "'; DROP TABLE calls; --", "\"\\", "Ünïcödé 🚆", "x".repeat(300));
  }

  private <T> @Nullable T maybe(Supplier<T> value) {
    return chance.nextInt(3) == 0 ? null : value.get();
  }

  private <T> List<T> some(Supplier<T> element) {
    return Stream.generate(element).limit(chance.nextInt(3)).toList();
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[chance.nextInt(values.length)];
  }
}
