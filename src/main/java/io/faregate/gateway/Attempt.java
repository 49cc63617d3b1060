package io.faregate.gateway;

import io.faregate.budget.Bid;
import io.faregate.budget.Ceiling;
import io.faregate.budget.Hold;
import io.faregate.budget.Settlement;
import io.faregate.budget.Spender;
import io.faregate.budget.Terms;
import io.faregate.call.Api;
import io.faregate.call.Capability;
import io.faregate.call.Ending;
import io.faregate.call.Rung;
import io.faregate.call.Segments;
import io.faregate.dialect.Answer;
import io.faregate.dialect.Body;
import io.faregate.dialect.Carriage;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.ReportedUsage;
import io.faregate.dialect.carry.Cargo;
import io.faregate.dialect.carry.Carriages;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Sku;
import io.faregate.ledger.StartedEntry;
import io.faregate.money.Price;
import io.faregate.money.RatesText;
import io.faregate.money.Residency;
import io.faregate.money.Service;
import io.faregate.money.ServiceTier;
import io.faregate.money.Usage;
import io.faregate.policy.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The account of one attempt: what is set aside before it is sent, and its row when it is over.
final class Attempt {
  private static final int LONGEST_PROBLEM = 200;

  private final Exchange exchange;
  private final Rung rung;
  private final int number;
  private final Instant startedAt;
  private final long startedNanos;
  private final LocalDate day;
  private final @Nullable Price price;

  private @Nullable Carriage carriage;
  private Hold.@Nullable Held held;
  private long firstByteNanos = -1;
  private long endedNanos;
  private int status;
  private @Nullable String providerRequestId;
  private @Nullable String problem;
  private boolean usageContradicts;

  /// An attempt that nothing is set aside for yet.
  Attempt(Exchange exchange, Rung rung, Time time) {
    this.exchange = exchange;
    this.rung = rung;
    // By the clock, whenever the call came: windows of limits roll by it.
    this.startedAt = time.now();
    this.startedNanos = time.nanos();
    this.number = exchange.tried() + 1;
    this.day = startedAt.atOffset(ZoneOffset.UTC).toLocalDate();
    this.price = policy().price(rung.model(), day).orElse(null);
  }

  /// What the model's provider speaks.
  Api api() {
    return Objects.requireNonNull(policy().served().get(rung.model().provider()));
  }

  /// Writes what it will send.
  ///
  /// @return what in the call cannot be carried to the provider, or null if all can
  @Nullable String pack() {
    try {
      carriage = packed();
      return null;
    } catch (DialectException cannot) {
      return String.valueOf(cannot.getMessage());
    }
  }

  /// How it is carried; written once more if the limits have put a cap on its output since.
  Carriage carriage() {
    return carriage == null || affordable() != null ? packed() : carriage;
  }

  private Carriage packed() {
    var arrival = exchange.arrival();
    var changes =
        new Body.Changes(rung.model().name(), exchange.decision().turnsTrimmed(), outputCap());
    var call = arrival.call();
    var most = policy().model(rung.model()).maxOutputTokens();
    var provider = rung.model().provider();
    var cargo = new Cargo(arrival.body(), changes, call.id(), call.startedAt(), provider, most);
    return Carriages.of(arrival.dialect(), api(), cargo);
  }

  /// What it asks of the book.
  Bid bid() {
    var dimensions = exchange.dimensions();
    var terms = asksForService() ? servedAtEither() : terms(price, false);
    return new Bid(
        exchange.id(),
        number,
        new Spender(dimensions.key(), dimensions.workflow(), rung.tier()),
        rung.tier().equals(policy().top().name()),
        terms,
        startedAt,
        exchange.leftToSpend());
  }

