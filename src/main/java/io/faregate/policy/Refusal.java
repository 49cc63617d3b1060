package io.faregate.policy;

import io.faregate.call.Reason;
import io.faregate.call.Rule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a call goes nowhere. The edges choose status and wording of the dialect by `kind`.
///
/// @param assignment what the call turned out to be; null when its names were refused
/// @param reason of the closed list where one applies, or null
/// @param message what happened and what to do, for the caller
/// @param limit the limit that was reached, or null
/// @param resetsAt when it resets, or null
public record Refusal(
    Kind kind,
    @Nullable Assignment assignment,
    @Nullable Reason reason,
    String message,
    @Nullable String limit,
    @Nullable Instant resetsAt,
    List<Rule> rules)
    implements Routing {
  public Refusal {
    rules = List.copyOf(rules);
  }

  /// What sort of refusal it is, with the status that `route` shows and the code that stays the
  /// same in every dialect.
  public enum Kind {
    /// A task, workflow, step or plan that the policy lacks.
    UNKNOWN_NAME(400, "faregate_unknown_task"),
    /// A model name that stands for nothing here.
    UNKNOWN_MODEL(404, "model_not_found"),
    /// Input over a limit of the plan, a segment, or every window.
    CONTEXT_LIMIT(400, "faregate_context_limit"),
    /// The key or the plan does not allow it.
    NOT_ALLOWED(403, "faregate_not_allowed"),
    /// No provider that may serve it takes a call of its protocol.
    UNSUPPORTED(400, "faregate_unsupported"),
    /// What is left of a spend limit or budget does not suffice.
    BUDGET_EXCEEDED(402, "faregate_budget_exceeded"),
    /// It may cost more than its client lets it.
    MAX_COST(402, "faregate_max_cost"),
    /// The workflow has used its premium share up.
    PREMIUM_SHARE(402, "faregate_premium_share"),
    /// A limit applies, and nobody knows what the model costs.
    UNPRICED_MODEL(402, "faregate_unpriced_model"),
    /// A limit applies, and no bound of the cost can be given.
    UNBOUNDED_COST(402, "faregate_unbounded_cost"),
    /// No model could serve it at all.
    NO_ROUTE(502, "faregate_no_route");

    private final int status;
    private final String code;

    Kind(int status, String code) {
      this.status = status;
      this.code = code;
    }

    /// The status of HTTP.
    public int status() {
      return status;
    }

    /// The stable code.
    public String code() {
      return code;
    }
  }
}
