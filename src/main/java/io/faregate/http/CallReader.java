package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Named;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.body.Tags;
import io.faregate.gateway.Header;
import io.vertx.core.MultiMap;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what the headers of a request say about its call, over what the body says. Source: CLIENTS
/// §2, §5.
final class CallReader {
  private static final int MAX_NAME = 128;
  private static final int MAX_MODEL = 512;
  private static final int MAX_ID = 128;
  private static final int MAX_JUSTIFICATION = 256;
  private static final int MAX_TAGS = 1_024;
  private static final int MAX_AMOUNT = 64;
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,3}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");

  /// The answer that it is too late must be there before the client stops waiting, or it tries
  /// again.
  private static final long PART_FOR_THE_WAY = 20;

  private static final Duration MOST_FOR_THE_WAY = Duration.ofSeconds(1);

  /// The client's headers that a provider gets; all others stay here (RELIABILITY C19).
  private static final List<CharSequence> FORWARDED =
      HeaderNames.all(
          "accept",
          "user-agent",
          "openai-beta",
          "idempotency-key",
          "x-client-request-id",
          "traceparent",
          "tracestate");

  /// Anthropic adds headers of this kind all the time, and its clients rely on them.
  private static final String OPEN = "anthropic-";

  private static final CharSequence TASK = HeaderNames.of("x-faregate-task");
  private static final CharSequence WORKFLOW = HeaderNames.of("x-faregate-workflow");
  private static final CharSequence STEP = HeaderNames.of("x-faregate-step");
  private static final CharSequence PLAN = HeaderNames.of("x-faregate-plan");
  private static final CharSequence ACTION = HeaderNames.of("x-faregate-action");
  private static final CharSequence JUSTIFICATION = HeaderNames.of("x-faregate-justification");
  private static final CharSequence USER = HeaderNames.of("x-faregate-user");
  private static final CharSequence SESSION = HeaderNames.of("x-faregate-session");
  private static final CharSequence TAGS = HeaderNames.of("x-faregate-tags");
  private static final CharSequence REQUEST_ID = HeaderNames.of("x-request-id");
  private static final CharSequence MAX_COST = HeaderNames.of("x-faregate-max-cost-usd");
  private static final CharSequence RETRIES = HeaderNames.of("x-stainless-retry-count");
  private static final CharSequence TIMEOUT = HeaderNames.of("x-stainless-timeout");
  private static final CharSequence READ_TIMEOUT = HeaderNames.of("x-stainless-read-timeout");

  private CallReader() {}

  /// What the call is for.
  ///
  /// @param body what the body says, and what headers of others do
  /// @throws DialectException if a value is too long or not plain text
  static Work work(MultiMap headers, Work body) {
    return new Work(
        named(headers, TASK, body.task()),
        named(headers, WORKFLOW, body.workflow()),
        named(headers, STEP, body.step()),
        named(headers, PLAN, body.plan()),
        model(body.model()),
        id(headers, ACTION, body.action()),
        justification(headers, body.justification()),
        id(headers, USER, body.user()),
        id(headers, SESSION, body.session()),
        tags(headers, body.tags()));
  }

  private static @Nullable String tags(MultiMap headers, @Nullable String body) {
    var own = bounded(TAGS, headers.get(TAGS), MAX_TAGS);
    return new Tags().addAll(own).addAll(body).text();
  }

  /// The headers to pass on.
  static List<Header> forwarded(MultiMap headers) {
    var forwarded = new ArrayList<Header>(4);
    for (var name : FORWARDED) {
      var value = headers.get(name);
      if (value != null) {
        forwarded.add(new Header(name.toString(), value));
      }
    }
    headers.forEach((name, value) -> {
      if (name.regionMatches(true, 0, OPEN, 0, OPEN.length())) {
        forwarded.add(new Header(name.toLowerCase(Locale.ROOT), value));
      }
    });
    return forwarded;
  }

  /// The client's own id of the request; one that cannot be shown is replaced by that of the call.
  static @Nullable String requestId(MultiMap headers, String call) {
    var id = headers.get(REQUEST_ID);
    return id == null || (id.length() <= MAX_ID && visible(id)) ? id : call;
  }

  /// How often the client has tried before, as far as it says.
  static int retries(MultiMap headers) {
    var count = headers.get(RETRIES);
    return count != null && COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
  }

  /// The most that the call may cost, in nano-dollars; null if the client does not say.
  ///
  /// @throws DialectException if it is no amount
  static @Nullable Long maxCost(MultiMap headers) {
    var amount = bounded(MAX_COST, headers.get(MAX_COST), MAX_AMOUNT);
    if (amount == null) {
      return null;
    }
    try {
      long nanoUsd = nanos(amount.strip());
      if (nanoUsd >= 0) {
        return nanoUsd;
      }
    } catch (ArithmeticException | NumberFormatException notAnAmount) {
      // It is told below.
    }
    throw new DialectException(
        MAX_COST + " must be an amount of US dollars, such as 0.05, with at most nine decimals",
        MAX_COST.toString());
  }

  /// How long the client waits for an answer to begin, less the way back; null if it does not say,
  /// or nothing that can be read. Until then it hears nothing, so both its times count.
  static @Nullable Duration patience(MultiMap headers) {
    var whole = seconds(headers.get(TIMEOUT));
    var silence = seconds(headers.get(READ_TIMEOUT));
    var wait = whole == null || (silence != null && silence.compareTo(whole) < 0) ? silence : whole;
    if (wait == null) {
      return null;
    }
    var part = wait.dividedBy(PART_FOR_THE_WAY);
    return wait.minus(part.compareTo(MOST_FOR_THE_WAY) < 0 ? part : MOST_FOR_THE_WAY);
  }

  private static @Nullable Duration seconds(@Nullable String text) {
    if (text == null || !SECONDS.matcher(text).matches()) {
      return null;
    }
    var time = Duration.ofNanos(nanos(text));
    return time.isZero() ? null : time;
  }

  /// A decimal in billionths.
  ///
  /// @throws ArithmeticException if it is finer, or does not fit
  private static long nanos(String decimal) {
    return new BigDecimal(decimal).scaleByPowerOfTen(9).longValueExact();
  }

  /// Names of models may be paths.
  private static @Nullable String model(@Nullable String name) {
    var _ = bounded("model", name, MAX_MODEL);
    return name;
  }

  private static @Nullable Named named(MultiMap headers, CharSequence name, @Nullable Named body) {
    var header = headers.get(name);
    if (header == null) {
      var _ = bounded(name, body == null ? null : body.name(), MAX_NAME);
      return body;
    }
    var _ = bounded(name, header, MAX_NAME);
    // What is not believed need not be a name.
    var unheard = body != null && body.name().length() > MAX_NAME ? null : body;
    return new Named(header, Source.HEADER, unheard);
  }

  private static @Nullable String id(MultiMap headers, CharSequence name, @Nullable String body) {
    var header = headers.get(name);
    var value = header == null ? body : header;
    if (value != null && !value.isEmpty() && header != null && !visible(value)) {
      throw new DialectException(name + " must be visible ASCII without spaces", name.toString());
    }
    return bounded(name, value, MAX_ID);
  }

  private static @Nullable String justification(MultiMap headers, @Nullable String body) {
    var header = headers.get(JUSTIFICATION);
    var value = header == null ? body : decoded(header);
    return bounded(JUSTIFICATION, value, MAX_JUSTIFICATION);
  }

  /// What is not ASCII comes percent-encoded in a header.
  private static String decoded(String value) {
    try {
      return value.indexOf('%') < 0 ? value : URLDecoder.decode(value.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      // A lone per cent sign in plain words.
      return value;
    }
  }

  private static @Nullable String bounded(CharSequence name, @Nullable String value, int most) {
    if (value == null || value.isBlank()) {
      return null;
    }
    if (value.length() > most) {
      throw new DialectException(
          "%s has %d characters, at most %d fit".formatted(name, value.length(), most),
          name.toString());
    }
    return value;
  }

  private static boolean visible(String value) {
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
