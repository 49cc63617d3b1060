/// The configuration file: YAML into policy and settings, with every problem at its place.
@NullMarked
package io.faregate.config;

import org.jspecify.annotations.NullMarked;
