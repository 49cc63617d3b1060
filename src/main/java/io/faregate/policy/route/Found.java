package io.faregate.policy.route;

import io.faregate.policy.Refusal;

/// What one part of the decision came to: something for the next part, or the refusal that ends it.
sealed interface Found<T> {
  /// The next part goes on with this.
  record Some<T>(T value) implements Found<T> {}

  /// The call goes nowhere.
  record Refused<T>(Refusal refusal) implements Found<T> {}
}
