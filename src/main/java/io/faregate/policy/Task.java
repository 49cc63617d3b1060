package io.faregate.policy;

import io.faregate.call.Reason;
import io.faregate.call.Segment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of the routing table: how one kind of work is served. A step of a workflow is such a row
/// too, with the name of its task and its own settings laid over it.
///
/// @param name the task, also in the row of a step
/// @param fallback the tiers to try after `tier`, in order
/// @param fallbackOn the reasons that lead to a fallback
/// @param retries attempts in the same tier after the first one
/// @param because why the team chose this; shown wherever the decision is explained
/// @param outputTokens cap of the answer, or null
/// @param segments limits of input tokens by segment, over those of the policy
public record Task(
    String name,
    String tier,
    List<String> fallback,
    Set<Reason> fallbackOn,
    int retries,
    @Nullable String because,
    @Nullable Validation validate,
    @Nullable Confidence confidence,
    @Nullable Check check,
    OnExhausted onExhausted,
    @Nullable Long outputTokens,
    Map<Segment, Long> segments,
    Latency latency) {
  /// What leads to a fallback unless a task says otherwise.
  public static final Set<Reason> DEFAULT_FALLBACK_ON =
      Set.of(
          Reason.LOW_CONFIDENCE,
          Reason.FAILED_VALIDATION,
          Reason.REFUSED_ANSWER,
          Reason.TRUNCATED_ANSWER,
          Reason.SAFETY_CHECK,
          Reason.PROVIDER_ERROR,
          Reason.RATE_LIMITED,
          Reason.TIMEOUT);

  /// Attempts in the same tier after the first one, unless a task says otherwise.
  public static final int DEFAULT_RETRIES = 1;

  public Task {
    fallback = List.copyOf(fallback);
    fallbackOn = Set.copyOf(fallbackOn);
    segments = Map.copyOf(segments);
  }

  /// A row with a first tier, fallbacks, and the defaults for the rest.
  public static Task of(String name, String tier, String... fallback) {
    return new Task(
        name,
        tier,
        List.of(fallback),
        DEFAULT_FALLBACK_ON,
        DEFAULT_RETRIES,
        null,
        null,
        null,
        null,
        OnExhausted.DELIVER,
        null,
        Map.of(),
        Latency.INTERACTIVE);
  }

  /// What the client gets when the chain ends with an answer that was not good enough.
  public enum OnExhausted {
    DELIVER,
    REFUSE
  }

  /// Whether somebody waits for the answer.
  public enum Latency {
    INTERACTIVE,
    BATCH
  }

  /// What an answer must be; null is not asked for.
  public record Validation(
      boolean nonEmpty,
      boolean json,
      @Nullable String jsonSchema,
      @Nullable String regex,
      @Nullable Long maxChars) {}

  /// When a cheap answer is sure enough: the first of the signals that the model offers, compared
  /// with a threshold in millionths, or with one calibrated for a quality in millionths.
  public record Confidence(
      List<Signal> signals, @Nullable Long belowMillionths, @Nullable Long qualityMillionths) {
    public Confidence {
      signals = List.copyOf(signals);
    }
  }

  /// How confidence is measured.
  public enum Signal {
    LOGPROB,
    SELF_CHECK,
    AGREEMENT,
    CLASSIFIER
  }

  /// A second look at each answer: the tier that looks, what it is asked, and what a bad answer
  /// leads to.
  public record Check(String tier, String prompt, OnFail onFail) {}

  /// What a failed check leads to.
  public enum OnFail {
    FALLBACK,
    REFUSE
  }
}
