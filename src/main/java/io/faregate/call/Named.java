package io.faregate.call;

/// A name that a call carries, and where it stood.
public record Named(String name, Source source) {}
