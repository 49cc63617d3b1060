package io.faregate.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faregate.call.Named;
import io.faregate.call.Source;
import io.faregate.call.Work;
import io.faregate.dialect.DialectException;
import io.faregate.dialect.body.Tags;
import io.faregate.gateway.Header;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
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
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,3}");

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
  private static final CharSequence RETRIES = HeaderNames.of("x-stainless-retry-count");

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

  /// Names of models may be paths.
  private static @Nullable String model(@Nullable String name) {
    var _ = bounded("model", name, MAX_MODEL);
    return name;
  }

  private static @Nullable Named named(MultiMap headers, CharSequence name, @Nullable Named body) {
    var header = headers.get(name);
    var named = header == null ? body : new Named(header, Source.HEADER);
    if (named != null) {
      var _ = bounded(name, named.name(), MAX_NAME);
    }
    return named;
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
