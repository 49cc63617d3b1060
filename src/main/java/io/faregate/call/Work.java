package io.faregate.call;

import org.jspecify.annotations.Nullable;

/// What the caller says this call is for; what it did not say is null. The names are as sent: the
/// router checks them against the policy. `action` is what the business counts, `justification` why
/// a dearer tier is wanted, `tags` free `k=v,...` text for reports, `model` the model name as sent
/// when it is more than `auto`.
public record Work(
    @Nullable Named task,
    @Nullable Named workflow,
    @Nullable Named step,
    @Nullable Named plan,
    @Nullable String model,
    @Nullable String action,
    @Nullable String justification,
    @Nullable String user,
    @Nullable String session,
    @Nullable String tags) {
  /// A call that says nothing about itself.
  public static final Work UNNAMED =
      new Work(null, null, null, null, null, null, null, null, null, null);
}
