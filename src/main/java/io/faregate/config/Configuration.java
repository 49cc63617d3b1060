package io.faregate.config;

import io.faregate.policy.Policy;

/// A file without errors: what calls are routed by, and how the process runs.
public record Configuration(Policy policy, Settings settings) {}
