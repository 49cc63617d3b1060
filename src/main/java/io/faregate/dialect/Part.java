package io.faregate.dialect;

/// Where a member of an object, or an element of an array, stands in a body.
///
/// @param name of the member; empty for an element
/// @param from its first byte (of the name, for a member)
/// @param value the first byte of its value
/// @param to the first byte after it
public record Part(String name, int from, int value, int to) {}
