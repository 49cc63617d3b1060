/// Gemini generateContent as a provider.
@NullMarked
package io.faregate.dialect.gemini;

import org.jspecify.annotations.NullMarked;
