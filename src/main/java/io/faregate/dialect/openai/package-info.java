/// OpenAI Chat Completions on the wire.
@NullMarked
package io.faregate.dialect.openai;

import org.jspecify.annotations.NullMarked;
