/// The clients' side of a translation: prompts read from them, replies written for them.
@NullMarked
package io.faregate.dialect.translate.client;

import org.jspecify.annotations.NullMarked;
