package io.faregate.gateway;

import io.faregate.call.ModelId;
import io.faregate.call.Reason;
import io.faregate.call.Rung;
import io.faregate.dialect.Failure;
import io.faregate.ledger.AttemptEntry;
import io.faregate.ledger.Costs;
import io.faregate.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The headers of an answer: what the provider's own may tell a client, and what Faregate says of
/// the call. Source: CLIENTS §9; RELIABILITY C20.
public final class AnswerHeaders {
  private static final Set<String> PASSED =
      Set.of(
          "content-type",
          "retry-after",
          "retry-after-ms",
          "x-should-retry",
          "openai-processing-ms",
          "openai-version",
          // The clients of Anthropic show it to their users, and its support asks for it.
          "request-id");

  /// How much may still be asked of a provider, in OpenAI's words and in Anthropic's.
  private static final List<String> RATES = List.of("x-ratelimit-", "anthropic-ratelimit-");

  /// Where providers put their id of a request: OpenAI, Anthropic, Amazon.
  private static final List<String> PROVIDERS_IDS =
      List.of("x-request-id", "request-id", "x-amzn-requestid");

  private AnswerHeaders() {}

  /// Of a stream, whose cost is not known when it begins.
  static List<Header> ofStream(Exchange exchange, Attempt attempt, List<Header> provider) {
    var headers = passed(provider);
    ofCall(exchange, attempt.rung(), headers);
    headers.add(new Header("cache-control", "no-cache, no-transform"));
    headers.add(new Header("x-accel-buffering", "no"));
    return headers;
  }

  /// Of a whole answer, after its attempt has been settled.
  static List<Header> ofWhole(Exchange exchange, AttemptEntry attempt, List<Header> provider) {
    var headers = passed(provider);
    var rung = new Rung(attempt.tier(), attempt.sku().model(), attempt.kind(), attempt.reason());
    ofCall(exchange, rung, headers);
    var cost = Costs.of(exchange.attempts());
    if (cost.nanoUsd() != null) {
      headers.add(new Header("x-faregate-cost-usd", Money.usd(cost.nanoUsd())));
    }
    headers.add(new Header("x-faregate-usage-source", attempt.usageSource().word()));
    return headers;
  }

  /// Of an error of ours.
  static List<Header> ofFailure(String call, @Nullable Exchange exchange) {
    var headers = new ArrayList<Header>(8);
    headers.add(new Header("content-type", "application/json"));
    if (exchange == null) {
      headers.add(new Header("x-faregate-call", call));
    } else {
      ofCall(exchange, exchange.first(), headers);
    }
    return headers;
  }

  /// Of the size of a call that is not sent.
  static List<Header> ofCount(Exchange exchange, ModelId model) {
    var headers = new ArrayList<Header>(8);
    headers.add(new Header("content-type", "application/json"));
    headers.add(new Header("x-faregate-model", model.toString()));
    headers.add(new Header("x-faregate-tier", exchange.first().tier()));
    headers.add(new Header("x-faregate-task", exchange.decision().assignment().row().name()));
    return headers;
  }

  /// What an error of ours tells a client's retry logic.
  public static List<Header> of(Failure failure) {
    var headers = new ArrayList<Header>(4);
    headers.add(new Header("x-faregate-error", failure.code()));
    if (failure.retry() != null) {
      headers.add(new Header("x-should-retry", failure.retry().toString()));
    }
    if (failure.retryAfterSeconds() != null) {
      headers.add(new Header("retry-after", failure.retryAfterSeconds().toString()));
    }
    if (failure.reached() != null) {
      ofLimit(failure.reached(), headers);
    }
    return headers;
  }

  private static void ofLimit(Failure.Reached reached, List<Header> headers) {
    if (reached.limit() != null) {
      headers.add(new Header("x-faregate-limit", reached.limit()));
    }
    if (reached.resetsAt() != null) {
      headers.add(new Header("x-faregate-limit-resets-at", reached.resetsAt().toString()));
    }
  }

  /// The provider's headers with the content type of an answer that is translated.
  static List<Header> translated(List<Header> provider, boolean streamed) {
    var headers = new ArrayList<Header>(provider.size() + 1);
    headers.add(new Header("content-type", streamed ? "text/event-stream" : "application/json"));
    provider.stream().filter(header -> !header.name().equals("content-type")).forEach(headers::add);
    return headers;
  }

  private static List<Header> passed(List<Header> provider) {
    var headers = new ArrayList<Header>(12);
    for (var header : provider) {
      if (PASSED.contains(header.name()) || isRate(header.name())) {
        headers.add(header);
      }
    }
    var id = requestId(provider);
    if (id != null) {
      headers.add(new Header("x-faregate-provider-request-id", id));
    }
    return headers;
  }

  private static boolean isRate(String name) {
    for (var rate : RATES) {
      if (name.startsWith(rate)) {
        return true;
      }
    }
    return false;
  }

  /// The provider's own id of a request, or null.
  static @Nullable String requestId(List<Header> provider) {
    for (var name : PROVIDERS_IDS) {
      var id = Header.value(provider, name);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  private static void ofCall(Exchange exchange, Rung rung, List<Header> headers) {
    headers.add(new Header("x-faregate-call", exchange.id()));
    headers.add(new Header("x-faregate-model", rung.model().toString()));
    headers.add(new Header("x-faregate-tier", rung.tier()));
    headers.add(new Header("x-faregate-task", exchange.decision().assignment().row().name()));
    headers.add(new Header("x-faregate-attempts", Integer.toString(exchange.tried())));
    if (exchange.outputCap() != null) {
      headers.add(new Header("x-faregate-output-cap", exchange.outputCap().toString()));
    }
    if (!exchange.reasons().isEmpty()) {
      headers.add(new Header("x-faregate-reasons", words(exchange.reasons())));
    }
    for (var warning : exchange.warnings()) {
      headers.add(new Header("x-faregate-warning", warning));
    }
  }

  private static String words(Set<Reason> reasons) {
    return reasons.stream().map(Reason::word).collect(Collectors.joining(","));
  }
}
