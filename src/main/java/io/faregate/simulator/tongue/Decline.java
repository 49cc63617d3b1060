package io.faregate.simulator.tongue;

/// A call that the provider declines; each [Tongue] writes it in its own shape.
public final class Decline extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Why, where the status alone does not tell.
  public enum Why {
    STATUS,
    BAD_REQUEST,
    UNKNOWN_MODEL,
    UNKNOWN_PATH,
    UNKNOWN_RESPONSE,
    BAD_KEY,
    CONTEXT_LENGTH,
    FILTERED
  }

  private final int status;
  private final Why why;
  private final long retryAfterSeconds;
  private final long promptTokens;
  private final long windowTokens;

  private Decline(int status, Why why, String message, long retryAfterSeconds) {
    super(message, null, false, false);
    this.status = status;
    this.why = why;
    this.retryAfterSeconds = retryAfterSeconds;
    this.promptTokens = 0;
    this.windowTokens = 0;
  }

  private Decline(String message, long promptTokens, long windowTokens) {
    super(message, null, false, false);
    this.status = 400;
    this.why = Why.CONTEXT_LENGTH;
    this.retryAfterSeconds = -1;
    this.promptTokens = promptTokens;
    this.windowTokens = windowTokens;
  }

  private Decline(int status, Why why, String message) {
    this(status, why, message, -1);
  }

  public static Decline badRequest(String message) {
    return new Decline(400, Why.BAD_REQUEST, message);
  }

  public static Decline unknownModel(String model) {
    return new Decline(
        404,
        Why.UNKNOWN_MODEL,
        "The model `%s` does not exist or you do not have access to it.".formatted(model));
  }

  /// A `previous_response_id` that is not kept here.
  public static Decline unknownResponse(String id) {
    return new Decline(
        400, Why.UNKNOWN_RESPONSE, "Previous response with id '%s' not found.".formatted(id));
  }

  public static Decline badKey() {
    return new Decline(401, Why.BAD_KEY, "Incorrect API key provided.");
  }

  /// A call that shows no key or signature where one is asked for.
  public static Decline noKey() {
    return new Decline(403, Why.BAD_KEY, "Missing Authentication Token");
  }

  public static Decline forbidden(String message) {
    return new Decline(403, Why.STATUS, message);
  }

  public static Decline contextLength(long windowTokens, long promptTokens) {
    return new Decline(
        ("This model's maximum context length is %d tokens. However, your messages resulted in %d"
                + " tokens. Please reduce the length of the messages.")
            .formatted(windowTokens, promptTokens),
        promptTokens,
        windowTokens);
  }

  /// A prompt that a filter has stopped, which Azure bills.
  public static Decline filtered() {
    return new Decline(400, Why.FILTERED, "The prompt was filtered (simulated).");
  }

  public static Decline unknownPath() {
    return new Decline(404, Why.UNKNOWN_PATH, "Unknown request URL.");
  }

  /// What a provider says with a bare status.
  public static Decline ofStatus(int status) {
    return ofStatus(status, -1);
  }

  /// The same with the seconds after which to try again; below 0 they are not told.
  public static Decline ofStatus(int status, long retryAfterSeconds) {
    String message =
        switch (status) {
          case 401 -> "Incorrect API key provided.";
          case 402 -> "The balance is too low (simulated).";
          case 429 -> "Rate limit reached (simulated).";
          case 503, 529 -> "The server is overloaded (simulated).";
          default ->
              status >= 500 ? "The server had an error (simulated)." : "Declined (simulated).";
        };
    return new Decline(
        status, status == 401 ? Why.BAD_KEY : Why.STATUS, message, retryAfterSeconds);
  }

  public int status() {
    return status;
  }

  public Why why() {
    return why;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  /// 0 unless the prompt is too long.
  public long promptTokens() {
    return promptTokens;
  }

  /// What the model takes; 0 unless the prompt is too long.
  public long windowTokens() {
    return windowTokens;
  }

  /// Below 0 if it is not told.
  public long retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
