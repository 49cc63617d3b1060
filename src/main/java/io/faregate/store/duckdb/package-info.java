/// The ledger in a DuckDB file.
@NullMarked
package io.faregate.store.duckdb;

import org.jspecify.annotations.NullMarked;