  /// The provider decides whether it serves as it was asked to: the dearer row counts, and where
  /// the cost at one of them is unknown, the other one with that remark.
  private Terms servedAtEither() {
    var usual = terms(price, false);
    var asked = terms(servicePrice(), false);
    var usualCost = usual.ceiling(null).cost().nanoUsdOrNull();
    var askedCost = asked.ceiling(null).cost().nanoUsdOrNull();
    if (usualCost == null || askedCost == null) {
      return terms(askedCost == null ? price : asked.price(), true);
    }
    return askedCost > usualCost ? asked : usual;
  }

  private Terms terms(@Nullable Price at, boolean mayCostMore) {
    return new Terms(
        exchange.arrival().call().demand(),
        exchange.decision().outputLimit(),
        policy().model(rung.model()),
        at,
        null,
        mayCostMore);
  }

  /// Whether it asks to be served in a way that has prices of its own. A translation drops such a
  /// wish.
  private boolean asksForService() {
    var asked = asked();
    return (carriage == null || carriage.straight())
        && (!Optional.of(ServiceTier.STANDARD).equals(tierAsked())
            || Residency.of(asked.geo()) != Residency.ANYWHERE);
  }

  /// The row of what it asks for, or null when nobody has stated one.
  private @Nullable Price servicePrice() {
    return tierAsked()
        .flatMap(tier -> policy().prices().price(rung.model().toString(), tier, day))
        .flatMap(Residency.of(asked().geo())::price)
        .orElse(null);
  }

  /// The service tier that it asks for; empty if it is none that we know.
  private Optional<ServiceTier> tierAsked() {
    var tier = asked().tier();
    return tier == null ? Optional.of(ServiceTier.STANDARD) : ServiceTier.of(tier);
  }

  private Service asked() {
    return exchange.arrival().call().demand().service();
  }

  Rung rung() {
    return rung;
  }

  /// Notes what is set aside for it.
  ///
  /// @return the entry to write before anything is sent
  StartedEntry started(Hold.Held held) {
    this.held = held;
    return new StartedEntry(
        exchange.id(),
        number,
        startedAt,
        exchange.dimensions(),
        exchange.arrival().call().work().action(),
        rung.kind(),
        rung.reason(),
        rung.tier(),
        rung.model(),
        ceiling().cost().nanoUsdOrNull(),
        price == null ? null : price.from(),
        policy().version());
  }

  /// The cap that step, plan or limits put on its output in place of a higher one or of none; null
  /// if what the client said stays.
  @Nullable Long outputCap() {
    var limit = exchange.decision().outputLimit();
    var cap = limit == null ? affordable() : limit;
    var asked = exchange.arrival().call().demand().outputLimit();
    return cap != null && (asked == null || cap < asked) ? cap : null;
  }

  /// The most output tokens that the limits leave to it, where nobody stated any; null otherwise.
  private @Nullable Long affordable() {
    return held == null ? null : held.outputCap();
  }

  /// When it was sent.
  long startedNanos() {
    return startedNanos;
  }

  /// When it was over, once it is.
  long endedNanos() {
    return endedNanos;
  }

  /// Notes that the provider answered.
  void answered(int status, @Nullable String providerRequestId) {
    this.status = status;
    this.providerRequestId = providerRequestId;
  }

  int status() {
    return status;
  }

  /// Notes a byte of the answer.
  void heard(long nanos) {
    if (firstByteNanos < 0) {
      firstByteNanos = nanos;
    }
  }

  /// Notes why there will be no whole answer. The words are for a person; they hold nothing of a
  /// header, and of a body at most the name of a member.
  void failed(String why) {
    var said = why.strip();
    problem =
        said.length() <= LONGEST_PROBLEM ? said : said.substring(0, LONGEST_PROBLEM - 1) + "…";
  }

  /// Whether its provider said something of its usage that cannot be, or that does not add up.
  boolean usageContradicts() {
    return usageContradicts;
  }

