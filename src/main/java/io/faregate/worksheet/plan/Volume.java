package io.faregate.worksheet.plan;

/// How many calls of a route start in a month. A route with turns counts conversations.
///
/// `millionths` of a share or of what was stated: scenarios multiply it.
public sealed interface Volume {
  /// So many.
  record Stated(long requests) implements Volume {}

  /// A share of the actions that start in the workflow.
  record OfActions(long millionths) implements Volume {}

  /// A share of the calls of a step that stands above in the same workflow.
  record OfStep(String step, Outcome outcome, long millionths) implements Volume {
    /// The route whose calls are meant, for one of these.
    public Route.Key above(Route route) {
      return new Route.Key(route.workflow(), step);
    }
  }

  /// Which calls of the other step.
  enum Outcome {
    STARTED,
    COMPLETED,
    FAILED
  }
}
