package io.faregate.call;

import io.faregate.money.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a call asks of a model, read from its body once: enough to decide, to price and to hold.
///
/// @param protocol how it is asked, which decides to whom it can be carried
/// @param inputBytes UTF-8 bytes of all text by segment; a tokenizer makes no more tokens than that
/// @param turnBytes bytes of each earlier turn, oldest first; together they are the history
/// @param inputBound most tokens of input that the body can become at any model
/// @param outputLimit the client's limit of output tokens, reasoning included; null if it set none
/// @param choices how many answers are asked for (`n`)
/// @param cacheAsked whether the body marks parts for a prompt cache
/// @param unbounded why no bound of its cost can be given (server tools without a use cap, ...)
/// @param uncarried the kinds of providers to which something in it cannot be carried, and what:
///   known once the way there has been tried
/// @param service the service tier and place that are asked for, which have prices of their own
/// @param thinkingBudget output tokens that the client sets aside for thinking; 0 if it said none
public record Demand(
    Protocol protocol,
    Segments inputBytes,
    List<Long> turnBytes,
    long inputBound,
    @Nullable Long outputLimit,
    int choices,
    boolean streamed,
    boolean cacheAsked,
    Set<Capability> needs,
    @Nullable String unbounded,
    Map<Api, String> uncarried,
    Service service,
    long thinkingBudget) {
  public Demand {
    turnBytes = List.copyOf(turnBytes);
    needs = Set.copyOf(needs);
    uncarried = Map.copyOf(uncarried);
    if (choices < 1 || (outputLimit != null && outputLimit < 0)) {
      throw new IllegalArgumentException("neither choices nor output limit fit");
    }
  }

  /// A call that, as far as is known, can be carried wherever its protocol can.
  public Demand(
      Protocol protocol,
      Segments inputBytes,
      List<Long> turnBytes,
      long inputBound,
      @Nullable Long outputLimit,
      int choices,
      boolean streamed,
      boolean cacheAsked,
      Set<Capability> needs,
      @Nullable String unbounded) {
    this(
        protocol,
        inputBytes,
        turnBytes,
        inputBound,
        outputLimit,
        choices,
        streamed,
        cacheAsked,
        needs,
        unbounded,
        Map.of(),
        Service.USUAL,
        0);
  }

  /// The same going on from an earlier answer, whose tokens come along as input.
  public Demand goingOn(long tokens) {
    return with(inputBound + tokens, null, uncarried, service);
  }

  /// The same, known not to be carried to that kind of provider.
  ///
  /// @param why names what in it cannot be
  public Demand without(Api api, String why) {
    var all = new HashMap<>(uncarried);
    all.put(api, why);
    return with(inputBound, unbounded, all, service);
  }

  /// The same asking to be served otherwise than usual.
  public Demand at(Service service) {
    return service.equals(Service.USUAL) ? this : with(inputBound, unbounded, uncarried, service);
  }

  /// The same with so many output tokens set aside for thinking.
  public Demand thinking(long budget) {
    return writing(outputLimit, budget);
  }

  /// The same with that limit of output tokens in place of the client's.
  public Demand limitedTo(long tokens) {
    return writing(tokens, thinkingBudget);
  }

  private Demand writing(@Nullable Long outputLimit, long thinkingBudget) {
    return new Demand(
        protocol,
        inputBytes,
        turnBytes,
        inputBound,
        outputLimit,
        choices,
        streamed,
        cacheAsked,
        needs,
        unbounded,
        uncarried,
        service,
        thinkingBudget);
  }

  private Demand with(
      long inputBound, @Nullable String unbounded, Map<Api, String> uncarried, Service service) {
    return new Demand(
        protocol,
        inputBytes,
        turnBytes,
        inputBound,
        outputLimit,
        choices,
        streamed,
        cacheAsked,
        needs,
        unbounded,
        uncarried,
        service,
        thinkingBudget);
  }

  /// A plain text call of one user turn, for calculations and examples.
  public static Demand ofInputBytes(Segments inputBytes) {
    return new Demand(
        Protocol.CHAT,
        inputBytes,
        List.of(),
        inputBytes.total(),
        null,
        1,
        false,
        false,
        Set.of(),
        null);
  }
}
