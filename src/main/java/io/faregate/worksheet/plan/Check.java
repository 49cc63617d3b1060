package io.faregate.worksheet.plan;

/// A second look at each answer: who looks, and at how much.
public record Check(Target target, Shape shape) {}