  /// The row of the attempt, now that it is over.
  AttemptEntry over(Ending ending, Answer answer, long nanos) {
    endedNanos = nanos;
    usageContradicts = answer.usageContradicts();
    if (usageContradicts && problem == null) {
      problem = "what it says of its usage contradicts itself or does not add up";
    }
    var row = priceOf(answer);
    var settled = Settlement.of(known(ending, answer), ceiling(), row, boundDoubt(ending));
    var usage = settled.usage();
    var reported = answer.usage().orElse(null);
    return new AttemptEntry(
        exchange.id(),
        number,
        0,
        startedAt,
        exchange.dimensions(),
        exchange.arrival().call().work().action(),
        rung.kind(),
        rung.reason(),
        rung.tier(),
        sku(answer, row, usage),
        answer.modelServed(),
        reported == null ? null : reported.raw(),
        usage,
        usage == null ? Segments.NONE : exchange.decision().tokens().scaledTo(usage.inputTotal()),
        settled.source(),
        row == null || usage == null ? null : RatesText.write(row.rates(usage.inputTotal())),
        row == null ? null : row.source(),
        row == null ? null : row.from(),
        settled.cost().nanoUsdOrNull(),
        reported == null ? null : reported.costNanoUsd(),
        ceiling().cost().nanoUsdOrNull(),
        settled.inDoubtNanoUsd(),
        ending,
        status,
        providerRequestId,
        firstByteNanos < 0 ? null : millis(firstByteNanos),
        millis(nanos),
        problem);
  }

  /// Whether what it may have cost beyond what was seen stays in doubt. A provider that is said to
  /// stop when nobody listens has stopped only where it was cut off.
  private boolean boundDoubt(Ending ending) {
    return switch (ending) {
      case ABANDONED, CUT -> !policy().asSeen().contains(rung.model().provider());
      case ANSWERED, NO_USAGE, REFUSED, REFUSED_BILLED, UNSENT, LOST, CRASHED -> true;
    };
  }

  private Ceiling ceiling() {
    if (held == null) {
      throw new IllegalStateException(
          "attempt %d of %s was not held".formatted(number, exchange.id()));
    }
    return held.ceiling();
  }

  private Settlement.Known known(Ending ending, Answer answer) {
    var tokens = exchange.decision().tokens().total();
    var scale = Math.max(answer.pieces(), answer.textBytes() / 4);
    var can = policy().model(rung.model()).can();
    var hidden = can == null || can.contains(Capability.REASONING);
    return new Settlement.Known(
        ending,
        answer.usage().map(reported -> reported.usage()).orElse(null),
        Usage.of(tokens, scale),
        answer.textBytes(),
        hidden);
  }

  /// The row of the model, service tier and place that served: a model that the provider names
  /// exactly as the catalogue does, else the one that was asked for. Null where other models took
  /// part: at one row it would cost too little.
  private @Nullable Price priceOf(Answer answer) {
    if (answer.usage().filter(ReportedUsage::otherModels).isPresent()) {
      return null;
    }
    return anywhere(answer).flatMap(residency(answer)::price).orElse(null);
  }

  private Optional<Price> anywhere(Answer answer) {
    var tier = serviceTier(answer);
    var served = answer.modelServed();
    if (served != null && !served.equals(rung.model().name())) {
      var exact = policy().prices().price(rung.model().provider() + "/" + served, tier, day);
      if (exact.isPresent()) {
        return exact;
      }
    }
    return tier == ServiceTier.STANDARD
        ? Optional.ofNullable(price)
        : policy().prices().price(rung.model().toString(), tier, day);
  }

  private static Residency residency(Answer answer) {
    return Residency.of(answer.service().geo());
  }

  private static ServiceTier serviceTier(Answer answer) {
    var word = answer.service().tier();
    return word == null ? ServiceTier.STANDARD : ServiceTier.of(word).orElse(ServiceTier.STANDARD);
  }

  private Sku sku(Answer answer, @Nullable Price row, @Nullable Usage usage) {
    var start = row == null || usage == null ? 0 : row.contextStart(usage.inputTotal());
    return new Sku(rung.model(), "direct", residency(answer).word(), serviceTier(answer), start);
  }

  private long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos - startedNanos);
  }

  private Policy policy() {
    return exchange.policy();
  }
}
