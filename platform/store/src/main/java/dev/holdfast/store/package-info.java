/**
 * What the server remembers between requests and across restarts: what was found about images ({@link dev.holdfast.store.Verdicts}), which
 * scans are wanted ({@link dev.holdfast.store.ScanQueue}), and what was decided ({@link dev.holdfast.store.Journal}). In a folder of its own
 * by H2, or in PostgreSQL when several servers share it; nobody outside sees which. Start at {@link dev.holdfast.store.Store}.
 *
 * <p>Every method is one transaction: it has happened when it returns, whatever happens to the process then.
 */
@NullMarked
package dev.holdfast.store;

import org.jspecify.annotations.NullMarked;
