/// What the dialects have in common: prompts, replies and pieces of replies as values.
@NullMarked
package io.faregate.dialect.translate.hub;

import org.jspecify.annotations.NullMarked;
