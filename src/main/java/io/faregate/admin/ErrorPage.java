package io.faregate.admin;

/// What a page says when there is nothing to show.
public record ErrorPage(int status, String message, String next) {}
