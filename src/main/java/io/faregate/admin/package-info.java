/// The admin port: reports as JSON, their description, metrics, health, and pages for people.
@NullMarked
package io.faregate.admin;

import org.jspecify.annotations.NullMarked;
