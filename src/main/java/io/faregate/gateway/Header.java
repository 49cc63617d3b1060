package io.faregate.gateway;

/// A header of HTTP; the name is in lower case.
public record Header(String name, String value) {}
